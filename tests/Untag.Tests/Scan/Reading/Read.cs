using System.Text;
using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading;

/// <summary>What the tests of all readers ask: what was read of a text, and whether it stands where the token says.</summary>
internal static class Read
{
    /// <summary>What a file of this name and text is read as.</summary>
    public static ReadResult File(string path, string text) => Readers.Read(path, Encoding.UTF8.GetBytes(text));

    /// <summary>All tokens of a file, passage after passage.</summary>
    public static List<Token> Tokens(string path, string text) =>
        [.. File(path, text).Passages.SelectMany(passage => passage.Tokens)];

    /// <summary>The texts of the tokens of one kind.</summary>
    public static string[] Texts(string path, string text, TokenKind kind) =>
        [.. Tokens(path, text).Where(token => token.Kind == kind).Select(token => token.Text.ToString())];

    /// <summary>The only token with this text.</summary>
    public static Token Single(string path, string text, string content) =>
        Assert.Single(Tokens(path, text), token => token.Text.ToString().Trim() == content);

    /// <summary>Line and column of the only token with this text.</summary>
    public static (int Line, int Column) PlaceOf(string path, string text, string content)
    {
        var token = Single(path, text, content);
        return (token.Line, token.Column);
    }

    /// <summary>The first token that does not stand at its line and column; null when all do.</summary>
    public static Token? Misplaced(string text, IEnumerable<Token> tokens)
    {
        var lines = text.Split(["\r\n", "\n", "\r"], StringSplitOptions.None);
        foreach (var token in tokens)
        {
            if (token.Line < 1 || token.Line > lines.Length || token.Column < 1
                || token.Column - 1 > lines[token.Line - 1].Length
                || !lines[token.Line - 1].AsSpan(token.Column - 1).StartsWith(token.Text.Span))
                return token;
        }

        return null;
    }

    /// <summary>True when each token stands at or behind the one before it.</summary>
    public static bool IsInReadingOrder(Passage passage) =>
        passage.Tokens.Zip(passage.Tokens.Skip(1))
            .All(pair => (pair.First.Line, pair.First.Column).CompareTo((pair.Second.Line, pair.Second.Column)) <= 0);
}
