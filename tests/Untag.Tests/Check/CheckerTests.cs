using Untag.Check;
using Untag.Check.Reports;
using Untag.Policy;
using Untag.Scan;
using Untag.Tests.Scan.Reports;

namespace Untag.Tests.Check;

public sealed class CheckerTests
{
    private const string Emptied = "print('face detection')\n";

    [Fact]
    public void A_product_without_findings_holds_what_a_scan_can_decide_and_nothing_else()
    {
        var report = Judge(Samples.Report());
        Assert.Equal(
            [ClaimVerdict.Holds, ClaimVerdict.NotChecked, ClaimVerdict.NotChecked, ClaimVerdict.NotChecked, ClaimVerdict.NotChecked],
            report.Claims.Select(claim => claim.Verdict));
        Assert.False(report.Partial);
        Assert.False(report.Fails);
        Assert.All(report.Claims, claim => Assert.NotEmpty(claim.Next));
    }

    [Fact]
    public void An_error_fails_the_claim_of_its_rule_and_no_other()
    {
        Assert.Equal(ClaimVerdict.Fails, Verdict(Judge(Samples.Report(Samples.LabelMap)), Claims.NoTagOffered));
        Assert.Equal(ClaimVerdict.NotChecked, Verdict(Judge(Samples.Report(Samples.LabelMap)), Claims.NoGroupTargeted));
        var list = Samples.LabelMap with { Rule = "UT0201", Kind = FindingKind.Watchlist };
        Assert.Equal(ClaimVerdict.Fails, Verdict(Judge(Samples.Report(list)), Claims.NoGroupTargeted));
        Assert.Equal(ClaimVerdict.Holds, Verdict(Judge(Samples.Report(list)), Claims.NoTagOffered));
    }

    [Fact]
    public void A_warning_fails_nothing() =>
        Assert.Equal(ClaimVerdict.Holds, Verdict(Judge(Samples.Report(Samples.Head)), Claims.NoTagOffered));

    [Fact]
    public void A_partial_scan_never_holds()
    {
        var clean = Judge(Samples.Partial());
        Assert.Equal(ClaimVerdict.Insufficient, Verdict(clean, Claims.NoTagOffered));
        Assert.True(clean.Partial);
        var tagged = Judge(Samples.Partial(Samples.LabelMap));
        Assert.Equal(ClaimVerdict.Fails, Verdict(tagged, Claims.NoTagOffered));
        Assert.True(tagged.Partial);
    }

    [Fact]
    public void Nothing_read_is_nothing_proven()
    {
        var empty = Samples.Report();
        empty = empty with { Totals = empty.Totals with { Files = 0, Read = 0, Bytes = 0 } };
        Assert.Equal(ClaimVerdict.Insufficient, Verdict(Judge(empty), Claims.NoTagOffered));
    }

    [Fact]
    public void What_ships_unread_makes_the_claim_partial()
    {
        var report = Judge(Samples.Report(), gaps: [new ShipGap("dist/a.whl", "it was not read")]);
        Assert.Equal(ClaimVerdict.Insufficient, Verdict(report, Claims.NoTagOffered));
        Assert.Contains("`dist/a.whl` ships, but it was not read", report.Claims[0].Failed);
    }

    [Fact]
    public void A_part_that_the_product_asks_for_and_that_was_not_done_makes_the_check_partial()
    {
        var product = Product with { Erase = new EraseSection(null), Guard = new GuardSection() };
        var report = Judge(Samples.Report(), product: product);
        Assert.Equal([false, false, false, true, true], report.Claims.Select(claim => claim.Partial));
    }

    [Theory]
    [InlineData("ships: [src/**, models/m.weights]", "", "")]
    [InlineData("ships: [src]", "", "")]
    [InlineData("ships: [dist/*.whl]", "dist/*.whl", "no file matches it")]
    [InlineData("ships: [models/*]\nscan: {paths: [src]}", "models/m.weights", "it was not read: it lies outside of scan.paths")]
    [InlineData("ships: [models/*]\nscan: {exclude: [models]}", "models/m.weights", "it was not read: `models` under scan.exclude leaves it out")]
    [InlineData("ships: [src/a.py]\nscan: {paths: [src, models], exclude: [src/*.py]}", "src/a.py", "it was not read: `src/*.py` under scan.exclude leaves it out")]
    [InlineData("ships: [ignored.txt]", "ignored.txt", "it was not read: an ignore file leaves it out; list it under scan.paths")]
    public void What_ships_is_compared_with_what_was_read(string text, string entry, string reason)
    {
        using var folder = new ProductFolder(
            ("untag.yaml", text), ("src/a.py", Emptied), ("models/m.weights", "x"), (".untagignore", "ignored.txt\n"), ("ignored.txt", "x"));
        var report = Check(folder);
        ShipGap[] expected = entry.Length == 0 ? [] : [new ShipGap(entry, reason)];
        Assert.Equal(expected, report.Gaps);
        Assert.Equal(entry.Length > 0, report.Partial);
    }

