namespace Untag.Scan.Reading.Resources;

/// <summary>Reads Apple's property lists as text: in XML, and as <c>"key" = "value";</c>, which <c>.strings</c> use.</summary>
internal sealed class PropertyListReader : IReader
{
    private static readonly Language Plain = new()
    {
        Name = "property-list",
        Files = [],
        LineComments = ["//"],
        BlockComments = [("/*", "*/")],
        LongStrings = [("\"", "\"")],
        EscapesInLongStrings = true,
        IdentifierExtras = "-./$",
    };

    public string Name => "Apple .strings, .stringsdict and .plist as text";

    public string Reads => "keys and texts, each with the path of its keys, and comments";

    public bool Recognises(string path, string text) => PropertyLists.IsNamedSo(path);

    public ReadResult Read(string path, string text)
    {
        var passage = text.AsSpan().TrimStart().StartsWith("<") ? OfXml(text) : OfPlainText(text);
        return new ReadResult([ResourceKeys.Name(passage with { Kind = PropertyLists.KindOf(path) })]);
    }

    // <key>Race</key><string>...</string>: the key stands in the dictionary, not in a group of its own.
    private static Passage OfXml(string text)
    {
        var passage = MarkupReader.ReadXml(text, PassageKind.Structure);
        var tokens = new List<Token>(passage.Tokens.Count);
        var name = default(Token);
        foreach (var token in passage.Tokens)
        {
            if (token.Kind == TokenKind.Key)
                name = token;
            else if (token.Kind == TokenKind.Value && token.Group == name.Group)
                tokens.Add(name.Text.Span switch
                {
                    "key" => token with { Kind = TokenKind.Key, Group = passage.Parents[token.Group] },
                    "string" => token with { Group = passage.Parents[token.Group] },
                    _ => token,
                });
            else
                tokens.Add(token);
        }

        return passage with { Tokens = tokens };
    }

    private static Passage OfPlainText(string text)
    {
        var tokens = CodeLexer.Read(Plain, text);
        var lines = Lines.Of(text).ToArray();
        var last = -1;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind == TokenKind.Comment)
                continue;
            tokens[i] = tokens[i] with { Kind = TokenKind.Value };
            if (last >= 0 && FollowsEqualsSign(lines, tokens[i]))
                tokens[last] = tokens[last] with { Kind = TokenKind.Key };
            last = i;
        }

        return new Passage(PassageKind.Structure, Plain.Name, tokens);
    }

    // A dictionary or a list may begin between the sign and the token.
    private static bool FollowsEqualsSign(TextLine[] lines, Token token)
    {
        var before = lines[token.Line - 1].Text.Span[..(token.Column - 1)];
        if (before.EndsWith("\""))
            before = before[..^1];
        before = before.TrimEnd(" \t{(");
        for (var line = token.Line - 1; before.IsEmpty && line > 0; line--)
            before = lines[line - 1].Text.Span.TrimEnd(" \t{(");
        return before.EndsWith("=");
    }
}
