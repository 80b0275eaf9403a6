using System.Text;
using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Allowances;
using Untag.Tests.Scan;

namespace Untag.Tests.Policy;

public sealed class RuleExamplesTests
{
    public static TheoryData<string, string> Positive => Examples(example => example.Finds.Count > 0);

    public static TheoryData<string, string> Negative => Examples(example => example.Finds.Count == 0);

    [Theory]
    [MemberData(nameof(Positive))]
    public void A_rule_finds_what_its_example_shows(string code, string title)
    {
        var example = Find(code, title);
        var report = Scan(example);
        foreach (var line in example.Finds)
        {
            Assert.True(
                report.Findings.Any(finding => finding.Rule == code && finding.Line == line && (IsLoud(finding) || IsNoteRule(code))),
                $"line {line} of \"{title}\" was not found:\n{Product.Describe(report)}");
        }
    }

    [Theory]
    [MemberData(nameof(Negative))]
    public void A_rule_leaves_its_innocent_example_alone(string code, string title)
    {
        var report = Scan(Find(code, title));
        Assert.False(report.Findings.Any(IsLoud), Product.Describe(report));
    }

    [Fact]
    public void Every_rule_but_the_one_for_binaries_shows_both_kinds_of_examples() =>
        Assert.All(
            TagPolicy.Default.Rules.Where(rule => rule.Code != "UT0110"),
            rule =>
            {
                Assert.Contains(rule.Examples, example => example.Finds.Count > 0);
                Assert.Contains(rule.Examples, example => example.Finds.Count == 0);
            });

    private static TheoryData<string, string> Examples(Func<RuleExample, bool> filter)
    {
        var data = new TheoryData<string, string>();
        foreach (var rule in TagPolicy.Default.Rules)
        {
            foreach (var example in rule.Examples.Where(filter))
                data.Add(rule.Code, example.Title);
        }

        return data;
    }

    private static RuleExample Find(string code, string title) =>
        TagPolicy.Default.Rules.Single(rule => rule.Code == code).Examples.Single(example => example.Title == title);

    private static bool IsLoud(Finding finding) => finding.Level != Level.Note;

    // The only rule whose findings are never more than notes.
    private static bool IsNoteRule(string code) => code == AllowanceRules.Unused;

    private static ScanReport Scan(RuleExample example) => Scanner.Scan(
        new ScanRequest
        {
            Policy = TagPolicy.Default,
            Sources = [new ScanSource.Piped(example.Path, new MemoryStream(Encoding.UTF8.GetBytes(example.Text)))],
        },
        progress: null,
        TestContext.Current.CancellationToken);

}
