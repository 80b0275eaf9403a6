using System.Buffers;
using System.Text;
using Untag.Policy;
using Untag.Scan.Allowances;
using Untag.Scan.Containers;
using Untag.Scan.Files;
using Untag.Scan.Judging;
using Untag.Scan.Matching;
using Untag.Scan.Reading;
using Untag.Scan.Reading.Binaries;
using Untag.Scan.Reading.Tables.Names;

namespace Untag.Scan;

/// <summary>Reads files one after the other: the work of one worker, with its buffers.</summary>
internal sealed partial class FileScan(Lexicon lexicon, ScanLimits limits, int depth = 0)
{
    /// <summary>How the problem of a file begins when the fault is ours.</summary>
    public const string BugWords = "not read because of a bug in Untag";

    private readonly Search search = new(lexicon.Prefilter, lexicon.Matcher);
    private readonly TermMatcher.Scratch scratch = new();
    private readonly ArrayBufferWriter<byte> tokens = new();
    private byte[] buffer = new byte[64 * 1024];

    public FileResult Read(FoundFile file)
    {
        try
        {
            using var stream = Open(file);
            return Read(file.Path, stream, new ReadingBudget(limits));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Unreadable(file.Path, problem);
        }
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="path">Path shown in findings.</param>
    /// <param name="stream">The bytes.</param>
    /// <param name="budget">What reading the file on disk may cost.</param>
    public FileResult Read(string path, Stream stream, ReadingBudget budget)
    {
        try
        {
            var result = ReadToEnd(path, stream, budget);
            // What entries cost is charged to the file on disk, which says once which limit was met.
            return depth == 0 && budget.Exceeded is { } limit ? result.With($"not read to the end: {limit}") : result;
        }
        catch (IOException problem)
        {
            return Unreadable(path, problem);
        }
        catch (Exception bug) when (bug is not (OperationCanceledException or OutOfMemoryException))
        {
            // A reader must not throw, whatever it is given. If one does, the other files are still read.
            return new FileResult(path, 0, [], [], $"{BugWords}: {bug.GetType().Name}; please report it with the file, if you may");
        }
    }

    /// <summary>Reads what the names in a folder say, which are in no file.</summary>
    public FileResult Read(NamedFolder folder) => Collect(
        folder.Folder, length: 0, MarksIn(folder), new ReadResult(folder.Passages), new ReadingBudget(limits));

    private bool[] MarksIn(NamedFolder folder)
    {
        var marks = new bool[lexicon.Prefilter.Marks.Count];
        HoldTerms(folder.Passages, marks);
        return marks;
    }

    /// <summary>Opens a file as every reader of files on disk does: whoever writes it is not disturbed.</summary>
    public static FileStream Open(FoundFile file) => new(
        file.Location, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    /// <summary>The result of a file that could not be read.</summary>
    public static FileResult Unreadable(string path, Exception problem) =>
        new(path, 0, [], [], $"cannot be read: {FileProblem.InWords(problem)}");

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
                if (length > limits.FileBytesMax)
                    return kind == ContainerKind.None ? ReadLarge(path, stream, length, reader, budget) : TooLarge(path, length);
                Array.Resize(ref buffer, (int)Math.Min(2L * length, limits.FileBytesMax + 1L));
            }

            var count = stream.Read(buffer, length, buffer.Length - length);
            if (count == 0)
                break;
            length += count;
        }

