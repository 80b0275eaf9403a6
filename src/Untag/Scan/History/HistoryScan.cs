using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Untag.Scan.Containers;
using Untag.Scan.Judging;

namespace Untag.Scan.History;

/// <summary>Reads every version of every file in a part of a repository's history.</summary>
/// <remarks>
/// <list type="number">
/// <item>the commits are listed, parents before children;</item>
/// <item>what each changed is listed: a version is a content under a path, whatever number of commits hold it;</item>
/// <item>the contents are read, each once, by several workers with a git of their own: the versions of one path come one
/// after the other, because git stores them as differences;</item>
/// <item>what they say about the product goes into its context at once; only places that may be tags are kept.</item>
/// </list>
/// </remarks>
internal sealed class HistoryScan
{
    private readonly ScanSource.InHistory source;
    private readonly ScanRequest request;
    private readonly Lexicon lexicon;
    private readonly ProductContext product;
    private readonly IProgress<ScanProgress>? progress;
    private readonly CancellationToken cancellation;
    private readonly HistoryPaths paths;
    private Lineages lineages = new();
    private readonly List<Step> steps = [];
    private readonly List<Version> versions = [];
    private readonly Dictionary<Version, int> numbers = [];
    private readonly Dictionary<int, FileResult> results = [];
    private readonly SortedDictionary<string, string> skipped = new(StringComparer.Ordinal);
    private readonly Lock gathering = new();
    private int done;
    private int read;
    private long bytes;

    /// <summary>Prepares the reading.</summary>
    /// <param name="source">The history.</param>
    /// <param name="request">The request that it is a part of.</param>
    /// <param name="lexicon">What is searched for.</param>
    /// <param name="product">Learns what the history says about the product.</param>
    /// <param name="progress">Told about commits and versions that are done; null for nobody.</param>
    /// <param name="cancellation">Ends the reading early: what was read so far is given.</param>
    public HistoryScan(
        ScanSource.InHistory source, ScanRequest request, Lexicon lexicon, ProductContext product,
        IProgress<ScanProgress>? progress, CancellationToken cancellation)
    {
        this.source = source;
        this.request = request;
        this.lexicon = lexicon;
        this.product = product;
        this.progress = progress;
        this.cancellation = cancellation;
        paths = new HistoryPaths(source, request);
    }

    private string Root => source.Shown.Length == 0 ? "." : source.Shown.TrimEnd('/');

    /// <summary>Reads it.</summary>
    public HistoryContent Read()
    {
        List<Commit> commits = [];
        try
        {
            commits = source.History.Commits(cancellation, out var problem);
            ListSteps(commits, problem);
            ReadVersions(ContextOfBareRepository());
        }
        catch (OperationCanceledException)
        {
            skipped[Root] = $"interrupted: {versions.Count - done} of {versions.Count} versions in the history were not read";
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException)
        {
            skipped[Root] = $"the history was not read: {problem.Message}";
        }

        return new HistoryContent
        {
            Commits = commits,
            Steps = steps,
            Paths = [.. versions.Select(version => version.Path)],
            Results = results,
            Lineages = lineages,
            Skipped = [.. skipped.Select(entry => new SkippedPath(entry.Key, entry.Value))],
            Read = read,
            Bytes = bytes,
        };
    }

    private void ListSteps(List<Commit> commits, string? problem)
    {
        if (source.History.Facts.Cut.Count > 0 && commits.Exists(commit => source.History.Facts.Cut.Contains(commit.Id)))
            skipped[Root] = "a shallow clone: the history before its oldest commits was not read";
        var renames = source.History.Facts.IsPartialClone ? Renames.Unknown : Renames.Found;
        var stopped = Changes(renames);
        if (stopped is not null && renames == Renames.Found)
        {
            // A content that is not there stops git when it looks for renames, and only then.
            steps.Clear();
            versions.Clear();
            numbers.Clear();
            lineages = new Lineages();
            stopped = Changes(Renames.Unknown);
        }

        if ((problem ?? stopped) is { } reason)
            skipped[Root] = $"the history was not listed to its end: {reason}";

        string? Changes(Renames wanted)
        {
            var complaint = source.History.Changes(commits, wanted, change => Add(change, commits.Count), cancellation);
            cancellation.ThrowIfCancellationRequested();
            return complaint;
        }
    }

    private void Add(Change change, int commits)
    {
        progress?.Report(new ScanProgress(commits, change.Commit + 1, 0) { Reading = "commits" });
        var old = VersionOf(change.Old);
        var after = VersionOf(change.New);
        if (old < 0 && after < 0)
            return;
        if (old >= 0 && after >= 0 && change.Old.Path != change.New.Path)
            lineages.Join(versions[old].Path, versions[after].Path);
        steps.Add(new Step(change.Commit, old, after));
    }

