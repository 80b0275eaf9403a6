using System.Text.Json;
using Untag.Check;
using Untag.Evidence;
using Untag.Evidence.Signing;
using Untag.Policy;
using Untag.Scan;
using Untag.Tests.Scan.Reports;

namespace Untag.Tests.Check;

public sealed class ProductEvidenceTests
{
    private static readonly ShippedFile[] Shipped =
        [new("dist/app.whl", 3, new string('a', 64)), new("models/face.onnx", 5, new string('b', 64))];

    [Fact]
    public void A_check_is_stated_with_its_verdicts_its_coverage_and_what_it_does_not_prove()
    {
        var draft = Draft(Samples.Report());
        Assert.Equal(["dist/app.whl", "models/face.onnx"], draft.Subjects.Select(subject => subject.Name));
        Assert.Equal(["holds", "not-checked", "not-checked", "not-checked", "not-checked"], draft.Claims.Claims.Select(claim => claim.Verdict));
        Assert.NotEmpty(draft.Claims.NotProved);
        Assert.Equal(draft.Claims.CheckedOn.AddDays(30), draft.Claims.ValidUntil);
        Assert.Equal(64, draft.Claims.Policy.Sha256.Length);
        Assert.Equal(["claims.json", "findings.sarif", "product.cdx.json", "report.html"], draft.Documents.Select(document => document.Path));
    }

    [Fact]
    public void A_claim_that_fails_is_signed_as_one_that_fails()
    {
        using var key = EvidenceKey.New();
        var draft = Draft(Samples.Report(Samples.LabelMap));
        var verification = Verifier.Verify(new VerifyRequest { Bundle = Bundler.Make(draft, key), Key = key, Today = draft.Claims.CheckedOn });
        Assert.False(verification.Holds);
        Assert.Equal("fails", verification.Claims.Claims[0].Verdict);
        Assert.NotEmpty(verification.Claims.Claims[0].Failed);
    }

    [Fact]
    public void What_ships_unread_is_stated_as_a_gap_and_is_no_pass()
    {
        var draft = Draft(Samples.Report(), new ShipGap("dist/b.whl", "it was not read"));
        Assert.True(draft.Claims.Claims[0].Partial);
        Assert.Equal("dist/b.whl", Assert.Single(draft.Claims.Coverage.Gaps).Entry);
        Assert.Empty(Bundler.ResultOf(draft.Claims).Properties);
    }

    [Fact]
    public void The_same_check_gives_the_same_documents()
    {
        var (first, second) = (Draft(Samples.Report(Samples.LabelMap)), Draft(Samples.Report(Samples.LabelMap)));
        Assert.All(first.Documents.Zip(second.Documents), pair => Assert.Equal(pair.First.Bytes.ToArray(), pair.Second.Bytes.ToArray()));
    }

    [Fact]
    public void The_bill_of_materials_lists_what_ships_what_is_declared_and_a_card_for_each_model()
    {
        using var bom = JsonDocument.Parse(Draft(Samples.Report()).Documents[2].Bytes);
        Assert.Equal("1.6", bom.RootElement.GetProperty("specVersion").GetString());
        var components = bom.RootElement.GetProperty("components");
        Assert.Equal(["file", "machine-learning-model"], components.EnumerateArray().Select(component => component.GetProperty("type").GetString()));
        Assert.False(components[0].TryGetProperty("modelCard", out _));
        Assert.Equal(5, components[1].GetProperty("modelCard").GetProperty("considerations").GetProperty("ethicalConsiderations").GetArrayLength());
        var declarations = bom.RootElement.GetProperty("declarations");
        Assert.Equal(5, declarations.GetProperty("claims").GetArrayLength());
        Assert.Equal("J. Doe, CEO", declarations.GetProperty("affirmation").GetProperty("signatories")[0].GetProperty("name").GetString());
        // Every reference leads to something that is there.
        var known = declarations.GetProperty("evidence").EnumerateArray().Select(item => item.GetProperty("bom-ref").GetString()).ToHashSet();
        Assert.All(declarations.GetProperty("claims").EnumerateArray(), claim => Assert.Contains(claim.GetProperty("evidence")[0].GetString(), known));
    }

    private static BundleDraft Draft(ScanReport scan, params ShipGap[] gaps)
    {
        var product = ProductFile.Without("app");
        var request = new CheckRequest { Product = product, Policy = TagPolicy.Default, Scan = ProductScan.Request(product, TagPolicy.Default) };
        return ProductEvidence.Of(
            Checker.Judge(request, Shipped, gaps, scan, audit: null), TagPolicy.Default, new ProofTerms("J. Doe, CEO", 30, null));
    }
}
