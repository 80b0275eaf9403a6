using System.Globalization;
using System.Text.Json;
using Untag.Policy;
using Untag.Scan.Reports;

namespace Untag.Scan.Baselines;

/// <summary>What became of reading a baseline: the baseline, or what is wrong and what to do.</summary>
/// <param name="Baseline">The baseline; null when there is a problem.</param>
/// <param name="Problem">What is wrong, without full stop; null when nothing is.</param>
/// <param name="Hint">What to do about it; null when nothing is wrong.</param>
public readonly record struct BaselineResult(Baseline? Baseline, string? Problem, string? Hint);

/// <summary>Reads and writes baselines, <c>untag/baseline/1</c>; docs/formats/baseline.md explains the fields.</summary>
public static class BaselineFile
{
    private const string WriteAnew = "write it anew with `untag scan --write-baseline FILE`";

    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="policy">The policy of the scan: with another one, rules mean something else.</param>
    /// <param name="clock">Tells the day, on which the baseline may have ended.</param>
    public static BaselineResult Read(string path, TagPolicy policy, TimeProvider clock)
    {
        BaselineDocument? document;
        try
        {
            using var stream = File.OpenRead(path);
            document = JsonSerializer.Deserialize(stream, WireJson.Readable.BaselineDocument);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Wrong($"cannot be read: {FileProblem.InWords(problem)}", WriteAnew);
        }
        catch (JsonException problem)
        {
            return Wrong($"is not a baseline: the JSON is broken near line {problem.LineNumber + 1}", WriteAnew);
        }

        if (document?.Schema != BaselineDocument.SchemaName)
            return Wrong($"is not a baseline: its schema is `{document?.Schema}`, not `{BaselineDocument.SchemaName}`", WriteAnew);
        if (document.ToBaseline() is not { } baseline)
            return Wrong("is not a baseline: a field is missing or has no such value", "docs/formats/baseline.md shows every field");
        if (document.Policy!.Digest != policy.Digest)
        {
            return Wrong(
                $"was written with another policy (`{document.Policy.Name}`, {Start(document.Policy.Digest)}; now `{policy.Name}`, {Start(policy.Digest)})",
                $"look at what the policy finds now, then {WriteAnew}");
        }

        if (baseline.Until < DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime))
        {
            return Wrong(
                string.Create(CultureInfo.InvariantCulture, $"ended on {baseline.Until:yyyy-MM-dd}"),
                $"mend what it holds, or decide again: {WriteAnew}");
        }

        return new BaselineResult(baseline, null, null);
    }

    /// <summary>Writes a baseline with a line end after the last brace.</summary>
    /// <param name="baseline">The baseline.</param>
    /// <param name="report">The scan that it comes from.</param>
    /// <param name="output">Where it is written.</param>
    public static void Write(Baseline baseline, ScanReport report, Stream output)
    {
        JsonSerializer.Serialize(output, BaselineDocument.Of(baseline, report), WireJson.Readable.BaselineDocument);
        output.WriteByte((byte)'\n');
    }

    private static BaselineResult Wrong(string problem, string hint) => new(null, problem, hint);

    private static string Start(string? digest) => digest is { Length: > 12 } ? digest[..12] + "…" : digest ?? "";
}
