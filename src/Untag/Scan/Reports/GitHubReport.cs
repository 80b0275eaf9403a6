using System.Globalization;
using System.Text;
using Untag.Policy;

namespace Untag.Scan.Reports;

/// <summary>Writes a scan as workflow commands, which GitHub shows as annotations beside the changed lines.</summary>
public static class GitHubReport
{
    /// <summary>Writes one command for every finding, and one for every path that was not read.</summary>
    /// <param name="report">What was found.</param>
    /// <param name="policy">The policy of the scan: it has the titles of the rules.</param>
    /// <param name="output">Where the commands go.</param>
    /// <exception cref="IOException">The output cannot be written.</exception>
    public static void Write(ScanReport report, TagPolicy policy, TextWriter output)
    {
        var titles = policy.Rules.ToDictionary(rule => rule.Code, rule => rule.Title, StringComparer.Ordinal);
        foreach (var finding in report.Findings)
            output.Write(Command(finding, titles.GetValueOrDefault(finding.Rule, finding.Trait)));
        foreach (var skipped in report.Skipped)
            output.Write($"::error file={Property(skipped.Path)},title=partial scan::{Text($"{skipped.Path}: {skipped.Reason}")}\n");
    }

    private static string Command(Finding finding, string title)
    {
        var command = new StringBuilder("::").Append(finding.Level switch
        {
            Level.Error => "error",
            Level.Warning => "warning",
            _ => "notice",
        });
        command.Append(" file=").Append(Property(finding.Path));
        if (finding.Line is { } line)
            command.Append(CultureInfo.InvariantCulture, $",line={line}");
        if (finding.Column is { } column)
            command.Append(CultureInfo.InvariantCulture, $",col={column}");
        command.Append(",title=").Append(Property($"{finding.Rule} {title}"));
        command.Append("::").Append(Text(Message(finding))).Append('\n');
        return command.ToString();
    }

    private static string Message(Finding finding)
    {
        var place = finding.Inner is { } inner ? $"{finding.Match} ({inner})" : finding.Match;
        return finding.Why.Count == 0 ? place : $"{place}: {finding.Why[0].Evidence}";
    }

    private static string Text(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Text(text)
        .Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);
}
