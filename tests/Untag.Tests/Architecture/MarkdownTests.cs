using System.Text.RegularExpressions;

namespace Untag.Tests.Architecture;

public sealed partial class MarkdownTests
{
    private static readonly string[] Roots =
        ["src/", "tests/", "policy/", "docs/", "samples/", "bench/", "eng/"];

    public static TheoryData<string> Documents =>
        [.. Repository.Files("*.md").Where(path => !path.StartsWith("samples/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_leads_to_a_file_that_exists(string document)
    {
        foreach (Match match in Link().Matches(File.ReadAllText(Repository.File(document))))
        {
            var target = match.Groups[1].Value.Split('#')[0];
            if (target.Length == 0 || target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal))
                continue;
            var path = Path.Join(Path.GetDirectoryName(Repository.File(document)), target);
            Assert.True(Path.Exists(path), $"{document} links to {target}, which does not exist");
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_path_in_backquotes_exists(string document)
    {
        foreach (Match match in Quoted().Matches(File.ReadAllText(Repository.File(document))))
        {
            var path = match.Groups[1].Value.TrimEnd('/');
            if (!Roots.Any(root => (path + "/").StartsWith(root, StringComparison.Ordinal)) || Pattern().IsMatch(path))
                continue;
            Assert.True(Path.Exists(Repository.File(path)), $"{document} names `{path}`, which does not exist");
        }
    }

    [Fact]
    public void No_document_or_source_names_a_path_of_a_machine()
    {
        foreach (var file in Repository.Files("*.*").Where(path => Written().IsMatch(path)))
        {
            var match = MachinePath().Match(File.ReadAllText(Repository.File(file)));
            Assert.False(match.Success, $"{file} names {match.Value}");
        }
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`([\w./-]+/[\w./-]*)`")]
    private static partial Regex Quoted();

    [GeneratedRegex("[*<>{}]|NNNN")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\.(md|cs|sh|yaml|yml|csproj|props|json)$")]
    private static partial Regex Written();

    [GeneratedRegex(@"(?<![\w.~-])/(home|Users)/\w+/|(?<![\w./-])/work/\w|(?<![\w./-])/roo[t]/")]
    private static partial Regex MachinePath();
}
