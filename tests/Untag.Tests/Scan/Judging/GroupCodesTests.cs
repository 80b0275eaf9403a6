using System.Text;
using Untag.Scan;

namespace Untag.Tests.Scan.Judging;

/// <summary>Codes of two letters for a group of people and a sex, as data sets of faces write them.</summary>
public sealed class GroupCodesTests
{
    private static readonly string[] Codes = ["AF", "AM", "BF", "BM", "IF", "IM", "WF", "WM"];

    [Fact]
    public void A_column_of_codes_is_a_value_set() =>
        Assert.Contains(
            Scan("pairs.csv", Table("p1,p2,a1", i => $"{i:D4}.jpg,{i + 1:D4}.jpg,{Codes[i % 8]}")).Findings,
            finding => finding is { Trait: "race", Kind: FindingKind.Dataset, Level: Level.Error });

    [Fact]
    public void A_column_of_initials_beside_one_of_sexes_is_a_value_set() =>
        Assert.Contains(
            Scan("pairs.csv", Table("p1,p2,e1,g1", i => $"{i:D4}.jpg,{i + 1:D4}.jpg,{"ABIW"[i % 4]},{"FM"[i / 4 % 2]}")).Findings,
            finding => finding is { Trait: "race", Kind: FindingKind.Dataset, Level: Level.Error });

    [Theory]
    [InlineData("list.json", """{"subgroups": ["AF", "AM", "BF", "BM", "IF", "IM", "WF", "WM"]}""")]
    [InlineData("list.yaml", "subgroups: [AF, AM, BF, BM, LF, LM, WF, WM]\n")]
    [InlineData("Groups.java", "enum Subgroup { AF, AM, BF, BM, IF, IM, WF, WM }\n")]
    [InlineData("ids.py", "IDS = {'AF': 0, 'AM': 1, 'BF': 2, 'BM': 3, 'WF': 4, 'WM': 5}\n")]
    [InlineData("split.go", "var groups = strings.Split(\"AF|AM|BF|BM|WF|WM\", \"|\")\n")]
    public void A_list_of_codes_is_a_value_set(string path, string text) =>
        Assert.Contains(Scan(path, text).Findings, finding => finding is { Trait: "race", Level: Level.Error });

    [Theory]
    [InlineData("countries.json", """["AE", "AF", "AM", "BF", "BM", "IM", "WF", "WS", "YE"]""")]
    [InlineData("some.py", "ISLANDS = ['BM', 'IM', 'WF', 'AF', 'AM', 'BF']\n")]
    [InlineData("windows.py", "KEYS = ['WM', 'WF', 'AF', 'AM', 'IF', 'IM', 'BF', 'BM', 'XX']\n")]
    [InlineData("two.py", "CLOCK = ['AM', 'AF', 'WM', 'WF']\n")]
    public void Countries_and_other_codes_are_clean(string path, string text) => Assert.Empty(Scan(path, text).Findings);

    [Theory]
    [InlineData("ABCW")]
    [InlineData("ABI")]
    public void Grades_beside_sexes_are_clean(string grades) => Assert.Empty(
        Scan("grades.csv", Table("photo,grade,sex", i => $"{i:D4}.jpg,{grades[i % grades.Length]},{"FM"[i / 4 % 2]}")).Findings);

    [Fact]
    public void Initials_without_sexes_are_clean() => Assert.Empty(
        Scan("boxes.csv", Table("photo,box", i => $"{i:D4}.jpg,{"ABIW"[i % 4]}")).Findings);

    private static ScanReport Scan(string path, string text) => Product.Scan(Product.FaceService, (path, text));

    private static string Table(string heading, Func<int, string> row)
    {
        var text = new StringBuilder(heading).Append('\n');
        for (var i = 0; i < 160; i++)
            text.Append(row(i)).Append('\n');
        return text.ToString();
    }
}
