using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Reports;

namespace Untag.Cli.Text;

/// <summary>Findings as a person likes to read them: file by file, one line each, the strongest reasons below.</summary>
internal sealed class FindingsText(Terminal terminal, TextWriter output, TagPolicy policy)
{
    private const int PerFileMax = 8;
    private const int FilesMax = 40;
    private const int ReasonsMax = 2;

    public void Write(ScanReport report)
    {
        var files = report.Findings.GroupBy(finding => finding.Path).OrderByDescending(file => file.Max(finding => finding.Level))
            .ThenBy(file => file.Key, StringComparer.Ordinal).ToList();
        foreach (var file in files.Take(FilesMax))
            WriteFile(file.Key, [.. file]);
        if (files.Count > FilesMax)
        {
            var rest = files.Skip(FilesMax).Sum(file => file.Count());
            output.WriteLine(terminal.Dim($"… and {rest} more in {files.Count - FilesMax} files (--format json lists all)"));
        }
    }

    public void WriteSkipped(ScanReport report)
    {
        if (report.Complete)
            return;
        output.WriteLine(terminal.Yellow($"partial: {report.Skipped.Count} not read, or not to the end"));
        foreach (var skipped in report.Skipped.Take(FilesMax))
            output.WriteLine($"  {Terminal.Printable(skipped.Path)}: {Terminal.Printable(skipped.Reason)}");
        if (report.Skipped.Count > FilesMax)
            output.WriteLine(terminal.Dim($"  … and {report.Skipped.Count - FilesMax} more (--format json lists all)"));
        output.WriteLine();
    }

    public void WriteSummary(ScanReport report, TimeSpan elapsed)
    {
        var totals = report.Totals;
        var seconds = elapsed.TotalSeconds.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);
        var verdict = report.Verdict switch
        {
            ScanVerdict.Clean => terminal.Green("clean"),
            ScanVerdict.Findings => terminal.Red("findings"),
            _ => terminal.Yellow("partial"),
        };
        output.WriteLine(
            $"{verdict}: {Count(totals.Errors, "error")}, {Count(totals.Warnings, "warning")}, {Count(totals.Notes, "note")}; "
            + $"{Count(totals.Read, "file")} read ({Sizes.Show(totals.Bytes)}), {totals.Skipped} not, in {seconds} s");
    }

    private static string Count(int count, string one) => count == 1 ? $"1 {one}" : $"{count} {one}s";

    private void WriteFile(string path, List<Finding> findings)
    {
        output.WriteLine(terminal.Bold(Terminal.Printable(path)));
        foreach (var finding in findings.OrderByDescending(finding => finding.Level).Take(PerFileMax).OrderBy(finding => finding.Line ?? 0))
            WriteFinding(finding);
        if (findings.Count > PerFileMax)
            output.WriteLine(terminal.Dim($"  … and {findings.Count - PerFileMax} more in this file (--format json lists all)"));
        output.WriteLine();
    }

    private void WriteFinding(Finding finding)
    {
        var place = (finding.Line, finding.Column) switch
        {
            ({ } line, { } column) => $"{line}:{column}",
            ({ } line, null) => $"{line}",
            _ => "-",
        };
        if (finding.Inner is { } inner)
            place += $" ({Terminal.Printable(inner)})";
        output.WriteLine(
            $"  {Level(finding.Level)} {place.PadRight(7)} {terminal.Cyan(finding.Rule)} {Terminal.Printable(finding.Match)}  "
            + $"{Sentences.Does(finding.Kind)}{Class(finding)}");
        if (Sentences.Past(finding) is { Length: > 0 } past)
            output.WriteLine($"          {past}");
        var reasons = finding.Why.Where(reason => reason.Weight >= 0).Take(ReasonsMax).Select(reason => reason.Evidence);
        output.WriteLine(terminal.Dim($"          {Terminal.Printable(string.Join("; ", reasons))}"));
    }

    private string Class(Finding finding)
    {
        var trait = policy.Traits.First(candidate => candidate.Id == finding.Trait).Title["en"];
        return finding.Class == FindingClass.ProductTag ? $" ({trait})" : $" ({trait}; {WireNames.Class(finding.Class)})";
    }

    private string Level(Level level) => level switch
    {
        Scan.Level.Error => terminal.Red("error  "),
        Scan.Level.Warning => terminal.Yellow("warning"),
        _ => terminal.Dim("note   "),
    };
}