        var bytes = new MemoryStream(buffer, 0, length, writable: false);
        if (kind != ContainerKind.None)
            return ReadContainer(path, kind, reader, bytes, budget);
        var result = reader is { HidesText: true }
            ? ReadStructure(path, reader, bytes, budget)
            : ReadBytes(path, buffer.AsSpan(0, length), reader, budget);
        return MayHaveArchiveBehind(buffer.AsSpan(0, length)) ? WithArchiveBehind(result, path, bytes, budget) : result;
    }

    private FileResult ReadStructure(string path, IBinaryReader reader, Stream stream, ReadingBudget budget)
    {
        stream.Position = 0;
        var read = reader.Read(path, stream);
        var marks = new bool[lexicon.Prefilter.Marks.Count];
        return HoldTerms(read.Passages, marks)
            ? Collect(path, stream.Length, marks, read, budget)
            : WithoutTerms(path, stream.Length, marks, read);
    }

    // The words in a structure tell about the product as those of a text do. In what was read of a file that seemed to
    // hold a term, there may be none: its bytes say more than its structure.
    private bool HoldTerms(IReadOnlyList<Passage> passages, bool[] marks)
    {
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
        return new FileResult(path, length, marks, candidates, read.Problem);
    }

    private FileResult ReadBytes(string path, ReadOnlySpan<byte> bytes, IBinaryReader? reader, ReadingBudget budget)
    {
        var marks = new bool[lexicon.Prefilter.Marks.Count];
        if (LfsPointer.Problem(bytes) is { } pointer)
            return new FileResult(path, bytes.Length, marks, FindInName(path), pointer);
        var outline = reader?.Outline(new MemoryStream(buffer, 0, bytes.Length, writable: false)) ?? Outline.Plain;
        var problem = outline.Problem;
        var mayHoldTerm = search.Find(bytes, outline.Code, marks) | search.Find(outline.HiddenText, marks) | Readers.IsPacked(bytes);
        if (Readers.HidesText(bytes) && SourceText.Decode(bytes) is { } decoded)
        {
            mayHoldTerm |= search.Find(Encoding.UTF8.GetBytes(decoded.Text), marks);
            problem = decoded.Problem;
        }

        mayHoldTerm |= AllowMark.MayStandIn(bytes);
        if (!mayHoldTerm || !budget.HasTime())
            return new FileResult(path, bytes.Length, marks, FindInName(path), problem);
        if (reader is null)
            return Collect(path, bytes.Length, marks, Readers.Read(path, bytes), budget);
        var read = reader.Read(path, new MemoryStream(buffer, 0, bytes.Length, writable: false));
        return HoldTerms(read.Passages, marks)
            ? Collect(path, bytes.Length, marks, read, budget)
            : WithoutTerms(path, bytes.Length, marks, read);
    }

    private FileResult Collect(string path, long length, bool[] marks, ReadResult read, ReadingBudget budget)
    {
        var passages = new List<PassageTerms>(read.Passages.Count);
        var allowances = new List<InlineAllowance>();
        foreach (var passage in read.Passages)
        {
            if (!budget.HasTime())
                break; // what was met so far is judged
            var judged = AllowComments.TakeOut(passage, lexicon.Policy, allowances);
            passages.Add(PassageTerms.Read(judged, lexicon.Matcher, scratch));
        }

        var facts = new FileFacts(lexicon.Policy, passages);
        var candidates = lexicon.Candidates.Find(path, passages, facts);
        candidates.AddRange(FindInName(path));
        if (lexicon.Candidates.FindHeads(path, read.Heads, WordsOf) is { } heads)
            candidates.Add(heads);
        return new FileResult(path, length, marks, candidates, read.Problem) { Allowances = allowances };
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

    // What has been read so far may end inside a character, which does not make it less UTF-8.
    private static ReadOnlySpan<byte> WithoutCutCharacter(ReadOnlySpan<byte> bytes) =>
        Rune.DecodeLastFromUtf8(bytes, out _, out var cut) == OperationStatus.NeedMoreData ? bytes[..^cut] : bytes;

    // Nothing was seen in the raw bytes of a large file.
    private FileResult ReadHidden(
        string path, Stream stream, long length, bool[] marks, IBinaryReader? reader, ReadingBudget budget)
    {
        if (reader is null || !stream.CanSeek)
            return new FileResult(path, length, marks, [], null);
        var outline = reader.Outline(stream);
        return search.Find(outline.HiddenText, marks)
            ? ReadStructure(path, reader, stream, budget)
            : new FileResult(path, length, marks, [], outline.Problem);
    }

    // Beyond the limit only the prefilter goes on, in flat memory: a file without any term is read to its end, and one
    // with a term is too large for its reader, unless that reads no more than it needs.
    private FileResult ReadLarge(string path, Stream stream, int length, IBinaryReader? reader, ReadingBudget budget)
    {
        const int Overlap = 1024; // longer than any literal
        var marks = new bool[lexicon.Prefilter.Marks.Count];
        long total = length;
        var hidesText = reader is { HidesText: true } || Readers.HidesText(WithoutCutCharacter(buffer.AsSpan(0, length)));
        while (!hidesText && !search.Find(buffer.AsSpan(0, length), marks))
        {
            buffer.AsSpan(length - Overlap, Overlap).CopyTo(buffer);
            if (stream is FileStream file && !buffer.AsSpan(0, Overlap).ContainsAnyExcept((byte)0))
                total += Holes.Skip(file);
            var count = budget.HasTime() ? stream.Read(buffer, Overlap, buffer.Length - Overlap) : 0;
            if (count == 0)
            {
                var result = ReadHidden(path, stream, total, marks, reader, budget);
                return stream.CanSeek ? WithArchiveBehind(result, path, stream, budget) : result;
            }

            total += count;
            length = Overlap + count;
        }

        return reader is not null && stream.CanSeek
            ? WithArchiveBehind(ReadStructure(path, reader, stream, budget), path, stream, budget)
            : TooLarge(path, total) with { Marks = marks };
    }

    private FileResult TooLarge(string path, long length) => new(
        path, length, new bool[lexicon.Prefilter.Marks.Count], [],
        ScanLimit.FileSize.Met(limits, "may hold terms of the policy, but is too large for reading its structure"));
}
