using Untag.Scan.Allowances;
using Untag.Scan.Reading.Interfaces;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Scalar = YamlDotNet.Core.Events.Scalar;

namespace Untag.Scan.Reading;

/// <summary>Reads YAML as a stream of events: several documents, anchors that are not followed. Text that does not
/// parse, such as a template, is read line by line.</summary>
internal sealed class YamlReader : IReader
{
    public string Name => "YAML";

    public string Reads => "keys and values, each in its mapping; comments";

    public bool Recognises(string path, string text) =>
        System.IO.Path.GetExtension(path).ToLowerInvariant() is ".yaml" or ".yml" or ".eyaml" or ".cff"
        || (System.IO.Path.GetExtension(path).Length == 0 && text.StartsWith("---\n", StringComparison.Ordinal));

    public ReadResult Read(string path, string text)
    {
        var tokens = new List<Token>();
        var structure = new List<TokenGroup> { TokenGroup.File };
        try
        {
            if (!TryParse(text, tokens, structure))
                return KeyValueReader.ReadLines(text, "yaml");
        }
        catch (Exception problem) when (problem is YamlException or InvalidOperationException)
        {
            // The parser throws the second for a plain scalar with a colon inside brackets that are not closed.
            return KeyValueReader.ReadLines(text, "yaml");
        }

        var sections = DocumentFormats.SectionsOf(tokens, structure);
        AddComments(text, tokens);
        return new ReadResult(
        [
            new Passage(PassageKind.Structure, "yaml", tokens)
            {
                Parents = TokenGroup.ParentsOf(structure),
                Sections = sections,
            },
        ]);
    }

    // False for nesting that nobody writes by hand: the parser's time grows with the square of it.
    private static bool TryParse(string text, List<Token> tokens, List<TokenGroup> structure)
    {
        const int DepthMax = 256;
        var lines = Lines.Of(text).ToArray();
        var parser = new Parser(new YamlDotNet.Core.Scanner(new StringReader(text), skipComments: true));
        var groups = new Groups();
        var open = new Stack<Collection>();
        while (parser.MoveNext())
        {
            if (open.Count > DepthMax)
                return false;
            switch (parser.Current)
            {
                case MappingStart or SequenceStart:
                    var isMapping = parser.Current is MappingStart;
                    open.Push(new Collection(isMapping));
                    structure.Add(TokenGroup.Open(groups.Current, !isMapping, tokens, structure));
                    groups.Open();
                    break;
                case MappingEnd or SequenceEnd:
                    open.Pop();
                    groups.Close();
                    if (open.TryPeek(out var parent))
                        parent.Count++;
                    break;
                case Scalar scalar:
                    AddScalar(scalar, lines, open, groups, tokens);
                    break;
                case AnchorAlias when open.TryPeek(out var holder):
                    holder.Count++;
                    break;
            }
        }

        return true;
    }

    private static void AddScalar(
        Scalar scalar, TextLine[] lines, Stack<Collection> open, Groups groups, List<Token> tokens)
    {
        var isKey = open.TryPeek(out var holder) && holder.IsMapping && holder.Count % 2 == 0;
        if (holder is not null)
            holder.Count++;
        var kind = isKey ? TokenKind.Key : TokenKind.Value;
        var line = (int)scalar.Start.Line;
        if (scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded)
            AddBlock(kind, lines, line, (int)scalar.End.Line, groups, tokens);
        else if (scalar.Value.Length > 0)
            tokens.Add(new Token(kind, scalar.Value.AsMemory(), line, ColumnOf(scalar, lines), groups.Current));
    }

    // The lines below the sign of a block, as they are written: folding would lose where they stand.
    private static void AddBlock(
        TokenKind kind, TextLine[] lines, int sign, int end, Groups groups, List<Token> tokens)
    {
        for (var i = sign; i < Math.Min(end, lines.Length); i++)
        {
            var start = lines[i].Text.Length - lines[i].Text.Span.TrimStart().Length;
            if (start < lines[i].Text.Length)
                tokens.Add(new Token(kind, lines[i].Text[start..], i + 1, start + 1, groups.Current));
        }
    }

    // A scalar begins with its anchor, its tag or its quote; its text comes after them.
    private static int ColumnOf(Scalar scalar, TextLine[] lines)
    {
        var column = (int)scalar.Start.Column;
        var line = (int)scalar.Start.Line;
        if (line > lines.Length || column > lines[line - 1].Text.Length)
            return column;
        var offset = lines[line - 1].Text.Span[(column - 1)..].IndexOf(scalar.Value, StringComparison.Ordinal);
        return column + Math.Max(0, offset);
    }

    // The parser drops comments inside flow collections; lines that are nothing else are enough, and those that accept
    // a finding on their own line.
    private static void AddComments(string text, List<Token> tokens)
    {
        var texts = tokens.ToLookup(token => token.Line);
        foreach (var line in Lines.Of(text))
        {
            var content = line.Text.Span.TrimStart();
            if (content.StartsWith("#"))
            {
                var start = line.Text.Length - content.Length + 1;
                tokens.Add(new Token(TokenKind.Comment, line.Text[start..], line.Number, start + 1, 0));
            }
            else if (AllowMark.StartBehindText(line.Text.Span) is var at and >= 0 && !IsInside(texts[line.Number], at))
            {
                tokens.Add(new Token(TokenKind.Comment, line.Text[(at + 1)..], line.Number, at + 2, 0));
            }
        }

        tokens.Sort((a, b) => a.Line != b.Line ? a.Line.CompareTo(b.Line) : a.Column.CompareTo(b.Column));
    }

    private static bool IsInside(IEnumerable<Token> tokens, int at) =>
        tokens.Any(token => at >= token.Column - 1 && at < token.Column - 1 + token.Text.Length);

    private sealed record Collection(bool IsMapping)
    {
        public int Count { get; set; }
    }
}
