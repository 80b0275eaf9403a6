using System.Diagnostics;
using Untag.Scan.Allowances;
using Untag.Scan.Caching;
using Untag.Scan.Files;
using Untag.Scan.History;
using Untag.Scan.Judging;
using Untag.Scan.Matching;
using Untag.Scan.Reading.Tables.Names;
using Untag.Scan.Timing;

namespace Untag.Scan;

/// <summary>Finds tags of persons in a product.</summary>
/// <remarks>
/// The way of a file:
/// <list type="number">
/// <item>it is listed (<see cref="FileTree"/>), unless an ignore file or an exclusion leaves it out;</item>
/// <item>its bytes are searched once for every term and every mark of the policy (<see cref="Prefilter"/>): most files
/// end here;</item>
/// <item>a reader turns it into tokens (<see cref="Reading.Readers"/>);</item>
/// <item>the places that may be tags are collected, with the reasons that the file holds
/// (<see cref="CandidateFinder"/>);</item>
/// <item>the names of folders and pictures, and what many annotations say one by one, are read as labels
/// (<see cref="PictureFolders"/>, <see cref="SampleFiles"/>);</item>
/// <item>when all files are read, what the product is about is known (<see cref="ProductContext"/>), and each place is
/// judged (<see cref="Judge"/>);</item>
/// <item>what the product's owner accepts becomes a note (<see cref="Accepter"/>).</item>
/// </list>
/// The history of a repository goes the same way (<see cref="HistoryScan"/>), version by version.
/// </remarks>
public static class Scanner
{
    /// <summary>Reads every source and judges what it finds.</summary>
    /// <param name="request">What to read, and with which policy.</param>
    /// <param name="progress">Told about every file that is done; null for nobody.</param>
    /// <param name="cancellation">Ends the scan early: what was found so far is reported, and the report is partial.</param>
    /// <returns>The findings, and what could not be read.</returns>
    public static ScanReport Scan(
        ScanRequest request, IProgress<ScanProgress>? progress, CancellationToken cancellation)
    {
        var skipped = new List<SkippedPath>();
        var clock = request.MeasuresTime ? new ScanClock() : null;
        var lexicon = new Lexicon(request.Policy, request.Traits);
        var cache = request.CacheFolder is { } folder
            ? ScanCache.Open(folder, request, lexicon.Prefilter.Marks.Count)
            : null;
        var all = ReadFiles(request.Sources, request, lexicon, cache, clock, skipped, progress, cancellation);
        var cacheProblem = cache?.Save(isWhole: !cancellation.IsCancellationRequested);
        foreach (var source in request.Sources)
        {
            if (source is ScanSource.Piped piped)
                all.AddRange(new FileScan(lexicon, request.Limits) { Clock = clock?.NewWorker() }.Read(piped.Name, piped.Bytes).All);
        }

        all.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        var annotations = SampleFiles.LabelsOf(all);
        all = SampleFiles.Merge(all);
        // What is wrong with files that nobody asked about is no part of the report.
        var surroundings = ReadFiles(request.Surroundings, request, lexicon, cache: null, clock, [], progress, cancellation);
        var names = new FileScan(lexicon, request.Limits);
        var folders = PictureFolders.Read(all.Select(result => result.Path)).Concat(annotations).Select(names.Read).ToList();
        var past = PastOfProduct.Of(request, lexicon, [.. all, .. folders], surroundings, progress, cancellation);
        skipped.AddRange(past.Skipped);
        var started = Stopwatch.GetTimestamp();
        var report = Judged(request, lexicon, all, folders, past, skipped);
        clock?.Add(Stage.Judging, Stopwatch.GetElapsedTime(started));
        return report with { CacheProblem = cacheProblem, Timings = clock?.Read(request.Workers) };
    }

