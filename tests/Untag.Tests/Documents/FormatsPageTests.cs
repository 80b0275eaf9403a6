using System.Globalization;
using System.Text;
using Untag.Fuzz;
using Untag.Scan.Containers;
using Untag.Scan.Reading;
using Untag.Scan.Reading.Interfaces;
using Untag.Tests.Architecture;

namespace Untag.Tests.Documents;

public sealed class FormatsPageTests
{
    private const int InputsMin = 1_000_000;
    private const int SecondsMin = 600;

    private static readonly (string Name, string Reads)[] Formats =
        [.. Readers.Formats, .. ContainerFormat.All.Select(format => (format.Name, format.Reads))];

    private static readonly Dictionary<string, string[]> Runs = File.ReadLines(Repository.File("tests/Untag.Fuzz/results.tsv"))
        .Select(line => line.Split('\t')).ToDictionary(fields => fields[0], StringComparer.Ordinal);

    private static readonly ILookup<string, string> Fixtures =
        Seed.All(Repository.Root).ToLookup(seed => seed.Format, seed => seed.Path, StringComparer.Ordinal);

    [Fact]
    public void The_page_of_the_formats_is_what_the_readers_say()
    {
        var expected = Page();
        var page = Repository.File("docs", "formats.md");
        if (File.Exists(page) && File.ReadAllText(page) == expected)
            return;
        var written = Path.Join(Path.GetTempPath(), "untag-formats.md");
        File.WriteAllText(written, expected);
        Assert.Fail($"docs/formats.md is not what the readers say; what it should be is in {written}");
    }

    [Fact]
    public void Every_format_has_a_fixture() =>
        Assert.All(Formats, format => Assert.NotEmpty(Fixtures[format.Name]));

    [Fact]
    public void What_is_said_of_damaged_copies_was_run_at_length() =>
        Assert.All(Runs.Values, run =>
            Assert.True(
                Number(run[1]) >= InputsMin || Number(run[2]) >= SecondsMin, $"{run[0]}: {run[1]} inputs in {run[2]} s"));

    [Fact]
    public void Damaged_copies_of_every_format_were_run_and_of_no_other() =>
        Assert.Equal(Formats.Select(format => format.Name).Order(StringComparer.Ordinal), Runs.Keys.Order(StringComparer.Ordinal));

    private static string Page()
    {
        var page = new StringBuilder("""
            # Formats

            Made from the readers in `src/Untag/Scan`; a test compares. A format is known by its content; a name is a hint. What
            is never read, such as the rows of a table, stands in [Documents and data sets](formats/data-sets.md); what of a
            container is not opened is said in every report.

            **Damaged** is how many damaged copies of the fixtures were read without a crash (`eng/fuzz.sh`; a million, or ten
            minutes of a processor), then the longest time for one in milliseconds, and the most memory allocated in MiB.

            | format | what is read | fixtures | damaged | ms | MiB |
            |---|---|---|---|---|---|

            """);
        foreach (var (name, reads) in Formats)
        {
            var run = Runs[name];
            page.Append(CultureInfo.InvariantCulture, $"| {name} | {reads} | {FixturesOf(name)} | {Number(run[1]):#,0} | {run[3]} | {run[4]} |\n");
        }

        page.Append("""

            ## Inside of JSON, YAML and source code

            These are told from other documents by their own words. A finding says in which part it stands.

            | format | what is read |
            |---|---|

            """);
        foreach (var (name, reads) in DocumentFormats.All.Select(format => (format.Name, format.Reads))
            .Concat(CodeFormats.All.Select(format => (format.Name, format.Reads))))
            page.Append(CultureInfo.InvariantCulture, $"| {name} | {reads} |\n");
        return page.ToString();
    }

    // The folders in which they lie, with how many there are.
    private static string FixturesOf(string format) => string.Join(", ", Fixtures[format]
        .GroupBy(path => path.StartsWith("samples/", StringComparison.Ordinal) ? "samples" : path.Split('/')[2], StringComparer.Ordinal)
        .OrderBy(folder => folder.Key, StringComparer.Ordinal)
        .Select(folder => $"{folder.Key} ({folder.Count()})"));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
