using System.Text;
using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Allowances;
using Untag.Tests.Check;

namespace Untag.Tests.Scan.Allowances;

/// <summary>The day of every scan here is 2026-11-23.</summary>
public sealed class AllowanceTests
{
    private const string Valid = "untag:allow UT0101 until=2026-11-23 reason=\"bias measurement\"";
    private const string Labels =
        "[\"White\", \"Black\", \"Indian\", \"East Asian\", \"Southeast Asian\", \"Middle Eastern\", \"Latino_Hispanic\"]";

    [Theory]
    [InlineData("a.py", "# face attribute head\n# {0}\nCLASSES = {1}\n")]
    [InlineData("a.py", "# face attribute head\nCLASSES = {1}  # {0}\n")]
    [InlineData("a.js", "// face attribute head\n/* {0} */ const classes = {1};\n")]
    [InlineData("a.java", "// face attribute head\n    /* {0} */\n    String[] classes = {1};\n")]
    [InlineData("a.rb", "# face attribute head\n# {0}\nCLASSES = {1}\n")]
    [InlineData("a.lua", "-- face attribute head\n-- {0}\nCLASSES = {1}\n")]
    [InlineData("a.yaml", "model: face attribute head\n# {0}\nclasses: {1}\n")]
    [InlineData("a.yaml", "model: face attribute head\nclasses: {1} # {0}\n")]
    [InlineData("a.toml", "model = \"face attribute head\"\n# {0}\nclasses = {1}\n")]
    [InlineData("a.toml", "model = \"face attribute head\"\nclasses = {1} # {0}\n")]
    [InlineData("a.jsonc", "{\"model\": \"face attribute head\",\n// {0}\n\"classes\": {1}}\n")]
    [InlineData("a.html", "<p>face attribute head</p>\n<!-- {0} -->\n<script>const classes = {1};</script>\n")]
    [InlineData("labels.txt", "# {0}\nWhite\nBlack\nIndian\nEast Asian\nSoutheast Asian\nMiddle Eastern\n")]
    public void A_comment_accepts_the_finding_on_its_line_or_below_it(string path, string text)
    {
        var tagged = Scan(path, text.Replace("{0}", "nothing", StringComparison.Ordinal));
        var open = Assert.Single(tagged.Findings, finding => finding.Rule == "UT0101");
        Assert.Equal(Level.Error, open.Level);
        var report = Scan(path, text.Replace("{0}", Valid, StringComparison.Ordinal));
        var finding = Assert.Single(report.Findings);
        Assert.Equal(("UT0101", Level.Note, open.Class), (finding.Rule, finding.Level, finding.Class));
        Assert.Equal("bias measurement", finding.Accepted!.Reason);
        Assert.Equal(ScanVerdict.Clean, report.Verdict);
    }

    [Fact]
    public void Json_without_comments_has_a_text_that_begins_with_the_mark()
    {
        var report = Scan("a.json", $$"""
            {"model": "face attribute head",
             "//": "untag:allow UT0101 until=2026-11-23 reason='bias measurement'",
             "classes": {{Labels}}}
            """);
        Assert.Equal((1, Level.Note), (report.Findings.Count, report.Findings[0].Level));
    }

    [Fact]
    public void A_cell_of_a_notebook_accepts_in_its_own_cell_only()
    {
        var cell = $$"""{"cell_type": "code", "metadata": {}, "outputs": [], "source": ["# face attribute head\n", "{0}\n", "CLASSES = {{Labels.Replace("\"", "'", StringComparison.Ordinal)}}\n"]}""";
        var allowed = cell.Replace("{0}", "# " + Valid.Replace("\"", "\\\"", StringComparison.Ordinal), StringComparison.Ordinal);
        var open = cell.Replace("{0}", "# nothing", StringComparison.Ordinal);
        var report = Scan("a.ipynb", $$"""{"cells": [{{allowed}}, {{open}}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""");
        Assert.Equal(
            [("cell 1", Level.Note), ("cell 2", Level.Error)],
            report.Findings.Where(finding => finding.Rule == "UT0101").Select(finding => (finding.Inner, finding.Level)));
    }

    [Fact]
    public void It_says_by_whom_why_until_when_and_where()
    {
        var report = Scan("a.py", Python("# untag:allow UT0101 until=2027-06-30 by=compliance@example.com reason='bias measurement'"));
        Assert.Equal(
            new Reason("accepted until 2027-06-30 by compliance@example.com (a.py:2): bias measurement", 0),
            report.Findings[0].Why[0]);
    }

