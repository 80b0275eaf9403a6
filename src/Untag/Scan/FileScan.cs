using System.Buffers;
using System.Text;
using Untag.Policy;
using Untag.Scan.Allowances;
using Untag.Scan.Containers;
using Untag.Scan.Containers.SevenZip;
using Untag.Scan.Files;
using Untag.Scan.Judging;
using Untag.Scan.Matching;
using Untag.Scan.Reading;
using Untag.Scan.Reading.Binaries;
using Untag.Scan.Reading.Tables.Names;
using Untag.Scan.Timing;

namespace Untag.Scan;

/// <summary>Reads files one after the other: the work of one worker, with its buffers.</summary>
/// <param name="lexicon">What is looked for.</param>
/// <param name="limits">Bounds on the work.</param>
/// <param name="depth">How many archives the files lie in.</param>
/// <param name="memory">The memory that all workers share.</param>
internal sealed partial class FileScan(
    Lexicon lexicon, ScanLimits limits, int depth = 0, WorkMemory? memory = null)
{
    /// <summary>How the problem of a file begins when the fault is ours.</summary>
    public const string BugWords = "not read because of a bug in Untag";

    private const int SmallBytes = 64 * 1024;
    private const int MiddleBytes = 1024 * 1024;
    private const int LargeHeadBytes = MiddleBytes; // enough to tell what a large file is

    // An annotation has few.
    private const int LabelsMax = 64;

    private readonly Search search = new(lexicon.Prefilter, lexicon.Matcher);
    private readonly TermMatcher.Scratch scratch = new();
    private readonly ArrayBufferWriter<byte> tokens = new();
    private readonly WorkMemory memory = memory ?? new WorkMemory();
    private byte[] buffer = new byte[SmallBytes];

    /// <summary>Tells what the time is spent on; null when nobody asks.</summary>
    public StageClock? Clock { get; init; }

    public FileResult Read(FoundFile file)
    {
        try
        {
            using var stream = Open(file);
            return Read(file.Path, stream);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Unreadable(file.Path, problem);
        }
        finally
        {
            GiveBack();
        }
    }

    /// <summary>Reads a file on disk to its end.</summary>
    /// <param name="path">Path shown in findings.</param>
    /// <param name="stream">The bytes.</param>
    public FileResult Read(string path, Stream stream) => Read(path, stream, new ReadingBudget(limits) { Clock = Clock });

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="path">Path shown in findings.</param>
    /// <param name="stream">The bytes.</param>
    /// <param name="budget">What reading the file on disk may cost.</param>
    public FileResult Read(string path, Stream stream, ReadingBudget budget)
    {
        var result = ReadWithoutThrowing(path, stream, budget);
        memory.Collect();
        // What entries cost is charged to the file on disk, which says once which limit was met.
        return depth == 0 && budget.Exceeded is { } limit ? result.With($"not read to the end: {limit}") : result;
    }

    /// <summary>Reads what the names in a folder say, which are in no file.</summary>
    public FileResult Read(NamedFolder folder)
    {
        var marks = new bool[lexicon.Prefilter.Marks.Count];
        var budget = new ReadingBudget(limits) { Clock = Clock };
        HoldTerms(folder.Passages, marks, budget);
        return Collect(folder.Folder, length: 0, marks, new ReadResult(folder.Passages), budget);
    }

    /// <summary>Opens a file as every reader of files on disk does: whoever writes it is not disturbed.</summary>
    public static FileStream Open(FoundFile file) => new(
        file.Location, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    /// <summary>The result of a file that could not be read.</summary>
    public static FileResult Unreadable(string path, Exception problem) =>
        new(path, 0, [], [], $"cannot be read: {FileProblem.InWords(problem)}");

    private FileResult ReadWithoutThrowing(string path, Stream stream, ReadingBudget budget)
    {
        try
        {
            return ReadToEnd(path, new TimedStream(stream, budget), budget);
        }
        catch (IOException problem)
        {
            // What ends because a limit was met looks as if it were cut.
            return budget.Exceeded is null ? Unreadable(path, problem) : new FileResult(path, 0, [], [], null);
        }
        catch (Exception bug) when (bug is not (OperationCanceledException or OutOfMemoryException))
        {
            // A reader must not throw, whatever it is given. If one does, the other files are still read.
            return new FileResult(path, 0, [], [], $"{BugWords}: {bug.GetType().Name}; please report it with the file, if you may");
        }
    }

    private FileResult ReadToEnd(string path, Stream stream, ReadingBudget budget)
    {
        var length = stream.ReadAtLeast(buffer.AsSpan(0, Readers.HeadBytes), Readers.HeadBytes, throwOnEndOfStream: false);
        var kind = ContainerSignature.KindOf(buffer.AsSpan(0, length));
        var reader = Readers.OfBinary(path, buffer.AsSpan(0, length));
        if (kind != ContainerKind.None && (stream.CanSeek || !Container.NeedsToSeek(kind)))
            return ReadContainer(path, kind, reader, Rewound(stream, length), budget);
        if (stream.CanSeek && reader is { HidesText: true })
            return ReadStructure(path, reader, stream, budget);

        while (true)
        {
            if (length == buffer.Length)
            {
                if (length > limits.FileBytesMax || (length >= LargeHeadBytes && stream.CanSeek && stream.Length > limits.FileBytesMax))
                {
                    return !stream.CanSeek && (kind != ContainerKind.None || reader is not null || SevenZipStart.MayHold(buffer))
                        ? ReadFromDisk(path, stream, length, budget)
                        : ReadLarge(path, stream, length, reader, budget);
                }

                MakeRoom();
            }

            var count = stream.Read(buffer, length, buffer.Length - length);
            if (count == 0)
                break;
            length += count;
        }

        var bytes = new TimedStream(new MemoryStream(buffer, 0, length, writable: false), budget);
        if (kind != ContainerKind.None)
            return ReadContainer(path, kind, reader, bytes, budget);
        var result = reader is { HidesText: true }
            ? ReadStructure(path, reader, bytes, budget)
            : ReadBytes(path, buffer.AsSpan(0, length), reader, budget);
        return MayHaveArchiveBehind(buffer.AsSpan(0, length)) ? WithArchiveBehind(result, path, bytes, budget) : result;
    }

    private int FullBytes => limits.FileBytesMax + 1;

    // Beyond the sizes of most files the buffer has its full size at once: in steps, each would leave the one before as
    // garbage, and room that nobody has written to costs nothing.
    private void MakeRoom()
    {
        var grown = buffer.Length < MiddleBytes ? 4L * buffer.Length : Math.Max(8L * buffer.Length, 64L * MiddleBytes);
        var size = (int)Math.Min(grown, FullBytes);
        var larger = size == FullBytes ? memory.Rent(size) : GC.AllocateUninitializedArray<byte>(size);
        buffer.CopyTo(larger, 0);
        buffer = larger;
    }

    // Whoever reads what lies inside needs it more.
    private void GiveBack()
    {
        if (buffer.Length < FullBytes || FullBytes <= SmallBytes)
            return;
        memory.Return(buffer);
        buffer = new byte[SmallBytes];
    }

    // A model in a compressed archive, or such an archive in another, must be sought in. It is read as a file on disk is.
    private FileResult ReadFromDisk(string path, Stream stream, int length, ReadingBudget budget)
    {
        using var file = budget.Room.Keep(buffer.AsSpan(0, length), stream, limits, out var problem);
        if (file is null)
            return new FileResult(path, length, [], [], $"too large for memory, and {problem}: it was not read");
        GiveBack();
        return budget.HasTime()
            ? ReadToEnd(path, new TimedStream(file, budget), budget)
            : new FileResult(path, length, [], [], null);
    }

    private FileResult ReadStructure(string path, IBinaryReader reader, Stream stream, ReadingBudget budget)
    {
        stream.Position = 0;
        var read = ReadBy(reader, path, stream, budget);
        var marks = new bool[lexicon.Prefilter.Marks.Count];
        return HoldTerms(read.Passages, marks, budget)
            ? Collect(path, stream.Length, marks, read, budget)
            : WithoutTerms(path, stream.Length, marks, read);
    }

    // A file that ends because a limit was met looks as if it were cut, which it is not.
    private static ReadResult ReadBy(IBinaryReader reader, string path, Stream stream, ReadingBudget budget)
    {
        using var stage = new InStage(budget.Clock, Stage.Reading);
        var read = reader.Read(path, stream);
        return budget.HasTime() ? read : read with { Problem = null };
    }

    // The words in a structure tell about the product as those of a text do. In what was read of a file that seemed to
    // hold a term, there may be none: its bytes say more than its structure.
    private bool HoldTerms(IReadOnlyList<Passage> passages, bool[] marks, ReadingBudget budget)
    {
        using var stage = new InStage(budget.Clock, Stage.Searching);
        var found = false;
        foreach (var passage in passages)
        {
            tokens.Clear();
            foreach (var token in passage.Tokens)
            {
                Encoding.UTF8.GetBytes(token.Text.Span, tokens);
                tokens.Write("\n"u8);
            }

            found |= search.Find(tokens.WrittenSpan, marks);
        }

        return found;
    }

    private FileResult WithoutTerms(string path, long length, bool[] marks, ReadResult read)
    {
        var candidates = FindInName(path);
        if (lexicon.Candidates.FindHeads(path, read.Heads, WordsOf) is { } heads)
            candidates.Add(heads);
        return new FileResult(path, length, Met(marks), candidates, read.Problem);
    }

    private FileResult ReadBytes(string path, ReadOnlySpan<byte> bytes, IBinaryReader? reader, ReadingBudget budget)
    {
        var marks = new bool[lexicon.Prefilter.Marks.Count];
        if (LfsPointer.Problem(bytes) is { } pointer)
            return new FileResult(path, bytes.Length, Met(marks), FindInName(path), pointer);
        var stream = new TimedStream(new MemoryStream(buffer, 0, bytes.Length, writable: false), budget);
        var outline = reader?.Outline(stream) ?? Outline.Plain;
        var problem = outline.Problem;
        bool mayHoldTerm;
        using (new InStage(budget.Clock, Stage.Searching))
            mayHoldTerm = search.Find(bytes, outline.Code, marks) | search.Find(outline.HiddenText, marks) | Readers.IsPacked(bytes);
        if (Readers.HidesText(bytes) && SourceText.Decode(bytes) is { } decoded)
        {
            mayHoldTerm |= search.Find(Encoding.UTF8.GetBytes(decoded.Text), marks);
            problem = decoded.Problem;
        }

        mayHoldTerm |= AllowMark.MayStandIn(bytes) || SampleFiles.MayNameLabel(path, bytes) || lexicon.Codes.MayStandIn(path, bytes);
        if (!mayHoldTerm || !budget.HasTime())
            return new FileResult(path, bytes.Length, Met(marks), FindInName(path), problem);
        if (reader is null)
            return Collect(path, bytes.Length, marks, ReadText(path, bytes, budget), budget);
        var read = ReadBy(reader, path, stream, budget);
        return HoldTerms(read.Passages, marks, budget)
            ? Collect(path, bytes.Length, marks, read, budget)
            : WithoutTerms(path, bytes.Length, marks, read);
    }

    private static ReadResult ReadText(string path, ReadOnlySpan<byte> bytes, ReadingBudget budget)
    {
        using var stage = new InStage(budget.Clock, Stage.Reading);
        return Readers.Read(path, bytes);
    }

    private FileResult Collect(string path, long length, bool[] marks, ReadResult read, ReadingBudget budget)
    {
        using var stage = new InStage(budget.Clock, Stage.Matching);
        var passages = new List<PassageTerms>(read.Passages.Count);
        var allowances = new List<InlineAllowance>();
        foreach (var passage in read.Passages)
        {
            if (!budget.HasTime())
                break; // what was met so far is judged
            var judged = AllowComments.TakeOut(passage, lexicon.Policy, allowances);
            passages.Add(PassageTerms.Read(judged, lexicon, scratch));
        }

        var facts = new FileFacts(passages);
        var candidates = lexicon.Candidates.Find(path, passages, facts);
        candidates.AddRange(FindInName(path));
        if (lexicon.Candidates.FindHeads(path, read.Heads, WordsOf) is { } heads)
            candidates.Add(heads);
        WithoutIdleFairness(marks, facts);
        return new FileResult(path, length, Met(marks), candidates, read.Problem)
        {
            Allowances = allowances,
            MeasuresFairness = Measurement.IsIn(facts),
            Labels = SampleFiles.MayBeAnnotation(path) ? LabelsOf(passages) : [],
        };
    }

    private static List<string> LabelsOf(List<PassageTerms> passages)
    {
        var labels = new List<string>();
        foreach (var passage in passages)
        {
            foreach (var met in passage.Tags)
            {
                if (met.Term.Group is not null && met.Token.Kind is TokenKind.Value or TokenKind.Prose && met.IsAlone
                    && labels.Count < LabelsMax)
                    labels.Add(met.Spelling);
            }
        }

        return labels;
    }

    // Hardly any file has marks, and there are hundreds of thousands of files.
    private static int[] Met(bool[] marks)
    {
        if (!marks.AsSpan().Contains(true))
            return [];
        var met = new List<int>();
        for (var i = 0; i < marks.Length; i++)
        {
            if (marks[i])
                met.Add(i);
        }

        return [.. met];
    }

    // The raw bytes hold the comments too, and those make no measurement.
    private void WithoutIdleFairness(bool[] marks, FileFacts facts)
    {
        if (facts.Count(Measurement.Fairness) > 0)
            return;
        for (var i = 0; i < marks.Length; i++)
            marks[i] &= lexicon.Prefilter.Marks[i].Context != Measurement.Fairness;
    }

    private List<string> WordsOf(string context, string text)
    {
        var hits = new List<TermHit>();
        lexicon.Matcher.Find(text, scratch, hits);
        return [.. hits.Where(hit => hit.Term.Sense == Sense.Context && hit.Term.Owner == context)
            .Select(hit => hit.Term.Text).Distinct()];
    }

    private List<Candidate> FindInName(string path)
    {
        if (!ModelFiles.Contain(path))
            return [];
        var hits = new List<TermHit>();
        lexicon.Matcher.Find(path.AsSpan(path.LastIndexOf('/') + 1), scratch, hits);
        return lexicon.Candidates.FindInName(path, hits) is { } named ? [named] : [];
    }
}
