using System.Text;
using System.Text.Json;
using Untag.Check;
using Untag.Evidence;
using Untag.Evidence.Bundles;
using Untag.Evidence.Signing;
using Untag.Evidence.Statements;
using Untag.Policy;
using Untag.Scan;
using Untag.Tests.Architecture;
using Untag.Tests.Scan.Reports;

namespace Untag.Tests.Check;

public sealed class ProductEvidenceTests
{
    private static readonly ProofTerms Terms = new("J. Doe, CEO", 30, null);

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
        Assert.Empty(ShortForms.ResultOf(draft.Claims).Properties);
    }

    [Fact]
    public void What_is_attached_is_named_by_its_digest_and_stays_outside()
    {
        using var folder = new ProductFolder(("review.pdf", "review"));
        var product = ProductFile.Without(folder.Root) with { Prove = new ProveSection(null, null, ["review.pdf"]) };
        var draft = ProductEvidence.Of(Judged(Samples.Report(), []) with { Product = product }, TagPolicy.Default, Terms);
        var attached = Assert.Single(draft.Claims.Attached);
        Assert.Equal(("review.pdf", Manifest.DigestOf("review"u8)), (attached.Name, attached.Digest.Sha256));
        Assert.DoesNotContain("review.pdf", draft.Documents.Select(document => document.Path));
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
        Assert.All(declarations.GetProperty("claims").EnumerateArray(), claim => Assert.Contains(
            claim.GetProperty(claim.TryGetProperty("evidence", out _) ? "evidence" : "counterEvidence")[0].GetString(), known));
        var map = declarations.GetProperty("attestations")[0].GetProperty("map")[0];
        Assert.Equal(["claim:no-tag-offered"], map.GetProperty("claims").EnumerateArray().Select(claim => claim.GetString()));
        Assert.Equal(4, map.GetProperty("counterClaims").GetArrayLength());
    }

    [Fact]
    public async Task Every_document_of_a_bundle_keeps_to_the_schema_that_is_published_for_it()
    {
        var documents = Draft(Samples.Report(Samples.LabelMap, Samples.Head), Measured).Documents.ToDictionary(document => document.Path, document => Encoding.UTF8.GetString(document.Bytes.Span));
        Assert.Equal("", await Samples.Violations(Samples.Schema("check.schema.json"), documents["claims.json"]));
        Assert.Equal("", await Samples.Violations(Path.Join(AppContext.BaseDirectory, "schemas", "sarif-2.1.0.json"), documents["findings.sarif"]));
        var bom = documents["product.cdx.json"];
        Assert.Equal("", await Samples.Violations(CycloneDx, bom));
        Assert.Contains("confidenceInterval", bom, StringComparison.Ordinal);
        // The schema is one that notices.
        foreach (var (ours, wrong) in new[] { ("\"digital-signature\"", "\"seal\""), ("\"organization\"", "\"organisation\""), ("\"SHA-256\"", "\"SHA-255\""), ("\"lowerBound\"", "\"lower\"") })
            Assert.NotEqual("", await Samples.Violations(CycloneDx, bom.Replace(ours, wrong, StringComparison.Ordinal)));
        Assert.StartsWith("<!DOCTYPE html>", documents["report.html"], StringComparison.Ordinal);
    }

    private static string CycloneDx => Repository.File("tests", "Untag.Tests", "Check", "Schemas", "bom-1.6.schema.json");

    private static ClaimMeasure Measured { get; } = new()
    {
        Name = "fpr_gap",
        Of = "alert",
        Group = "a",
        Against = "rest",
        Estimate = 0.01,
        Low = 1e-7,
        High = 0.02,
        Tolerance = 0.05,
        N = 100,
        People = 50,
        Verdict = "holds",
    };

    private static BundleDraft Draft(ScanReport scan, ClaimMeasure measure)
    {
        var report = Judged(scan, []);
        report = report with { Claims = [.. report.Claims.Select(claim => claim.Claim == Claims.NoGroupTargeted ? claim with { Measures = [measure] } : claim)] };
        return ProductEvidence.Of(report, TagPolicy.Default, Terms);
    }

    private static BundleDraft Draft(ScanReport scan, params ShipGap[] gaps) => ProductEvidence.Of(Judged(scan, gaps), TagPolicy.Default, Terms);

    private static CheckReport Judged(ScanReport scan, ShipGap[] gaps)
    {
        var product = ProductFile.Without("app");
        var request = new CheckRequest { Product = product, Policy = TagPolicy.Default, Scan = ProductScan.Request(product, TagPolicy.Default) };
        return Checker.Judge(request, Shipped, gaps, scan, audit: null);
    }
}
