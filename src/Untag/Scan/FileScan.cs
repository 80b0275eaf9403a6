using System.Text;
using Untag.Policy;
using Untag.Scan.Containers;
using Untag.Scan.Files;
using Untag.Scan.Judging;
using Untag.Scan.Matching;
using Untag.Scan.Reading;
using Untag.Scan.Reading.Tables.Names;

namespace Untag.Scan;

/// <summary>What one file gave.</summary>
/// <param name="Path">Path shown in findings.</param>
/// <param name="Bytes">Bytes read.</param>
/// <param name="Marks">True at the index of each mark that was met.</param>
/// <param name="Candidates">The places that may be tags.</param>
/// <param name="Problem">Why it was not read to the end; null when it was.</param>
internal sealed record FileResult(
    string Path, long Bytes, bool[] Marks, IReadOnlyList<Candidate> Candidates, string? Problem)
{
    /// <summary>What the files inside gave, when it is a container.</summary>
    public IReadOnlyList<FileResult> Inner { get; init; } = [];

    /// <summary>This result and those of everything inside.</summary>
    public IEnumerable<FileResult> All => Inner.SelectMany(inner => inner.All).Prepend(this);

    /// <summary>Adds what the file says about the whole product. Documents are heard about themselves only: what a
    /// product is, its code says.</summary>
    public void AddTo(ProductContext product, Prefilter prefilter)
    {
        product.HasSource |= Languages.IsSource(Path) && !Path.Contains("!/", StringComparison.Ordinal);
        if (!ProseFiles.Contain(Path))
        {
            for (var i = 0; i < Marks.Length; i++)
            {
                if (Marks[i])
                    product.AddMark(prefilter.Marks[i].Context, prefilter.Marks[i].Text);
            }
        }

        foreach (var candidate in Candidates)
        {
            if (candidate.TellsOfProduct)
                product.AddTagPlace(candidate.Trait, candidate.Path, candidate.Line);
            if (candidate.TellsOfInference)
                product.AddInferencePlace(candidate.Trait, candidate.Path, candidate.Line);
        }
    }
}

/// <summary>Reads files one after the other: the work of one worker, with its buffers.</summary>
internal sealed class FileScan(Lexicon lexicon, ScanLimits limits, int depth = 0)
{
    /// <summary>How the problem of a file begins when the fault is ours.</summary>
    public const string BugWords = "not read because of a bug in Untag";

    private readonly TermMatcher.Scratch scratch = new();
    private byte[] buffer = new byte[64 * 1024];

