using System.Text;

namespace Untag.Scan.Reading;

/// <summary>Reads documents for people, and every text that no other reader knows. Fenced blocks of code are read as
/// code that nobody runs.</summary>
internal sealed class ProseReader : IReader
{
    private const int TokenCharactersMax = 2000;
    private const int LabelLinesMin = 2;
    private const int LabelWordsMax = 3;

    public string Name => "documents and plain text";

    public string Reads => "the lines of a text; lists of labels as labels";

    public bool Recognises(string path, string text) => true;

    public ReadResult Read(string path, string text)
    {
        if (IsLabelList(path, text))
            return new ReadResult([ReadLabels(text)]);
        var passages = new List<Passage>();
        var tokens = new List<Token>(1 + text.Count('\n')); // growing step by step would take twice the room
        var fence = default(Fence?);
        var group = 0;
        foreach (var line in Lines.Of(text))
        {
            var content = line.Text.Span.TrimStart();
            if (fence is { } open)
            {
                if (content.StartsWith(open.Mark))
                {
                    passages.Add(open.ToPassage());
                    fence = null;
                }
                else
                {
                    open.Code.Append(line.Text.Span).Append('\n');
                }
            }
            else if (Fence.Open(content, line.Number) is { } opened)
            {
                fence = opened;
            }
            else
            {
                AddLine(line, tokens, ref group);
            }
        }

        if (fence is not null)
            passages.Add(fence.ToPassage());
        passages.Insert(0, new Passage(PassageKind.Prose, "text", tokens));
        return new ReadResult(passages);
    }

    // A row of a table is a group, each of its cells a token; other lines stand for themselves.
    private static void AddLine(TextLine line, List<Token> tokens, ref int group)
    {
        if (line.Text.Span.TrimStart().StartsWith("|"))
        {
            group++;
            var start = 0;
            while (start < line.Text.Length)
            {
                var length = line.Text.Span[start..].IndexOf('|');
                var end = length < 0 ? line.Text.Length : start + length;
                AddToken(line, start, end, group, tokens);
                start = end + 1;
            }

            return;
        }

        for (var start = 0; start < line.Text.Length;)
        {
            var end = Math.Min(line.Text.Length, start + TokenCharactersMax);
            if (end < line.Text.Length)
            {
                var blank = line.Text.Span[start..end].LastIndexOf(' ');
                end = blank > 0 ? start + blank : end;
            }

            AddToken(line, start, end, group: 0, tokens);
            start = end;
        }
    }

    private static void AddToken(TextLine line, int start, int end, int group, List<Token> tokens)
    {
        if (!line.Text.Span[start..end].IsWhiteSpace())
            tokens.Add(new Token(TokenKind.Prose, line.Text[start..end], line.Number, start + 1, group));
    }

    // A file of short lines is a list of labels, whatever it is called.
    private static bool IsLabelList(string path, string text)
    {
        if (System.IO.Path.GetExtension(path) is not (".txt" or ".names" or ".labels" or ".lst" or ""))
            return false;
        var labels = 0;
        foreach (var line in Lines.Of(text))
        {
            var content = line.Text.Span.Trim();
            if (content.IsEmpty || content[0] == '#')
                continue;
            if (content.Length > 40 || content.Count(' ') >= LabelWordsMax || content[^1] is '.' or ':' or ',')
                return false;
            labels++;
        }

        return labels >= LabelLinesMin;
    }

    private static Passage ReadLabels(string text)
    {
        var tokens = new List<Token>();
        var group = 1;
        foreach (var line in Lines.Of(text))
        {
            var isComment = line.Text.Span.TrimStart().StartsWith("#");
            if (isComment || line.Text.Span.IsWhiteSpace())
                group++; // a heading or an empty line begins another list
            if (!line.Text.Span.IsWhiteSpace())
                tokens.Add(new Token(isComment ? TokenKind.Comment : TokenKind.Value, line.Text, line.Number, 1, group));
        }

        return new Passage(PassageKind.Structure, "labels", tokens);
    }

    private sealed record Fence(string Mark, string Language, int FirstLine)
    {
        public StringBuilder Code { get; } = new();

        public static Fence? Open(ReadOnlySpan<char> line, int number)
        {
            var mark = line.StartsWith("```") ? "```" : line.StartsWith("~~~") ? "~~~" : null;
            return mark is null ? null : new Fence(mark, line[3..].Trim().ToString().Split(' ', '{', ',')[0], number + 1);
        }

        public Passage ToPassage()
        {
            var language = Languages.Named(Language) ?? Languages.Named("python")!;
            return new Passage(
                PassageKind.Prose, $"example in {language.Name}", CodeLexer.Read(language, Code.ToString(), FirstLine));
        }
    }
}
