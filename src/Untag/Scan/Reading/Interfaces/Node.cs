namespace Untag.Scan.Reading.Interfaces;

/// <summary>A text, object or list of a document, with its key and what it holds. Numbers and the like are not kept: no
/// name stands in them, and of long texts only the beginning.</summary>
/// <param name="name">Its key; empty for a member of a list.</param>
/// <param name="text">The text; null for an object or list.</param>
internal sealed class Node(string name, string? text)
{
    private const int CharactersMax = 120; // no name is longer, and names are put together

    private static readonly Node None = new("", null);
    private readonly List<Node> members = [];

    /// <summary>Its key; empty for a member of a list.</summary>
    public string Name { get; } = name;

    /// <summary>The text; null for an object or list.</summary>
    public string? Text { get; } = text;

    /// <summary>Index of its first token, which is its key if it has one; -1 when it has no token.</summary>
    public int First { get; private set; } = -1;

    /// <summary>Index of its last token; -1 when it has none.</summary>
    public int Last { get; private set; } = -1;

    /// <summary>What it holds, objects and lists before texts.</summary>
    public IReadOnlyList<Node> Members => members;

    /// <summary>The member with this key; one without text and members when there is none.</summary>
    public Node this[string key] => members.Find(member => member.Name == key) ?? None;

    /// <summary>Builds the tree of one document.</summary>
    /// <param name="tokens">The tokens of the file.</param>
    /// <param name="groups">The objects and lists of the file.</param>
    /// <param name="from">The number of the document's outermost object or list, and the index of its first token.</param>
    /// <param name="to">The same of the document that follows.</param>
    public static Node Of(
        List<Token> tokens, List<TokenGroup> groups, (int Group, int Token) from, (int Group, int Token) to)
    {
        var nodes = new Node[to.Group - from.Group];
        for (var group = from.Group; group < to.Group; group++)
        {
            var key = groups[group].Key;
            var node = nodes[group - from.Group] = new Node(key < 0 ? "" : TextOf(tokens[key]), null);
            node.Reach(key);
            if (group > from.Group)
                nodes[groups[group].Parent - from.Group].members.Add(node);
        }

        for (var i = from.Token; i < to.Token; i++)
        {
            if (tokens[i].Group >= from.Group)
                nodes[tokens[i].Group - from.Group].Add(tokens, i);
        }

        // What lies inside has the larger number.
        for (var group = to.Group - 1; group > from.Group; group--)
        {
            var around = nodes[groups[group].Parent - from.Group];
            around.Reach(nodes[group - from.Group].First);
            around.Reach(nodes[group - from.Group].Last);
        }

        return nodes[0];
    }

    private void Add(List<Token> tokens, int index)
    {
        Reach(index);
        if (tokens[index].Kind != TokenKind.Value)
            return;
        var isNamed = index > 0 && tokens[index - 1].Kind == TokenKind.Key && tokens[index - 1].Group == tokens[index].Group;
        var member = new Node(isNamed ? TextOf(tokens[index - 1]) : "", TextOf(tokens[index]));
        member.Reach(isNamed ? index - 1 : index);
        member.Reach(index);
        members.Add(member);
    }

    private static string TextOf(Token token) =>
        token.Text.Length <= CharactersMax ? token.Text.ToString() : $"{token.Text.Span[..CharactersMax]}…";

    private void Reach(int index)
    {
        if (index >= 0 && (First < 0 || index < First))
            First = index;
        Last = Math.Max(Last, index);
    }
}
