namespace Untag.Scan.Reading.Interfaces;

/// <summary>The names of a set of descriptors, each on a row of its own as in the definition that it was made from.</summary>
internal sealed class DescriptorNames
{
    private const int NamesMax = 500_000;

    private readonly List<Token> tokens = [];
    private readonly List<Section> sections = [];
    private int groups;

    /// <summary>True when no more are taken.</summary>
    public bool IsFull => tokens.Count >= NamesMax;

    /// <summary>Number for what belongs together, such as the fields of a message.</summary>
    public int NewGroup() => ++groups;

    /// <summary>Adds a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="group">What it belongs to.</param>
    /// <param name="section">The section in which it stands.</param>
    public void Add(string name, int group, Section section) => Add(TokenKind.Identifier, name, group, section);

    /// <summary>Adds the lines of a comment.</summary>
    public void AddComment(string comment, int group, Section section)
    {
        foreach (var line in comment.Split('\n'))
            Add(TokenKind.Comment, line.Trim(), group, section);
    }

    /// <summary>What was collected.</summary>
    /// <param name="problem">What could not be read; null when all was.</param>
    public ReadResult Result(string? problem) => new(
        [new Passage(PassageKind.Code, "descriptor set", tokens) { LinesAreEntries = true, Sections = sections }],
        problem ?? (IsFull ? $"has more than {NamesMax} names: the rest was not read" : null));

    private void Add(TokenKind kind, string text, int group, Section section)
    {
        if (text.Length == 0 || IsFull)
            return;
        var row = tokens.Count + 1;
        if (sections is not [.., var last] || (last.Inner, last.Role) != (section.Inner, section.Role))
            sections.Add(section with { Line = row, Column = 1 });
        tokens.Add(new Token(kind, text.AsMemory(), row, 1, group));
    }
}
