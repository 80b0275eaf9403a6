namespace Untag.Scan.Reading;

/// <summary>What kind of writing a passage is: it decides what a name in it does.</summary>
public enum PassageKind
{
    /// <summary>Source code.</summary>
    Code,

    /// <summary>SQL: definitions and queries.</summary>
    Sql,

    /// <summary>Structured data or configuration.</summary>
    Structure,

    /// <summary>A table; only its header is ever read.</summary>
    Table,

    /// <summary>A document for people.</summary>
    Prose,

    /// <summary>What a user interface shows: markup, templates, resource files.</summary>
    Interface,

    /// <summary>Runs of text in a binary file.</summary>
    Binary,

    /// <summary>What a model says about itself: names of its outputs and layers, labels, metadata.</summary>
    Model,
}

/// <summary>A stretch of a file that is read as one: a whole source file, or a cell of a notebook.</summary>
/// <param name="Kind">What kind of writing it is.</param>
/// <param name="Language">The reader's name for the language or format, such as <c>python</c> or <c>json</c>.</param>
/// <param name="Tokens">The tokens in the order of the file.</param>
/// <param name="Inner">Where in the file, when a line does not say it (<c>cell 6</c>); otherwise null.</param>
public sealed record Passage(PassageKind Kind, string Language, IReadOnlyList<Token> Tokens, string? Inner = null)
{
    /// <summary>True where a token's line is its number in a list, such as the labels of a model: it tells what stands
    /// near what, and is never shown.</summary>
    public bool LinesAreEntries { get; init; }

    /// <summary>What each of its tokens is, in a word such as <c>output</c>, where all are names; otherwise null.</summary>
    public string? EntryKind { get; init; }

    /// <summary>Its parts with names of their own, in its order; empty for most. The judgement looks across them: they
    /// only tell where a finding stands and what that place describes.</summary>
    public IReadOnlyList<Section> Sections { get; init; } = [];

    /// <summary>For each group the one around it, where the reader tells; 0 is the file.</summary>
    internal IReadOnlyList<int> Parents { get; init; } = [];

    /// <summary>Where in the file a token stands: its section, or else <see cref="Inner"/>.</summary>
    public string? InnerOf(Token token) => SectionOf(token)?.Inner ?? Inner;

    /// <summary>The section in which a token stands; null when none has begun.</summary>
    public Section? SectionOf(Token token)
    {
        var low = 0;
        var high = Sections.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            var start = Sections[middle];
            if (start.Line < token.Line || (start.Line == token.Line && start.Column <= token.Column))
                low = middle + 1;
            else
                high = middle;
        }

        return low > 0 ? Sections[low - 1] : null;
    }
}

/// <summary>An output of a model.</summary>
/// <param name="Name">Its name in the file; empty when it has none.</param>
/// <param name="Size">Number of values it gives for one picture.</param>
public readonly record struct OutputHead(string Name, int Size);

/// <summary>What a reader made of a file.</summary>
/// <param name="Passages">The passages, in the order of the file.</param>
/// <param name="Problem">Why a part could not be read, as a sentence without full stop; null when all was read.</param>
public readonly record struct ReadResult(IReadOnlyList<Passage> Passages, string? Problem = null)
{
    /// <summary>The outputs of a model, in its order; empty for everything that is not one.</summary>
    public IReadOnlyList<OutputHead> Heads { get; init; } = [];
}
