using System.Text;
using Untag.Policy;
using Untag.Tests.Architecture;

namespace Untag.Tests.Documents;

public sealed class RulesPageTests
{
    [Fact]
    public void The_page_of_the_rules_is_what_their_files_say()
    {
        var expected = Page();
        var page = Repository.File("docs", "rules.md");
        if (File.Exists(page) && File.ReadAllText(page) == expected)
            return;
        var written = Path.Join(Path.GetTempPath(), "untag-rules.md");
        File.WriteAllText(written, expected);
        Assert.Fail($"docs/rules.md is not what policy/rules says; what it should be is in {written}");
    }

    [Fact]
    public void Every_rule_has_a_file_of_its_own_code() =>
        Assert.Equal(
            TagPolicy.Default.Rules.Select(rule => rule.Code),
            Repository.Files("*.yaml").Where(path => path.StartsWith("policy/rules/", StringComparison.Ordinal))
                .Select(path => Path.GetFileNameWithoutExtension(path)));

    private static string Page()
    {
        var page = new StringBuilder("# Rules\n\nMade from the files in `policy/rules/`; a test compares. `untag explain CODE` says the same.\n");
        foreach (var rule in TagPolicy.Default.Rules)
            page.Append('\n').Append(RulePage.Of(rule));
        return page.ToString();
    }
}
