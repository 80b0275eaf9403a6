using System.CommandLine;
using Untag.Scan;
using Untag.Scan.History;

namespace Untag.Cli.Commands;

/// <summary>What <c>--history</c>, <c>--since</c> and <c>--staged</c> make of the paths of a scan.</summary>
/// <param name="Reported">What is read and reported.</param>
/// <param name="Surroundings">What is read for what it tells about the product.</param>
internal readonly record struct HistorySources(
    IReadOnlyList<ScanSource> Reported, IReadOnlyList<ScanSource.OnDisk> Surroundings)
{
    /// <summary>Takes what was typed.</summary>
    /// <exception cref="UserError">The words contradict each other, or the history cannot be read.</exception>
    public static HistorySources Of(
        ParseResult words, IReadOnlyList<ScanSource> sources, CancellationToken cancellation)
    {
        if (RangeOf(words) is not { } range)
            return new HistorySources(sources, []);
        var onDisk = sources.OfType<ScanSource.OnDisk>().ToList();
        if (onDisk.Count < sources.Count)
            throw new UserError("standard input has no history", "leave `-` out, or scan without the history");
        var histories = onDisk.ConvertAll(source => InHistory(source, range, cancellation));
        // The files of a bare repository are git's own; its history holds the product's.
        var trees = onDisk.Where((_, i) => !histories[i].History.IsBare).ToList();
        return range is HistoryRange.All
            ? new HistorySources([.. trees, .. histories], [])
            : new HistorySources(histories, trees);
    }

    private static HistoryRange? RangeOf(ParseResult words)
    {
        List<HistoryRange> ranges = [];
        if (words.GetValue(Settings.History))
            ranges.Add(new HistoryRange.All());
        if (words.GetValue(Settings.Since) is { } revision)
            ranges.Add(new HistoryRange.Since(revision));
        if (words.GetValue(Settings.Staged))
            ranges.Add(new HistoryRange.Staged());
        return ranges.Count <= 1
            ? ranges.FirstOrDefault()
            : throw new UserError("--history, --since and --staged ask for different things", "give one of them");
    }

    private static ScanSource.InHistory InHistory(
        ScanSource.OnDisk source, HistoryRange range, CancellationToken cancellation)
    {
        var opening = GitHistory.Open(source.Location, range, cancellation);
        return opening.History is { } history
            ? new ScanSource.InHistory(history, source.Location, source.Shown)
            : throw new UserError(opening.Problem, opening.Hint);
    }
}