    private static List<FileResult> ReadFiles(
        IReadOnlyList<ScanSource> sources, ScanRequest request, Lexicon lexicon, ScanCache? cache,
        ScanClock? clock, List<SkippedPath> skipped, IProgress<ScanProgress>? progress, CancellationToken cancellation)
    {
        var files = new List<FoundFile>();
        FileResult?[] results = [];
        try
        {
            var started = Stopwatch.GetTimestamp();
            files = List(sources, request, skipped, cancellation);
            clock?.Add(Stage.Listing, Stopwatch.GetElapsedTime(started));
            results = new FileResult?[files.Count];
            ReadAll(files, results, request, lexicon, cache, clock, progress, cancellation);
        }
        catch (OperationCanceledException)
        {
            var unread = files.Count == 0 ? "files" : $"{results.Count(result => result is null)} of {files.Count} files";
            skipped.Add(new SkippedPath(".", $"interrupted: {unread} were not read"));
        }

        return [.. results.OfType<FileResult>().SelectMany(result => result.All)];
    }

    private static List<FoundFile> List(
        IReadOnlyList<ScanSource> sources, ScanRequest request, List<SkippedPath> skipped, CancellationToken cancellation)
    {
        var files = new List<FoundFile>();
        foreach (var source in sources)
        {
            if (source is ScanSource.OnDisk onDisk)
                FileTree.List(onDisk, request, files, skipped, cancellation);
        }

        return [.. files.DistinctBy(file => Path.GetFullPath(file.Location))]; // the paths given may overlap
    }

    private static void ReadAll(
        List<FoundFile> files, FileResult?[] results, ScanRequest request, Lexicon lexicon, ScanCache? cache, ScanClock? clock,
        IProgress<ScanProgress>? progress, CancellationToken cancellation)
    {
        var done = 0;
        long bytes = 0;
        var order = new FileOrder(files);
        var memory = new WorkMemory();
        Workers.Run(files.Count, request.Workers, Worker, cancellation);

        Action<int> Worker()
        {
            var stages = clock?.NewWorker();
            var scan = new FileScan(lexicon, request.Limits, memory: memory) { Clock = stages, Helpers = request.Workers };
            Func<FoundFile, FileResult> read = cache is null ? scan.Read : new CachedScan(scan, cache).Read;
            return _ =>
            {
                var i = order.Take();
                var started = Stopwatch.GetTimestamp();
                var result = read(files[i]);
                clock?.Add(files[i], Stopwatch.GetElapsedTime(started));
                stages?.Stop();
                results[i] = result;
                order.Finish(i);
                progress?.Report(new ScanProgress(
                    files.Count, Interlocked.Increment(ref done), Interlocked.Add(ref bytes, result.Bytes)));
            };
        }
    }

    private static ScanReport Judged(
        ScanRequest request, Lexicon lexicon, List<FileResult> results, List<FileResult> folders, PastOfProduct past,
        List<SkippedPath> skipped)
    {
        var policy = request.Policy;
        var product = new ProductContext();
        foreach (var result in results.Concat(folders))
            result.AddTo(product, lexicon.Prefilter);

        var judge = new Judge(policy, product);
        var accepter = new Accepter(request.Allow, request.Today);
        var seen = results.Select(result => result.Path).ToHashSet(StringComparer.Ordinal);
        var findings = new List<Finding>();
        foreach (var result in results.Concat(folders))
            findings.AddRange(accepter.Accept(result.Path, judge.Decide(result.Candidates), result.Allowances));

        var read = past.Read;
        var bytes = past.Bytes;
        foreach (var result in results)
        {
            bytes += result.Bytes;
            if (result.Problem is { } problem)
                skipped.Add(new SkippedPath(result.Path, problem));
            else
                read++;
        }

        findings.AddRange(past.Findings.Select(finding => finding.Accepted is not null ? finding : accepter.AcceptByProductFile(finding) ?? finding));
        findings.AddRange(accepter.Reports(seen, request.ReadsWholeProduct));
        findings.Sort(FindingOrder.Compare);
        skipped.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return new ScanReport
        {
            PolicyName = policy.Name,
            PolicyDigest = policy.Digest,
            Findings = findings,
            Skipped = skipped,
            SeenPaths = seen,
            ReadsWholeProduct = request.ReadsWholeProduct,
            ScannedOn = request.Today,
            Totals = new ScanTotals
            {
                Files = past.Read + results.Count + skipped.Count - results.Count(result => result.Problem is not null),
                Bytes = bytes,
                Read = read,
                Skipped = skipped.Count,
                Errors = findings.Count(finding => finding.Level == Level.Error),
                Warnings = findings.Count(finding => finding.Level == Level.Warning),
                Notes = findings.Count(finding => finding.Level == Level.Note),
            },
        };
    }
}
