using System.Net;
using Untag.Check;
using Untag.Guard;
using Untag.Policy;
using Untag.Server.Guard;
using Untag.Tests.Check;

namespace Untag.Tests.Server.Guard;

/// <summary>A vendor who promises more than the policy of Untag forbids, by a policy of its own: the guard keeps that too, and its log says
/// by which policy it did.</summary>
public sealed class PromisedTraitsTests
{
    private const string Promise = "extends: default\ntraits:\n  - {trait: caste, status: forbidden}\n  - {trait: nationality, status: forbidden}\n  - {trait: skin-tone, status: forbidden}\n";

    private const string Reply = """{"age": 31, "caste": "obc", "nationality": "IN", "skin_tone": 4, "肤色": "深", "country": "IN"}""";

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_only_sensitive_passes_and_what_was_promised_does_not()
    {
        using var folder = new ProductFolder(("untag.yaml", "product: acme-face\n"), ("promise.yaml", Promise));
        Assert.Equal(Reply, await AnswerAsync(folder, "/detect?attributes=age,caste,nationality,skin_tone"));
        folder.Write("untag.yaml", "product: acme-face\npolicy: promise.yaml\n");
        Assert.Equal("""{"age": 31, "country": "IN"}""", await AnswerAsync(folder, "/detect"));
        foreach (var asking in (string[])["/detect?attributes=age,caste", "/detect?attributes=nationality", "/detect?skin_tone=1", "/models/caste", "/search?filter[nationality]=IN"])
            Assert.Equal("403", await AnswerAsync(folder, asking));
        var inForce = GuardedService.RecordsOf(folder.At(GuardSection.StandardLog)).OfType<GuardRecord.InForce>().Select(record => (record.PolicyName, record.PolicyDigest)).Distinct().ToList();
        var own = TagPolicy.Read(folder.At("promise.yaml")).Policy!;
        Assert.Equal([("default", TagPolicy.Default.Digest), ("promise", own.Digest)], inForce);
    }

    [Theory]
    [MemberData(nameof(SensitiveTraits))]
    public async Task Any_trait_of_the_policy_can_be_promised(string trait)
    {
        using var folder = new ProductFolder(("promise.yaml", $"extends: default\ntraits:\n  - {{trait: {trait}, status: forbidden}}\n"));
        var setup = GuardedService.Setup(folder.Root, "http://127.0.0.1:9") with { Policy = TagPolicy.Read(folder.At("promise.yaml")).Policy! };
        await SelfTest.RunAsync(new GuardRules(setup));
    }

    public static TheoryData<string> SensitiveTraits =>
        [.. TagPolicy.Default.Traits.Where(trait => trait.Status == TraitStatus.Sensitive).Select(trait => trait.Id)];

    private static async Task<string> AnswerAsync(ProductFolder folder, string path)
    {
        await using var service = await GuardedService.ServeAsync(
            context => GuardedService.WriteAsync(context, Reply, "application/json"), Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols.Http1);
        var setup = GuardSetup.Read(new GuardWords { Listen = ["127.0.0.1:0"], Upstream = service.Urls.First() }, folder.Root);
        await using var guard = await GuardHost.StartAsync(setup, TimeProvider.System);
        using var client = new HttpClient { BaseAddress = new Uri(guard.Addresses.First()) };
        using var reply = await client.GetAsync(path, Ending);
        return reply.StatusCode == HttpStatusCode.OK ? await reply.Content.ReadAsStringAsync(Ending) : $"{(int)reply.StatusCode}";
    }
}