    [Fact]
    public void A_digest_names_the_file_that_has_it()
    {
        const string OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // FIPS 180-4, example of one block
        using var folder = new ProductFolder(
            ("untag.yaml", $"ships: [\"sha256:{OfAbc}\", \"sha256:{new string('0', 64)}\"]"), ("a/b.bin", "abc"));
        var report = Check(folder);
        Assert.Equal([new ShippedFile("a/b.bin", 3, OfAbc)], report.Shipped);
        Assert.Equal([new ShipGap("sha256:" + new string('0', 64), "no file of the product has this digest")], report.Gaps);
    }

    [Fact]
    public void The_law_of_the_jurisdictions_that_names_the_trait_is_told_with_its_day()
    {
        var product = Product with { Jurisdictions = ["eu"], Role = ProductRole.Provider };
        var law = Judge(Samples.Report(Samples.LabelMap), product: product).Law;
        Assert.Contains(law, basis => basis.Id == "eu-ai-act-5-1-g");
        Assert.All(law, basis => Assert.Equal("eu", basis.Jurisdiction));
        var line = LawText.Line(law.First(basis => basis.Id == "eu-ai-act-5-1-g"), TagPolicy.Default.LawAsOf);
        Assert.StartsWith("eu  Regulation (EU) 2024/1689 (AI Act), Art. 5(1)(g): prohibited, since 2025-02-02 (as of ", line, StringComparison.Ordinal);
        Assert.EndsWith("; check the official text)", line, StringComparison.Ordinal);
        Assert.Empty(Judge(Samples.Report(), product: product).Law);
    }

    [Fact]
    public async Task Claims_keep_to_their_schema()
    {
        var schema = Samples.Schema("check.schema.json");
        var product = Product with { Jurisdictions = ["eu", "nz", "cn"], Version = "1.0", Role = ProductRole.Deployer };
        foreach (var report in new[] { Judge(Samples.Report(Samples.LabelMap), product: product), Judge(Samples.Partial(), gaps: [new ShipGap("a", "b")]) })
            Assert.Equal("", await Samples.Violations(schema, Samples.Written(stream => ClaimsReport.Write(report, stream))));
    }

    [Fact]
    public void The_folder_of_a_check_holds_the_reports_and_ignores_itself()
    {
        using var folder = new ProductFolder(("src/a.py", Emptied));
        var report = Check(folder);
        Assert.Null(CheckFolder.Write(report, TagPolicy.Default));
        Assert.Null(CheckFolder.Write(report, TagPolicy.Default));
        Assert.Equal(
            [".gitignore", "claims.json", "findings.sarif", "report.html"],
            Directory.EnumerateFiles(folder.At(".untag")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("*\n", File.ReadAllText(folder.At(".untag/.gitignore")));
        Assert.Equal("untag/check/1", Samples.Parsed(File.ReadAllText(folder.At(".untag/claims.json"))).GetProperty("schema").GetString());
    }

    [Fact]
    public void A_link_in_place_of_the_folder_is_not_followed()
    {
        using var folder = new ProductFolder(("src/a.py", Emptied), ("elsewhere/claims.json", "mine"));
        Directory.CreateSymbolicLink(folder.At(".untag"), folder.At("elsewhere"));
        Assert.NotNull(CheckFolder.Write(Check(folder), TagPolicy.Default));
        Assert.Equal("mine", File.ReadAllText(folder.At("elsewhere/claims.json")));
    }

    [Fact]
    public void Text_of_the_product_cannot_become_part_of_the_page()
    {
        const string Mark = "<script>alert(1)</script>";
        var finding = Samples.LabelMap with { Match = Mark, Path = Mark, Inner = Mark, Why = [new Reason(Mark, 1)] };
        var report = Judge(Samples.Report(finding), product: Product with { Product = Mark, Version = Mark }, gaps: [new ShipGap(Mark, Mark)]);
        using var page = new StringWriter();
        HtmlReport.Write(report, TagPolicy.Default, page);
        Assert.DoesNotContain("<script", page.ToString(), StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page.ToString(), StringComparison.Ordinal);
    }

    private static ProductFile Product { get; } = ProductFile.Without(Path.Join(Path.GetTempPath(), "acme"));

    private static CheckReport Judge(ScanReport scan, ProductFile? product = null, IReadOnlyList<ShipGap>? gaps = null) =>
        Checker.Judge(Request(product ?? Product), [], gaps ?? [], scan, null);

    private static CheckReport Check(ProductFolder folder)
    {
        var product = File.Exists(folder.At("untag.yaml")) ? folder.Read().Product! : ProductFile.Without(folder.Root);
        return Checker.Check(Request(product), null, TestContext.Current.CancellationToken);
    }

    private static CheckRequest Request(ProductFile product) => new()
    {
        Product = product,
        Policy = TagPolicy.Default,
        Scan = ProductScan.Request(product, TagPolicy.Default) with { Clock = ProductFolder.Clock },
    };

    private static ClaimVerdict Verdict(CheckReport report, string claim) =>
        report.Claims.Single(result => result.Claim == claim).Verdict;
}
