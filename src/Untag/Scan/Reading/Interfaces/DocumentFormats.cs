namespace Untag.Scan.Reading.Interfaces;

/// <summary>All formats that are written in JSON or YAML, in the order in which they are asked.</summary>
internal static class DocumentFormats
{
    /// <summary>The formats, for the table of formats.</summary>
    public static IReadOnlyList<IDocumentFormat> All { get; } =
    [
        new OpenApi(),
        new AsyncApi(),
        new Kubernetes(),
        new Avro(),
        new JsonSchema(),
        new Compose(),
        new HelmValues(),
    ];

    /// <summary>The sections of a file, document by document; none for a file that only holds keys and values.</summary>
    /// <param name="tokens">Its tokens, in its order.</param>
    /// <param name="groups">Its objects and lists by their number; the first is the file.</param>
    public static IReadOnlyList<Section> SectionsOf(List<Token> tokens, List<TokenGroup> groups)
    {
        SectionMarks? marks = null;
        var from = (Group: 1, Token: 0);
        while (from.Group < groups.Count)
        {
            var to = EndOf(from, tokens, groups);
            if (IsPromising(tokens, groups, from, to))
            {
                var document = Node.Of(tokens, groups, from, to);
                foreach (var format in All)
                {
                    if (!format.Recognises(document))
                        continue;
                    format.Mark(document, marks ??= new SectionMarks(tokens));
                    break;
                }
            }

            from = to;
        }

        return marks?.InOrder() ?? [];
    }

    private static (int Group, int Token) EndOf((int Group, int Token) from, List<Token> tokens, List<TokenGroup> groups)
    {
        var (group, token) = (from.Group + 1, from.Token);
        while (group < groups.Count && groups[group].Parent != 0)
            group++;
        while (token < tokens.Count && tokens[token].Group < group)
            token++;
        return (group, token);
    }

    // Most files only hold keys and values, and some are large: no tree is built of those.
    private static bool IsPromising(
        List<Token> tokens, List<TokenGroup> groups, (int Group, int Token) from, (int Group, int Token) to)
    {
        for (var i = from.Token; i < to.Token; i++)
        {
            if (tokens[i].Kind == TokenKind.Key && tokens[i].Text.Span is "openapi" or "swagger" or "asyncapi" or "apiVersion"
                or "symbols" or "fields" or "types" or "properties" or "$schema" or "services" or "repository")
                return true;
        }

        return false;
    }
}