    [Fact]
    public void Several_rules_are_divided_by_commas_and_each_that_accepts_nothing_is_a_note()
    {
        var report = Scan("a.py", Python("# untag:allow UT0201, UT0101,UT0103 until=2027-06-30 reason=\"bias measurement\""));
        Assert.Equal(["UT0902", "UT0101"], report.Findings.Select(finding => finding.Rule));
        Assert.All(report.Findings, finding => Assert.Equal(Level.Note, finding.Level));
        Assert.StartsWith("no finding of UT0201, UT0103 on line 3", report.Findings[0].Why[0].Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Comments_below_each_other_all_speak_of_the_line_after_them()
    {
        var report = Scan("a.py", Python(
            "# untag:allow UT0101 until=2027-06-30 reason=\"bias measurement\"\n# untag:allow UT0202 until=2027-06-30 reason=\"x\""));
        Assert.Equal(("UT0101", Level.Note), (report.Findings[^1].Rule, report.Findings[^1].Level));
    }

    [Fact]
    public void A_comment_behind_code_says_nothing_of_the_next_line()
    {
        var report = Scan("a.py", Python($"size = 7  # {Valid}"));
        Assert.Contains(report.Findings, finding => finding is { Rule: "UT0101", Level: Level.Error });
        Assert.Contains(report.Findings, finding => finding is { Rule: AllowanceRules.Unused, Line: 2 });
    }

    [Fact]
    public void Its_last_day_is_the_day_until_which_it_holds()
    {
        Assert.Equal(Level.Note, Scan("a.py", Python($"# {Valid}")).Findings.Single().Level);
        var report = Scan("a.py", Python($"# {Valid.Replace("11-23", "11-22", StringComparison.Ordinal)}"));
        Assert.Equal([(AllowanceRules.NotInForce, Level.Error), ("UT0101", Level.Error)], report.Findings.Select(finding => (finding.Rule, finding.Level)));
        Assert.Equal("it expired on 2026-11-22: remove the tag, or decide again and set a new end", report.Findings[0].Why[0].Evidence);
        Assert.Equal(ScanVerdict.Findings, report.Verdict);
    }

    [Theory]
    [InlineData("", "it names no rule: ")]
    [InlineData("until=2027-06-30 reason=\"x\"", "it names no rule: ")]
    [InlineData("UT0101 until=2027-06-30", "it has no `reason`: ")]
    [InlineData("UT0101 until=2027-06-30 reason=\"\"", "it has no `reason`: ")]
    [InlineData("UT0101 reason=\"x\"", "it has no `until`: ")]
    [InlineData("UT0101 until=2027-02-30 reason=\"x\"", "`until=2027-02-30` is not a day of the calendar: ")]
    [InlineData("UT0101 until=30.06.2027 reason=\"x\"", "`until=30.06.2027` is not a day of the calendar: ")]
    [InlineData("UT0199 until=2027-06-30 reason=\"x\"", "there is no rule `UT0199`: did you mean `UT0109`?")]
    [InlineData("UT0901 until=2027-06-30 reason=\"x\"", "UT0901 is about allowances and cannot be accepted: ")]
    [InlineData("UT0101 untl=2027-06-30 until=2027-06-30 reason=\"x\"", "`untl` is not understood: did you mean `until`?")]
    [InlineData("UT0101 until=2027-06-30 until=2027-07-30 reason=\"x\"", "`until` stands there twice: ")]
    [InlineData("UT0101 until=2027-06-30 reason=bias measurement", "`measurement` is not understood: put the reason into quotes")]
    [InlineData("UT0101 until=2027-06-30 reason=\"bias", "the quotes of `reason` are not closed: ")]
    public void What_is_wrong_with_it_is_an_error_that_says_what_to_write(string text, string message)
    {
        var report = Scan("a.py", $"# untag:allow {text}\nsize = 7\n");
        var finding = Assert.Single(report.Findings);
        Assert.Equal((AllowanceRules.NotInForce, Level.Error, 1), (finding.Rule, finding.Level, finding.Line));
        Assert.Contains(finding.Why, reason => reason.Evidence.StartsWith(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("guide.md", "Write `untag:allow UT0101` into a comment.\n")]
    [InlineData("guide.md", "```python\nx = 'untag:allow UT0101'\n```\n")]
    [InlineData("a.py", "x = \"untag:allow UT0101\"\n# see untag:allow in the guide\n# untag:allowed\n")]
    [InlineData("a.csv", "name,untag:allow UT0101\n")]
    public void Whoever_only_speaks_of_it_allows_nothing_and_makes_no_mistake(string path, string text) =>
        Assert.Empty(Scan(path, text).Findings);

    [Fact]
    public void A_hidden_comment_of_a_document_is_one() =>
        Assert.Equal(
            AllowanceRules.Unused,
            Assert.Single(Scan("guide.md", $"<!-- {Valid} -->\nNothing here.\n").Findings).Rule);

    [Fact]
    public void Its_reason_weighs_nothing_in_the_judgement()
    {
        const string Reason = "the product measures fairness and bias by race and ethnicity of consented faces";
        var with = Scan("a.py", Python($"# untag:allow UT0201 until=2027-06-30 reason=\"{Reason}\""));
        var without = Scan("a.py", Python("# nothing"));
        Assert.Equal(
            without.Findings.Single().Why, with.Findings.Single(finding => finding.Rule == "UT0101").Why);
    }

    [Fact]
    public void A_hundred_thousand_of_them_below_each_other_take_no_more_than_seconds()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 100_000; i++)
            text.Append("# ").Append(Valid).Append('\n');
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(100_000, Scan("a.py", text.ToString()).Findings.Count);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
    }

    [Fact]
    public void An_entry_of_the_product_file_is_treated_alike()
    {
        var allowance = new Allowance
        {
            Rule = "UT0101",
            Path = "*.py",
            Until = new DateOnly(2026, 11, 23),
            Reason = "bias measurement",
            Approver = "compliance@example.com",
            WrittenIn = "untag.yaml",
            WrittenOn = 4,
        };
        var accepted = Scan("a.py", Python("# nothing"), allowance).Findings.Single();
        Assert.Equal(
            "accepted until 2026-11-23 by compliance@example.com (untag.yaml:4): bias measurement", accepted.Why[0].Evidence);
        Assert.Equal(AllowancePlace.ProductFile, accepted.Accepted!.Place);

        var expired = Scan("a.py", Python("# nothing"), allowance with { Until = new DateOnly(2026, 11, 22) });
        Assert.Equal(
            [("a.py", "UT0101", Level.Error), ("untag.yaml", AllowanceRules.NotInForce, Level.Error)],
            expired.Findings.Select(finding => (finding.Path, finding.Rule, finding.Level)));

        var unused = Scan("a.py", "size = 7\n", allowance);
        Assert.Equal((AllowanceRules.Unused, Level.Note), (unused.Findings.Single().Rule, unused.Findings.Single().Level));
        Assert.Empty(Scan("a.js", "size = 7\n", allowance).Findings); // its files were not read: nobody knows
    }

    [Fact]
    public void When_the_whole_product_is_read_an_entry_for_no_file_is_a_note()
    {
        using var folder = new ProductFolder(("src/a.py", "size = 7\n"), ("untag.yaml", """
            scan:
              allow:
                - {rule: UT0101, path: gone/**, reason: x, until: 2027-01-01}
            """));
        var product = folder.Read().Product!;
        var report = Scanner.Scan(
            Untag.Check.ProductScan.Request(product, TagPolicy.Default) with { Clock = ProductFolder.Clock },
            null, TestContext.Current.CancellationToken);
        var finding = Assert.Single(report.Findings);
        Assert.Equal((AllowanceRules.Unused, "untag.yaml", 3), (finding.Rule, finding.Path, finding.Line));
    }

    private static string Python(string above) => $"# face attribute head\n{above}\nCLASSES = {Labels}\n";

    private static ScanReport Scan(string path, string text, params Allowance[] allow) => Scanner.Scan(
        new ScanRequest
        {
            Policy = TagPolicy.Default,
            Clock = ProductFolder.Clock,
            Allow = allow,
            Sources =
            [
                new ScanSource.Piped(path, new MemoryStream(Encoding.UTF8.GetBytes(text.Replace("{1}", Labels, StringComparison.Ordinal)))),
                new ScanSource.Piped(Product.FaceService.Item1, new MemoryStream(Encoding.UTF8.GetBytes(Product.FaceService.Item2))),
            ],
        },
        progress: null,
        TestContext.Current.CancellationToken);
}
