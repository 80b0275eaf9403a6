using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Scalar = YamlDotNet.Core.Events.Scalar;

namespace Untag.Scan.Reading;

/// <summary>Reads YAML as a stream of events: several documents, anchors that are not followed. Text that does not
/// parse, such as a template, is read line by line.</summary>
internal sealed class YamlReader : IReader
{
    public string Name => "YAML";

    public bool Recognises(string path, string text) =>
        System.IO.Path.GetExtension(path).ToLowerInvariant() is ".yaml" or ".yml" or ".eyaml" or ".cff"
        || (System.IO.Path.GetExtension(path).Length == 0 && text.StartsWith("---\n", StringComparison.Ordinal));

    public ReadResult Read(string path, string text)
    {
        var tokens = new List<Token>();
        try
        {
            Parse(text, tokens);
        }
        catch (YamlException)
        {
            return KeyValueReader.ReadLines(text, "yaml");
        }

        AddComments(text, tokens);
        return new ReadResult([new Passage(PassageKind.Structure, "yaml", tokens)]);
    }

    private static void Parse(string text, List<Token> tokens)
    {
        var parser = new Parser(new YamlDotNet.Core.Scanner(new StringReader(text), skipComments: true));
        var groups = new Groups();
        var open = new Stack<Collection>();
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case MappingStart:
                    open.Push(new Collection(IsMapping: true));
                    groups.Open();
                    break;
                case SequenceStart:
                    open.Push(new Collection(IsMapping: false));
                    groups.Open();
                    break;
                case MappingEnd or SequenceEnd:
                    open.Pop();
                    groups.Close();
                    if (open.TryPeek(out var parent))
                        parent.Count++;
                    break;
                case Scalar scalar:
                    AddScalar(scalar, open, groups, tokens);
                    break;
                case AnchorAlias when open.TryPeek(out var holder):
                    holder.Count++;
                    break;
            }
        }
    }

    private static void AddScalar(Scalar scalar, Stack<Collection> open, Groups groups, List<Token> tokens)
    {
        var isKey = open.TryPeek(out var holder) && holder.IsMapping && holder.Count % 2 == 0;
        if (holder is not null)
            holder.Count++;
        var kind = isKey ? TokenKind.Key : TokenKind.Value;
        var line = (int)scalar.Start.Line;
        if (scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded)
        {
            foreach (var part in Lines.Of(scalar.Value)) // the text begins on the line below its sign
                tokens.Add(new Token(kind, part.Text, line + part.Number, 1, groups.Current));
        }
        else if (scalar.Value.Length > 0)
        {
            tokens.Add(new Token(kind, scalar.Value.AsMemory(), line, (int)scalar.Start.Column, groups.Current));
        }
    }

    // The parser drops comments inside flow collections; lines that are nothing else are enough.
    private static void AddComments(string text, List<Token> tokens)
    {
        foreach (var line in Lines.Of(text))
        {
            var content = line.Text.Span.TrimStart();
            if (content.StartsWith("#"))
            {
                var start = line.Text.Length - content.Length + 1;
                tokens.Add(new Token(TokenKind.Comment, line.Text[start..], line.Number, start + 1, 0));
            }
        }

        tokens.Sort((a, b) => a.Line != b.Line ? a.Line.CompareTo(b.Line) : a.Column.CompareTo(b.Column));
    }

    private sealed record Collection(bool IsMapping)
    {
        public int Count { get; set; }
    }
}
