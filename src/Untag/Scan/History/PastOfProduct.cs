using Untag.Scan.Judging;

namespace Untag.Scan.History;

/// <summary>What the histories among the sources of a scan add to its report.</summary>
internal sealed class PastOfProduct
{
    /// <summary>Tags that the product of today does not hold.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>What could not be read.</summary>
    public List<SkippedPath> Skipped { get; } = [];

    /// <summary>Versions read to the end.</summary>
    public int Read { get; private set; }

    /// <summary>Bytes of the versions.</summary>
    public long Bytes { get; private set; }

    /// <summary>Reads the histories and judges them.</summary>
    /// <remarks>They are judged by what the product is today and by what it was. The files of today are judged without
    /// the past, so that they get the same findings with it and without.</remarks>
    /// <param name="request">The request.</param>
    /// <param name="lexicon">What is searched for.</param>
    /// <param name="present">What is reported of today.</param>
    /// <param name="surroundings">What else tells about the product.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellation">Ends the reading early.</param>
    public static PastOfProduct Of(
        ScanRequest request, Lexicon lexicon, IReadOnlyList<FileResult> present, IReadOnlyList<FileResult> surroundings,
        IProgress<ScanProgress>? progress, CancellationToken cancellation)
    {
        var past = new PastOfProduct();
        foreach (var source in request.Sources)
        {
            if (source is ScanSource.InHistory history)
                past.Add(history, request, lexicon, present, surroundings, progress, cancellation);
        }

        return past;
    }

    private void Add(
        ScanSource.InHistory source, ScanRequest request, Lexicon lexicon, IReadOnlyList<FileResult> present,
        IReadOnlyList<FileResult> surroundings, IProgress<ScanProgress>? progress, CancellationToken cancellation)
    {
        var product = new ProductContext();
        foreach (var result in present)
            result.AddTo(product, lexicon.Prefilter);
        foreach (var result in surroundings)
            result.AddTo(product, lexicon.Prefilter);
        var content = new HistoryScan(source, request, lexicon, product, progress, cancellation).Read();
        Findings.AddRange(TagsOfHistory.Find(content, source.History.Range, new Judge(request.Policy, product), present));
        Skipped.AddRange(content.Skipped);
        Read += content.Read;
        Bytes += content.Bytes;
    }
}