    public FileResult Read(FoundFile file)
    {
        try
        {
            using var stream = new FileStream(
                file.Location, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return Read(file.Path, stream, new ExpansionBudget(limits));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Unreadable(file.Path, problem);
        }
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="path">Path shown in findings.</param>
    /// <param name="stream">The bytes.</param>
    /// <param name="budget">How much the file on disk may expand to.</param>
    public FileResult Read(string path, Stream stream, ExpansionBudget budget)
    {
        try
        {
            return ReadToEnd(path, stream, budget);
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

    private static FileResult Unreadable(string path, Exception problem) =>
        new(path, 0, [], [], $"cannot be read: {FileProblem.InWords(problem)}");

    private FileResult ReadToEnd(string path, Stream stream, ExpansionBudget budget)
    {
        var length = stream.ReadAtLeast(buffer.AsSpan(0, Readers.HeadBytes), Readers.HeadBytes, throwOnEndOfStream: false);
        var kind = Container.KindOf(buffer.AsSpan(0, length));
        var reader = Readers.OfBinary(path, buffer.AsSpan(0, length));
        if (stream.CanSeek && kind != ContainerKind.None)
        {
            stream.Position = 0;
            return ReadContainer(path, kind, reader, stream, budget);
        }

        if (stream.CanSeek && reader is { HidesText: true })
            return ReadStructure(path, reader, stream);

        while (true)
        {
            if (length == buffer.Length)
            {
                if (length > limits.FileBytesMax)
                    return ReadLarge(path, stream, length, reader);
                Array.Resize(ref buffer, (int)Math.Min(2L * length, limits.FileBytesMax + 1L));
            }

            var count = stream.Read(buffer, length, buffer.Length - length);
            if (count == 0)
                break;
            length += count;
        }

        if (kind != ContainerKind.None)
            return ReadContainer(path, kind, reader, new MemoryStream(buffer, 0, length, writable: false), budget);
        return reader is { HidesText: true }
            ? ReadStructure(path, reader, new MemoryStream(buffer, 0, length, writable: false))
            : ReadBytes(path, buffer.AsSpan(0, length), reader);
    }

    private FileResult ReadStructure(string path, IBinaryReader reader, Stream stream)
    {
        stream.Position = 0;
        var read = reader.Read(path, stream);
        return Collect(path, stream.Length, MarksIn(read.Passages), read);
    }

    /// <summary>Reads what the names in a folder say, which are in no file.</summary>
    public FileResult Read(NamedFolder folder) =>
        Collect(folder.Folder, length: 0, MarksIn(folder.Passages), new ReadResult(folder.Passages));

    // The words in a structure tell about the product as those of a text do.
    private bool[] MarksIn(IReadOnlyList<Passage> passages)
    {
        var marks = new bool[lexicon.Prefilter.Marks.Count];
        foreach (var passage in passages)
        {
            foreach (var token in passage.Tokens)
                lexicon.Prefilter.Find(Encoding.UTF8.GetBytes(token.Text.ToArray()), marks);
        }

        return marks;
    }

    private FileResult ReadContainer(
        string path, ContainerKind kind, IBinaryReader? reader, Stream stream, ExpansionBudget budget)
    {
        if (reader is null)
            return ReadEntries(path, kind, stream, budget, isRead: _ => false);
        // A document is one file to people; what is embedded in it is opened like the entries of any archive.
        var document = ReadStructure(path, reader, stream);
        stream.Position = 0;
        var embedded = ReadEntries(path, kind, stream, budget, reader.HasRead);
        return document with
        {
            Problem = document.Problem is null || embedded.Problem is null
                ? document.Problem ?? embedded.Problem
                : $"{document.Problem}; {embedded.Problem}",
            Inner = embedded.Inner,
        };
    }

    private FileResult ReadEntries(
        string path, ContainerKind kind, Stream stream, ExpansionBudget budget, Predicate<string> isRead)
    {
        if (depth >= limits.ArchiveDepthMax)
            return new FileResult(path, stream.Length, [], [], $"more than {limits.ArchiveDepthMax} archives inside each other");
        var inner = new List<FileResult>();
        var reader = new FileScan(lexicon, limits, depth + 1);
        var problems = Container.Read(
            kind, path, stream, budget,
            // What lies inside has no size of its own on disk.
            (name, content) =>
            {
                if (!isRead(name))
                    inner.Add(reader.Read($"{path}!/{name}", content, budget) with { Bytes = 0 });
            });
        return new FileResult(path, stream.Length, [], [], problems.Count > 0 ? string.Join("; ", problems) : null)
        {
            Inner = inner,
        };
    }

    private FileResult ReadBytes(string path, ReadOnlySpan<byte> bytes, IBinaryReader? reader)
    {
        var marks = new bool[lexicon.Prefilter.Marks.Count];
        if (LfsPointer.Problem(bytes) is { } pointer)
            return new FileResult(path, bytes.Length, marks, FindInName(path), pointer);
        if (!lexicon.Prefilter.Find(bytes, marks) && !Readers.HidesText(bytes))
            return new FileResult(path, bytes.Length, marks, FindInName(path), null);
        var read = reader is null
            ? Readers.Read(path, bytes)
            : reader.Read(path, new MemoryStream(buffer, 0, bytes.Length, writable: false));
        return Collect(path, bytes.Length, marks, read);
    }

    private FileResult Collect(string path, long length, bool[] marks, ReadResult read)
    {
        var passages = new List<PassageTerms>(read.Passages.Count);
        foreach (var passage in read.Passages)
            passages.Add(PassageTerms.Read(passage, lexicon.Matcher, scratch));
        var facts = new FileFacts(lexicon.Policy, passages);
        var candidates = lexicon.Candidates.Find(path, passages, facts);
        candidates.AddRange(FindInName(path));
        if (lexicon.Candidates.FindHeads(path, read.Heads, WordsOf) is { } heads)
            candidates.Add(heads);
        return new FileResult(path, length, marks, candidates, read.Problem);
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

    // Beyond the limit only the prefilter goes on, in flat memory: a file without any term is read to its end, and one
    // with a term is too large for its reader, unless that reads no more than it needs.
    private FileResult ReadLarge(string path, Stream stream, int length, IBinaryReader? reader)
    {
        const int Overlap = 1024; // longer than any literal
        var marks = new bool[lexicon.Prefilter.Marks.Count];
        long total = length;
        var hidesText = reader is { HidesText: true } || Readers.HidesText(buffer.AsSpan(0, length));
        while (!hidesText && !lexicon.Prefilter.Find(buffer.AsSpan(0, length), marks))
        {
            buffer.AsSpan(length - Overlap, Overlap).CopyTo(buffer);
            var count = stream.Read(buffer, Overlap, buffer.Length - Overlap);
            if (count == 0)
                return new FileResult(path, total, marks, [], null);
            total += count;
            length = Overlap + count;
        }

        return reader is not null && stream.CanSeek
            ? ReadStructure(path, reader, stream)
            : new FileResult(
                path, total, marks, [],
                $"may hold terms of the policy, but is larger than the limit of {limits.FileBytesMax / 1048576} MiB for "
                    + "reading its structure");
    }
}
