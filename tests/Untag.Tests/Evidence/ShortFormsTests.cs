using System.Text;
using System.Text.Json;
using Untag.Evidence;
using Untag.Evidence.Bundles;
using Untag.Evidence.Signing;
using Untag.Evidence.Statements;

namespace Untag.Tests.Evidence;

/// <summary>What policy engines read that know nothing of Untag.</summary>
public sealed class ShortFormsTests
{
    // The fields of the two specifications, each with its kind: slsa.dev/spec/v1.2/verification_summary, and
    // in-toto/attestation spec/predicates/svr.md, version 0.2. Those in brackets are optional.
    private const string Summary = """
        {"verifier": {"id": "", "[version]": {}}, "[timeVerified]": "", "resourceUri": "",
         "policy": {"uri": "", "digest": {}}, "[inputAttestations]": [{"[uri]": "", "digest": {}}],
         "verificationResult": "", "verifiedLevels": [""], "[dependencyLevels]": {}, "[slsaVersion]": ""}
        """;

    private const string Result = """
        {"verifier": {"id": "", "policies": [{"[name]": "", "[uri]": "", "digest": {}}]}, "timeCreated": "", "properties": [""]}
        """;

    [Fact]
    public void The_verification_summary_has_the_fields_of_its_specification_and_no_others()
    {
        var predicate = Predicate(BundlePaths.Summary, "https://slsa.dev/verification_summary/v1");
        AssertFits(predicate, Parsed(Summary), "");
        Assert.Equal("PASSED", predicate.GetProperty("verificationResult").GetString());
        Assert.Equal(["UNTAG_NO_TAG_OFFERED"], Texts(predicate.GetProperty("verifiedLevels")));
        Assert.Equal("pkg:generic/app@1", predicate.GetProperty("resourceUri").GetString());
        Assert.Equal("2026-11-29T00:00:00Z", predicate.GetProperty("timeVerified").GetString());
        Assert.Equal(
            Manifest.DigestOf(File(BundlePaths.Statement).Span),
            predicate.GetProperty("inputAttestations")[0].GetProperty("digest").GetProperty("sha256").GetString());
    }

    [Fact]
    public void The_simple_verification_result_has_the_fields_of_its_specification_and_no_others()
    {
        var predicate = Predicate(BundlePaths.Result, "https://in-toto.io/attestation/svr/v0.2");
        AssertFits(predicate, Parsed(Result), "");
        Assert.Equal(["UNTAG_NO_TAG_OFFERED"], Texts(predicate.GetProperty("properties")));
    }

    [Theory]
    [InlineData("fails", false)]
    [InlineData("insufficient", false)]
    [InlineData("holds", true)]
    public void A_summary_fails_when_one_claim_does_not_hold_whatever_the_others(string verdict, bool partial)
    {
        var claims = SmallBundle.Draft.Claims with
        {
            Claims = [SmallBundle.Draft.Claims.Claims[0], SmallBundle.Draft.Claims.Claims[1] with { Verdict = verdict, Partial = partial }],
        };
        var summary = ShortForms.SummaryOf(claims, new Sha256Digest(""));
        Assert.Equal("FAILED", summary.VerificationResult);
        Assert.Equal(["FAILED"], summary.VerifiedLevels);
        Assert.Equal(["UNTAG_NO_TAG_OFFERED"], ShortForms.ResultOf(claims).Properties);
    }

    [Fact]
    public void Names_are_written_so_that_they_stay_in_their_place_of_an_address()
    {
        var claims = SmallBundle.Draft.Claims with { Product = "a/b@c 人", Version = "1+2" };
        Assert.Equal("pkg:generic/a%2Fb%40c%20%E4%BA%BA@1%2B2", ShortForms.SummaryOf(claims, new Sha256Digest("")).ResourceUri);
        Assert.Equal("pkg:generic/a%2Fb%40c%20%E4%BA%BA", ShortForms.SummaryOf(claims with { Version = null }, new Sha256Digest("")).ResourceUri);
    }

    [Theory]
    [InlineData(BundlePaths.Result)]
    [InlineData(BundlePaths.Summary)]
    public void A_short_form_that_says_more_than_the_statement_is_refused_though_the_signer_signed_it(string path)
    {
        var files = SmallBundle.Files(SmallBundle.Bytes);
        var at = files.FindIndex(file => file.Path == path);
        var text = Encoding.UTF8.GetString(SigstoreBundle.Open(files[at].Bytes.Span, SmallBundle.Key, path));
        var more = text.Replace("\"UNTAG_NO_TAG_OFFERED\"", "\"UNTAG_NO_TAG_OFFERED\", \"UNTAG_NO_TAG_LEAKED\"", StringComparison.Ordinal);
        Assert.NotEqual(text, more);
        files[at] = files[at] with { Bytes = SigstoreBundle.Sign(Encoding.UTF8.GetBytes(more), SmallBundle.Key) };
        Assert.Equal(VerifyFailure.DocumentChanged, SmallBundle.Failure(SmallBundle.Repack(files)));
        files.RemoveAt(at);
        Assert.Equal(VerifyFailure.FileMissing, SmallBundle.Failure(SmallBundle.Repack(files)));
    }

    private static ReadOnlyMemory<byte> File(string path) => SmallBundle.Files(SmallBundle.Bytes).Find(file => file.Path == path)!.Bytes;

    private static JsonElement Predicate(string path, string type)
    {
        var statement = Parsed(Encoding.UTF8.GetString(SigstoreBundle.Open(File(path).Span, SmallBundle.Key, path)));
        Assert.Equal("https://in-toto.io/Statement/v1", statement.GetProperty("_type").GetString());
        Assert.Equal(type, statement.GetProperty("predicateType").GetString());
        return statement.GetProperty("predicate");
    }

    private static void AssertFits(JsonElement ours, JsonElement specified, string at)
    {
        Assert.True(ours.ValueKind == specified.ValueKind, $"{at} is {ours.ValueKind}");
        if (specified.ValueKind == JsonValueKind.Array)
        {
            Assert.All(ours.EnumerateArray(), item => AssertFits(item, specified[0], at + "[]"));
            return;
        }

        if (specified.ValueKind != JsonValueKind.Object || !specified.EnumerateObject().Any())
            return;
        var known = specified.EnumerateObject().ToDictionary(field => field.Name.Trim('[', ']'), field => field);
        Assert.All(ours.EnumerateObject(), field => AssertFits(field.Value, known[field.Name].Value, $"{at}.{field.Name}"));
        Assert.All(
            known.Where(field => field.Value.Name == field.Key), field => Assert.True(ours.TryGetProperty(field.Key, out _), $"{at}.{field.Key} is missing"));
    }

    private static IEnumerable<string?> Texts(JsonElement list) => list.EnumerateArray().Select(item => item.GetString());

    private static JsonElement Parsed(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
