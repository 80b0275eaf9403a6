using System.CommandLine;
using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Reports;

namespace Untag.Cli.Commands;

/// <summary>Writes a scan in the form that is asked for.</summary>
internal static class ScanReports
{
    /// <summary>Writes everything but text for people.</summary>
    public static void Write(string format, ParseResult words, ScanReport report, TagPolicy policy, Stream output)
    {
        switch (format)
        {
            case "json":
                JsonReport.Write(report, output);
                break;
            case "sarif":
                SarifReport.Write(report, policy, output);
                break;
            case "junit":
                JUnitReport.Write(report, policy, FailsFrom(words), output);
                break;
            case "github":
                WriteText(output, text => GitHubReport.Write(report, text));
                break;
            case "markdown":
                WriteText(output, text => MarkdownReport.Write(report, policy, text));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "a form that nobody writes");
        }
    }

    /// <summary>Writes text in UTF-8.</summary>
    public static void WriteText(Stream output, Action<TextWriter> write)
    {
        using var text = new StreamWriter(output, leaveOpen: true);
        write(text);
    }

    /// <summary>The level from which a finding fails the run.</summary>
    public static Level FailsFrom(ParseResult words) => words.GetValue(Settings.Strict) ? Level.Warning : Level.Error;

    /// <summary>Says on standard error what a reader of the files would not see there.</summary>
    public static void TellLimits(IReadOnlyList<Outlet> outlets, ScanReport report)
    {
        if (outlets.Any(outlet => outlet.Format == "sarif") && SarifLimits.InWords(report) is { } limits)
            Terminal.WriteWarning($"sarif: {limits}");
    }
}
