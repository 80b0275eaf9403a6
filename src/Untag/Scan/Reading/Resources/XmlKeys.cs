namespace Untag.Scan.Reading.Resources;

/// <summary>Names the resources of an XML text after the elements that have a key: <c>string race_label</c>,
/// <c>widget raceLabel</c>, <c>context MainWindow</c>.</summary>
/// <param name="passage">What was read of the text: an element is a group, which begins with its name.</param>
internal sealed class XmlKeys(Passage passage)
{
    // Attributes that hold a key; the first of them that an element has is taken.
    private static readonly string[] Attributes = ["name", "x:Name", "x:Key", "x:Uid", "Name", "android:id", "resname", "id"];

    // Parts of a resource, which have names of their own that say less.
    private static readonly string[] Parts =
        ["attribute", "bpt", "ept", "g", "it", "mrk", "note", "pc", "ph", "property", "sc", "segment", "x"];

    private readonly Scopes scopes = new(passage);
    private readonly Dictionary<int, Element> elements = [];

    /// <summary>The passage with its resources named, without what tells where a text was taken from.</summary>
    public Passage Named()
    {
        FindElements();
        var tokens = new List<Token>(passage.Tokens.Count);
        var sections = new List<Section>();
        foreach (var token in passage.Tokens)
        {
            var element = elements.GetValueOrDefault(token.Group);
            if (element?.Name is "location" or "file")
                continue;
            var around = scopes.Around(token.Group);
            if (element?.Key is { } key)
                scopes[token.Group] = $"{element.Name} {key}";
            ResourceKeys.AddTo(sections, token, token.Kind == TokenKind.Comment ? around : scopes[token.Group]);
            tokens.Add(token);
        }

        return passage with { Tokens = tokens, Sections = sections };
    }

    private void FindElements()
    {
        var last = default(Token);
        foreach (var token in passage.Tokens)
        {
            if (token.Group == 0)
                continue;
            if (!elements.TryGetValue(token.Group, out var element))
                elements[token.Group] = new Element(token.Text.ToString());
            else if (token.Kind == TokenKind.Value && last.Kind == TokenKind.Key && last.Group == token.Group)
                AddValue(element, last.Text.Span, token);
            last = token;
        }
    }

    // The value of an attribute follows its name; the text of an element, which may have none, its own.
    private void AddValue(Element element, ReadOnlySpan<char> key, Token token)
    {
        var rank = 0;
        while (rank < Attributes.Length && !key.SequenceEqual(Attributes[rank]))
            rank++;
        var value = token.Text.Span.Trim();
        if (rank < element.Rank && Array.IndexOf(Parts, element.Name) < 0)
        {
            element.Rank = rank;
            element.Key = ResourceKeys.Shorten(value[(value.StartsWith("@") ? value.LastIndexOf('/') + 1 : 0)..]);
        }

        if (element.Name == "name" && elements.GetValueOrDefault(scopes.Parent(token.Group)) is { Name: "context" } context)
            context.Key = ResourceKeys.Shorten(value);
    }

    private sealed class Element(string name)
    {
        // Without its prefix.
        public string Name { get; } = name[(name.IndexOf(':') + 1)..];

        public int Rank { get; set; } = Attributes.Length;

        public string? Key { get; set; }
    }
}
