using System.CommandLine;
using Untag.Check;
using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Baselines;

namespace Untag.Cli.Commands;

/// <summary>The baseline that a command compares with, and the one that it writes.</summary>
internal static class Baselines
{
    /// <summary>The baseline of <c>--baseline</c>, or else of the product file; null when neither names one. Whoever
    /// writes a baseline need not have one that can be read.</summary>
    /// <exception cref="UserError">It cannot be used.</exception>
    public static Baseline? Given(ParseResult words, ProductFile? product, TagPolicy policy)
    {
        if (words.GetValue(Settings.Baseline) is { } given)
            return Read(given, given, policy);
        return product is null || words.GetValue(Settings.WriteBaseline) is not null ? null : OfProduct(product, policy);
    }

    /// <summary>The baseline of a product; null when it has none.</summary>
    /// <exception cref="UserError">It cannot be used.</exception>
    public static Baseline? OfProduct(ProductFile product, TagPolicy policy) => product.Baseline is { } path
        ? Read(Path.Join(product.Folder, path), path, policy)
        : null;

    /// <summary>Full paths of the files that this run reads as a baseline or writes: an earlier run may have left them in
    /// the product's folder.</summary>
    public static IReadOnlySet<string> OwnFiles(ParseResult words, ProductFile? product, IReadOnlyList<Outlet> outlets)
    {
        string?[] files =
        [
            words.GetValue(Settings.Baseline), words.GetValue(Settings.WriteBaseline),
            product?.Baseline is { } baseline ? Path.Join(product.Folder, baseline) : null,
            .. outlets.Select(outlet => outlet.File),
        ];
        return files.OfType<string>().Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Writes the baseline that <c>--write-baseline</c> asks for, and marks its findings as known. A scan that
    /// read only a part leaves none.</summary>
    public static ScanReport WriteIfAsked(ParseResult words, ScanReport report)
    {
        if (words.GetValue(Settings.WriteBaseline) is not { } path)
            return report;
        if (!report.Complete)
        {
            Terminal.WriteWarning($"{path} was not written: only a part was read");
            return report;
        }

        var baseline = Baseline.Of(report);
        ResultOutput.Write(path, output => BaselineFile.Write(baseline, report, output));
        Terminal.WriteDone($"wrote {path}: {Count(baseline.Entries.Count)}, known until {baseline.Until:yyyy-MM-dd}");
        return report.Baseline is null ? baseline.Mark(report) : report;
    }

    /// <summary>Says on standard error what of a baseline is gone.</summary>
    public static void Tell(BaselineComparison? comparison)
    {
        if (comparison is { Gone.Count: > 0 })
        {
            Terminal.WriteWarning(
                $"{comparison.Gone.Count} of the baseline are gone: write it anew with --write-baseline FILE");
        }
    }

    private static Baseline Read(string path, string shown, TagPolicy policy)
    {
        var (baseline, problem, hint) = BaselineFile.Read(path, policy, TimeProvider.System);
        return baseline ?? throw new UserError($"the baseline `{shown}` {problem}", hint);
    }

    private static string Count(int count) => count == 1 ? "1 finding" : $"{count} findings";
}
