using System.Text.RegularExpressions;

namespace Untag.Tests.Architecture;

public sealed partial class DependencyDirectionTests
{
    // A part, and the parts that its source may name. Whoever adds a part adds its line here.
    private static readonly Dictionary<string, string[]> MayKnow = new(StringComparer.Ordinal)
    {
        ["Policy"] = [],
        ["Columnar"] = [],
        ["Scan"] = ["Policy", "Columnar"],
        ["Audit"] = ["Policy", "Columnar"],
        ["Erase"] = ["Policy", "Audit"],
        ["Http"] = [],
        ["TransparencyLog"] = ["Http"],
        ["Evidence"] = ["TransparencyLog", "Http"],
        ["Guard"] = ["TransparencyLog"],
        ["Check"] = ["Policy", "Scan", "Audit", "Erase", "Evidence", "Guard", "TransparencyLog"],
    };

    [Fact]
    public void Every_part_of_the_library_is_listed() =>
        Assert.Equal(
            MayKnow.Keys.Order(),
            Directory.EnumerateDirectories(Repository.File("src", "Untag")).Select(path => Path.GetFileName(path)!).Order());

    [Fact]
    public void A_part_knows_only_the_parts_below_it()
    {
        foreach (var (part, allowed) in MayKnow)
        {
            foreach (var file in Repository.Files("*.cs").Where(path => path.StartsWith($"src/Untag/{part}/", StringComparison.Ordinal)))
            {
                foreach (Match match in PartName().Matches(File.ReadAllText(Repository.File(file))))
                {
                    var known = match.Groups[1].Value;
                    Assert.True(
                        known == part || allowed.Contains(known) || !MayKnow.ContainsKey(known),
                        $"{file} names Untag.{known}, which {part} must not know");
                }
            }
        }
    }

    [Fact]
    public void The_library_does_not_know_the_command_line() =>
        Assert.DoesNotContain(
            typeof(Untag.Scan.Scanner).Assembly.GetReferencedAssemblies(),
            assembly => assembly.Name is "Untag.Cli" or "System.CommandLine" or "Spectre.Console" or "System.Console");

    [Fact]
    public void Every_file_lies_in_the_folder_of_its_namespace()
    {
        foreach (var file in Repository.Files("*.cs").Where(path => path.StartsWith("src/", StringComparison.Ordinal)))
        {
            var found = NamespaceName().Match(File.ReadAllText(Repository.File(file)));
            var folder = Path.GetDirectoryName(file)!["src/".Length..].Replace('/', '.');
            if (found.Success)
                Assert.Equal((file, folder), (file, found.Groups[1].Value));
        }
    }

    [GeneratedRegex(@"\bUntag\.(\w+)")]
    private static partial Regex PartName();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceName();
}
