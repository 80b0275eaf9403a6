using System.IO.Compression;
using System.Text;
using Untag.Scan.Containers;

namespace Untag.Scan.Reading.Documents;

/// <summary>The parts of an office document, each a file in a ZIP archive, read within limits.</summary>
/// <param name="archive">The archive.</param>
internal sealed class OfficeParts(ZipArchive archive)
{
    private const long TextBytesMax = 256 * 1024 * 1024;

    private readonly ExpansionBudget budget = new(ScanLimits.Default with { ExpandedBytesMax = TextBytesMax });
    private readonly SortedSet<string> problems = new(StringComparer.Ordinal);

    /// <summary>What could not be read, a sentence each.</summary>
    public IReadOnlyCollection<string> Problems => problems;

    /// <summary>The names of the parts, in the order of the archive.</summary>
    public IEnumerable<string> Names => archive.Entries.Select(entry => entry.FullName);

    /// <summary>True when the document has this part.</summary>
    public bool Has(string name) => archive.GetEntry(name) is not null;

    /// <summary>The names that begin and end so, in the order of their numbers: <c>slide2.xml</c> before <c>slide10.xml</c>.</summary>
    public IEnumerable<string> Named(string start, string end) =>
        Names.Where(name => name.StartsWith(start, StringComparison.Ordinal) && name.EndsWith(end, StringComparison.Ordinal)
                && !name.AsSpan(start.Length).Contains('/'))
            .OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal);

    /// <summary>Notes that a part is damaged.</summary>
    public void AddDamage(string name) => problems.Add($"{name} is damaged, and was read up to the damage");

    /// <summary>Notes why the document cannot be read.</summary>
    public void AddUnreadable(string problem) => problems.Add(problem);

    /// <summary>The text of a part; empty, with the problem noted, when it cannot be read.</summary>
    public string Read(string name)
    {
        try
        {
            if (archive.GetEntry(name) is not { } entry)
                return "";
            if (entry.IsEncrypted)
            {
                problems.Add($"{name} is encrypted, and was not read");
                return "";
            }

            using var content = entry.Open();
            using var reader = new StreamReader(new BudgetedStream(content, budget, entry.CompressedLength), Encoding.UTF8);
            var text = reader.ReadToEnd();
            if (budget.Exceeded is { } limit)
                problems.Add($"not unpacked to the end: {limit}");
            return text;
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            problems.Add($"{name} is damaged, and was not read");
            return "";
        }
    }

    /// <summary>The paragraphs of a part.</summary>
    public List<Paragraph> Paragraphs(string name, Dialect dialect)
    {
        var paragraphs = new List<Paragraph>();
        if (!Documents.Paragraphs.TryRead(Read(name), dialect, paragraphs))
            AddDamage(name);
        return paragraphs;
    }
}