    // The bytes of a link are a path: links are read where they lead to, or not at all (decision 4).
    private int VersionOf(Side side)
    {
        if (side.Type is EntryType.Nothing or EntryType.Link || paths.Shown(side.Path) is not { } path)
            return -1;
        if (side.Type == EntryType.Submodule)
        {
            skipped[path] = "a submodule: its history is in another repository, which was not read";
            return -1;
        }

        var version = new Version(side.Id, path);
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, version, out var isKnown);
        if (!isKnown)
        {
            number = versions.Count;
            versions.Add(version);
        }

        return number;
    }

    // Where there is no work tree, what HEAD holds tells what the product is about.
    private List<Version> ContextOfBareRepository()
    {
        if (!source.History.IsBare || source.History.Range is not HistoryRange.Since)
            return [];
        var files = new List<Version>();
        foreach (var side in source.History.FilesOfHead(cancellation))
        {
            if (paths.Shown(side.Path) is { } path && !numbers.ContainsKey(new Version(side.Id, path)))
                files.Add(new Version(side.Id, path));
        }

        return files;
    }

    private void ReadVersions(List<Version> context)
    {
        var absent = source.History.Absent(cancellation);
        var contents = new Dictionary<ObjectId, List<int>>(versions.Count);
        for (var i = 0; i < versions.Count + context.Count; i++)
        {
            var version = At(i);
            if (absent.Contains(version.Id))
                Skip(version.Path, "it is not in this partial clone, and nothing is fetched");
            else if (contents.TryGetValue(version.Id, out var list))
                list.Add(i);
            else
                contents[version.Id] = [i];
        }

        var blobs = contents.ToArray();
        Array.Sort(blobs, (a, b) => string.CompareOrdinal(At(a.Value[0]).Path, At(b.Value[0]).Path) is var order and not 0
            ? order : a.Value[0].CompareTo(b.Value[0]));
        const int Batch = BlobReader.AskedAtOnceMax;
        Parallel.ForEach(
            // Some versions take a thousand times as long as others: whoever is free takes the next ones.
            Partitioner.Create(Enumerable.Range(0, (blobs.Length + Batch - 1) / Batch), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = request.Workers, CancellationToken = cancellation },
            () => (Blobs: source.History.Blobs(cancellation), Scan: new FileScan(lexicon, request.Limits)),
            (i, _, _, worker) =>
            {
                ReadBatch(worker.Blobs, worker.Scan, blobs.AsMemory(i * Batch, Math.Min(Batch, blobs.Length - i * Batch)));
                return worker;
            },
            worker => worker.Blobs.Dispose());

        Version At(int i) => i < versions.Count ? versions[i] : context[i - versions.Count];

        void ReadBatch(BlobReader reader, FileScan scan, ReadOnlyMemory<KeyValuePair<ObjectId, List<int>>> batch)
        {
            var ids = new ObjectId[batch.Length];
            for (var i = 0; i < ids.Length; i++)
                ids[i] = batch.Span[i].Key;
            reader.Read(ids, Take, (i, problem) => Skip(At(batch.Span[i].Value[0]).Path, problem));

            void Take(int i, long size, Stream content)
            {
                var places = batch.Span[i].Value;
                // A content under two names is read as each of them: names tell how to read, and what for.
                if (places.Count > 1 && size <= request.Limits.FileBytesMax)
                    content = Copy(content, (int)size);
                foreach (var place in places)
                {
                    Keep(place, scan.Read(At(place).Path, content, new ExpansionBudget(request.Limits)));
                    if (!content.CanSeek)
                        break;
                    content.Position = 0;
                }
            }
        }
    }

    private static MemoryStream Copy(Stream content, int size)
    {
        var copy = new byte[size];
        content.ReadExactly(copy);
        return new MemoryStream(copy, writable: false);
    }

    private void Keep(int place, FileResult result)
    {
        lock (gathering)
        {
            var mayHoldTag = false;
            foreach (var part in result.All)
            {
                part.AddTo(product, lexicon.Prefilter);
                mayHoldTag |= part.Candidates.Count > 0;
                bytes += part.Bytes;
                if (part.Problem is { } problem && place < versions.Count)
                    skipped.TryAdd(part.Path, $"in the history: {problem}");
                else if (place < versions.Count)
                    read++;
            }

            if (mayHoldTag && place < versions.Count)
                results[place] = result;
            done++;
            progress?.Report(new ScanProgress(versions.Count, done, bytes) { Reading = "versions" });
        }
    }

    private void Skip(string path, string problem)
    {
        lock (gathering)
        {
            skipped.TryAdd(path, $"in the history: {problem}");
            done++;
        }
    }

    private readonly record struct Version(ObjectId Id, string Path);
}
