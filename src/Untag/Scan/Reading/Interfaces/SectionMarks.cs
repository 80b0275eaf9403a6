namespace Untag.Scan.Reading.Interfaces;

/// <summary>Collects which tokens stand in which section: of sections inside each other the one marked last counts.</summary>
/// <param name="tokens">The tokens of the file.</param>
internal sealed class SectionMarks(List<Token> tokens)
{
    private static readonly Section Nothing = new(0, 0, null, SectionRole.None);

    private readonly Section?[] sections = new Section[tokens.Count];

    /// <summary>Marks all tokens of a node.</summary>
    /// <param name="node">The node; nothing is marked when the document does not have it.</param>
    /// <param name="inner">The name of the section; null when it has none.</param>
    /// <param name="role">What it describes.</param>
    public void Mark(Node node, string? inner, SectionRole role)
    {
        if (node.First >= 0)
            sections.AsSpan(node.First, node.Last - node.First + 1).Fill(Nothing with { Inner = inner, Role = role });
    }

    /// <summary>Marks each member of a node, named after what it is and its key.</summary>
    public void MarkMembers(Node node, string what, SectionRole role)
    {
        foreach (var member in node.Members)
            Mark(member, $"{what} {member.Name}", role);
    }

    /// <summary>Where each section begins, and where it goes on behind one that lies inside it.</summary>
    public List<Section> InOrder()
    {
        var starts = new List<Section>();
        var current = Nothing;
        for (var i = 0; i < sections.Length; i++)
        {
            var section = sections[i] ?? Nothing;
            if (ReferenceEquals(section, current))
                continue;
            current = section;
            starts.Add(section with { Line = tokens[i].Line, Column = tokens[i].Column });
        }

        return starts;
    }
}
