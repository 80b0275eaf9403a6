namespace Untag.Scan.Reading.Resources;

/// <summary>Names the resource that each token of a structured text belongs to: by the path of keys that lead to it.</summary>
internal static class ResourceKeys
{
    private const int CharactersMax = 80;

    /// <summary>The passage with its resources named <c>key face.race</c>.</summary>
    /// <param name="passage">The passage, with the parents of its groups.</param>
    /// <param name="silent">Keys that belong to the format and say nothing.</param>
    public static Passage Name(Passage passage, params ReadOnlySpan<string> silent)
    {
        var names = new Scopes(passage);
        var sections = new List<Section>();
        foreach (var token in passage.Tokens)
        {
            var around = names.Around(token.Group);
            if (token.Kind == TokenKind.Key && !silent.Contains(token.Text.ToString()))
                names[token.Group] = Join(around, token.Text.Span.Trim());
            else if (token.Kind == TokenKind.Key)
                names[token.Group] = around;
            AddTo(sections, token, token.Kind == TokenKind.Comment ? around : names[token.Group]);
        }

        return passage with { Sections = sections };
    }

    /// <summary>Appends the place of a token, unless the resource goes on there.</summary>
    public static void AddTo(List<Section> sections, Token token, string? name)
    {
        if (sections.Count == 0 ? name is not null : sections[^1].Inner != name)
            sections.Add(new Section(token.Line, token.Column, name, SectionRole.None));
    }

    /// <summary>A key, cut to what a report shows.</summary>
    public static string Shorten(ReadOnlySpan<char> key) =>
        key.Length <= CharactersMax ? key.ToString() : $"{key[..(CharactersMax - 1)]}…";

    /// <summary>The path of a key inside of what is named already; the end says more than the beginning.</summary>
    public static string Join(string? around, ReadOnlySpan<char> key)
    {
        var path = around is null ? $"key {key}" : $"{around}.{key}";
        return path.Length <= CharactersMax ? path : $"key …{path.AsSpan(path.Length - CharactersMax)}";
    }
}
