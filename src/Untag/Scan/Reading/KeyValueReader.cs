using Untag.Scan.Allowances;

namespace Untag.Scan.Reading;

/// <summary>Reads files of keys and values, a line each: settings, translations, environments.</summary>
internal sealed class KeyValueReader : IReader
{
    private static readonly string[] Settings =
        [".ini", ".cfg", ".conf", ".config", ".properties", ".env", ".toml", ".editorconfig", ".service", ".desktop",
         ".pbtxt"];

    public string Name => "settings, line by line";

    public string Reads => "keys, values and comments of TOML, INI, .env and .properties";

    public bool Recognises(string path, string text)
    {
        var ending = System.IO.Path.GetExtension(path).ToLowerInvariant();
        return Settings.Contains(ending) && !text.AsSpan().TrimStart().StartsWith("<");
    }

    public ReadResult Read(string path, string text) => ReadLines(text, "settings");

    /// <summary>Reads any text as lines of keys and values.</summary>
    public static ReadResult ReadLines(string text, string language)
    {
        var tokens = new List<Token>();
        var section = 0;
        foreach (var line in Lines.Of(text))
        {
            var start = line.Text.Length - line.Text.Span.TrimStart(" \t-").Length;
            var content = line.Text[start..];
            if (content.Span.IsWhiteSpace())
            {
                section++;
                continue;
            }

            if (content.Span[0] is '#' or ';' or '!')
                tokens.Add(new Token(TokenKind.Comment, content[1..], line.Number, start + 2, 0));
            else if (AllowMark.StartBehindText(content.Span) is var at and >= 0)
                AddPairWithAllowance(line, content, start, at, section + 1, tokens);
            else
                AddPair(line, content, start, section + 1, tokens);
        }

        return new ReadResult([new Passage(PassageKind.Structure, language, tokens)]);
    }

    private static void AddPairWithAllowance(
        TextLine line, ReadOnlyMemory<char> content, int start, int at, int group, List<Token> tokens)
    {
        AddPair(line, content[..at].TrimEnd(), start, group, tokens);
        tokens.Add(new Token(TokenKind.Comment, content[(at + 1)..], line.Number, start + at + 2, 0));
    }

    private static void AddPair(TextLine line, ReadOnlyMemory<char> content, int start, int group, List<Token> tokens)
    {
        var cut = content.Span.IndexOfAny('=', ':');
        if (cut > 0)
        {
            tokens.Add(new Token(TokenKind.Key, content[..cut], line.Number, start + 1, group));
            if (!content.Span[(cut + 1)..].IsWhiteSpace())
                tokens.Add(new Token(TokenKind.Value, content[(cut + 1)..], line.Number, start + cut + 2, group));
        }
        else
        {
            tokens.Add(new Token(TokenKind.Value, content, line.Number, start + 1, group));
        }
    }
}
