using Untag.Scan.Reading.Binaries;

namespace Untag.Scan.Reading.Resources;

/// <summary>The texts of a compiled resource file. A resource is a row of its own, as it is a line in the text that it was
/// made from; its key stands before its texts.</summary>
internal sealed class ResourceList
{
    private const int FileBytesMax = 256 << 20;
    private const int TextCharactersMax = 64 * 1024;

    private readonly List<Token> tokens = [];
    private readonly List<Section> sections = [];
    private long charactersLeft;
    private int row;
    private int column;
    private string? problem;

    /// <summary>Takes the bytes into memory: the tables of these files lead to texts all over them.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="isBigEndian">Whether its numbers have their largest byte first.</param>
    public ResourceList(Stream stream, bool isBigEndian)
    {
        if (stream.Length > FileBytesMax)
            problem = $"larger than the {FileBytesMax >> 20} MiB that are read of a resource file: the rest was not read";
        var bytes = new BinarySource(stream).Read(0, Math.Min(stream.Length, FileBytesMax));
        Source = new BinarySource(new MemoryStream(bytes, writable: false)).InOrder(isBigEndian);
        // Tables may lead to one text from many places, but not from everywhere to all of it.
        charactersLeft = (8L * bytes.Length) + TextCharactersMax;
    }

    /// <summary>The bytes of the file.</summary>
    public BinarySource Source { get; }

    /// <summary>True when so much was added that the file leads in circles; more is not taken.</summary>
    public bool IsFull => charactersLeft < 0;

    /// <summary>Counts work that leads to no text.</summary>
    public void Spend(long steps) => charactersLeft -= steps;

    /// <summary>Begins a resource.</summary>
    /// <param name="name">What it is and its key; null when it has none.</param>
    public void Begin(string? name)
    {
        Spend(1);
        row++;
        column = 1;
        if (sections.Count == 0 || sections[^1].Inner != name)
            sections.Add(new Section(row, column, name, SectionRole.None));
    }

    /// <summary>Adds a key or a text to the resource.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="text">The text.</param>
    /// <param name="group">Number of the list that it stands in.</param>
    public void Add(TokenKind kind, string text, int group)
    {
        Spend(text.Length + 1);
        if (IsFull || text.Length == 0)
            return;
        tokens.Add(new Token(kind, text.AsMemory(0, Math.Min(text.Length, TextCharactersMax)), row, column, group));
        column += Math.Min(text.Length, TextCharactersMax) + 1;
    }

    /// <summary>States what could not be read; the first problem is the one that is told.</summary>
    public void AddProblem(string what) => problem ??= what;

    /// <summary>What was collected.</summary>
    public ReadResult Result(string format, PassageKind kind)
    {
        if (IsFull)
            AddProblem("its tables lead to the same texts over and over: the rest was not read");
        if (Source.IsCut)
            AddProblem(Outline.CutProblem);
        return new ReadResult(
            [new Passage(kind, format, tokens) { LinesAreEntries = true, Sections = sections }], problem);
    }
}
