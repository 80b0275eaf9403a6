namespace Untag.Scan.Reading.Interfaces;

/// <summary>Collects which tokens stand in which section: of sections inside each other the one marked last counts.</summary>
/// <param name="tokens">The tokens of the file.</param>
internal sealed class SectionMarks(List<Token> tokens)
{
    private static readonly Section Nothing = new(0, 0, null, SectionRole.None);

    private readonly List<(int First, int End, Section Section)> marked = [];

    /// <summary>Marks all tokens of a node.</summary>
    /// <param name="node">The node; nothing is marked when the document does not have it.</param>
    /// <param name="inner">The name of the section; null when it has none.</param>
    /// <param name="role">What it describes.</param>
    public void Mark(Node node, string? inner, SectionRole role)
    {
        if (node.First >= 0)
            Mark(node.First, node.Last + 1, inner, role);
    }

    /// <summary>Marks the tokens from <paramref name="first"/> to before <paramref name="end"/>.</summary>
    public void Mark(int first, int end, string? inner, SectionRole role) =>
        marked.Add((first, end, Nothing with { Inner = inner, Role = role }));

    /// <summary>Marks each member of a node, named after what it is and its key.</summary>
    public void MarkMembers(Node node, string what, SectionRole role)
    {
        foreach (var member in node.Members)
            Mark(member, $"{what} {member.Name}", role);
    }

    /// <summary>Where each section begins, and where it goes on behind one that lies inside it.</summary>
    public List<Section> InOrder()
    {
        if (marked.Count == 0)
            return []; // as most files
        var sections = OfTokens();
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

    // From the last mark to the first, each token once: sections may lie inside each other as deep as they like.
    private Section?[] OfTokens()
    {
        var sections = new Section?[tokens.Count];
        var free = new int[tokens.Count + 1]; // leads to the next token that has no section yet
        for (var i = 0; i < free.Length; i++)
            free[i] = i;
        for (var mark = marked.Count - 1; mark >= 0; mark--)
        {
            var (first, end, section) = marked[mark];
            for (var i = NextFree(free, first); i < end; i = NextFree(free, i))
            {
                sections[i] = section;
                free[i] = i + 1;
            }
        }

        return sections;
    }

    private static int NextFree(int[] free, int token)
    {
        var next = token;
        while (free[next] != next)
            next = free[next];
        // The way is short for whoever comes next.
        while (free[token] != token)
            (token, free[token]) = (free[token], next);
        return next;
    }
}
