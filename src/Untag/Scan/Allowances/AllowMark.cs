using System.Buffers;
using Untag.Scan.Reading;

namespace Untag.Scan.Allowances;

/// <summary>The mark that begins a comment which accepts findings.</summary>
internal static class AllowMark
{
    /// <summary>The mark.</summary>
    public const string Text = "untag:allow";

    // Marks of comments that readers leave in the text, and decoration.
    private static readonly SearchValues<char> BeforeMark = SearchValues.Create(" \t/*#;!-<%.'\"[](){}:");

    /// <summary>True when the bytes may hold the mark: a file without any term is read for it.</summary>
    public static bool MayStandIn(ReadOnlySpan<byte> bytes) => bytes.IndexOf("untag:allow"u8) >= 0;

    /// <summary>What follows the mark in a token that is such a comment; an empty result with false for any other.</summary>
    /// <param name="passage">The passage of the token.</param>
    /// <param name="token">The token.</param>
    /// <param name="rest">The text after the mark.</param>
    public static bool Begins(Passage passage, Token token, out ReadOnlyMemory<char> rest)
    {
        rest = default;
        var start = token.Text.Span.IndexOf(Text, StringComparison.Ordinal);
        if (start < 0)
            return false;
        var before = token.Text.Span[..start];
        rest = token.Text[(start + Text.Length)..];
        if (!rest.IsEmpty && !char.IsWhiteSpace(rest.Span[0]))
            return false;
        return token.Kind switch
        {
            TokenKind.Comment => before.IndexOfAnyExcept(BeforeMark) < 0,
            // A document has no comments but these; elsewhere in it the mark is spoken of.
            TokenKind.Prose => before.Trim() is "<!--" or ".." or "%" or "//" or "[//]: # (",
            // JSON proper has no comments: a text that begins with the mark stands for one.
            TokenKind.Value => passage.Language == "json" && start == 0,
            _ => false,
        };
    }

    /// <summary>Where a comment with the mark begins behind other text on a line; -1 when nowhere. For formats whose
    /// readers know only comments that have a line of their own.</summary>
    public static int StartBehindText(ReadOnlySpan<char> line)
    {
        var mark = line.IndexOf(Text, StringComparison.Ordinal);
        if (mark < 0)
            return -1;
        var before = line[..mark].TrimEnd(' ');
        return before.Length > 1 && before[^1] is '#' or ';' && char.IsWhiteSpace(before[^2]) ? before.Length - 1 : -1;
    }
}
