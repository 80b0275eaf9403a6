using Untag.Policy;
using Untag.Scan.Reading;

namespace Untag.Scan.Allowances;

/// <summary>Finds the comments of a passage that accept findings.</summary>
internal static class AllowComments
{
    /// <summary>Takes the comments that accept findings out of a passage: their reasons speak of traits, and are to weigh
    /// nothing in the judgement.</summary>
    /// <param name="passage">The passage.</param>
    /// <param name="policy">Knows the rules.</param>
    /// <param name="found">Where the comments are added.</param>
    /// <returns>The passage without them; the same one when it has none.</returns>
    public static Passage TakeOut(Passage passage, TagPolicy policy, List<InlineAllowance> found)
    {
        if (passage.LinesAreEntries || !passage.Tokens.Any(token => AllowMark.Begins(passage, token, out _)))
            return passage;
        var others = new List<Token>();
        var comments = new List<(Token Token, ReadOnlyMemory<char> Says)>();
        foreach (var token in passage.Tokens)
        {
            if (AllowMark.Begins(passage, token, out var says))
                comments.Add((token, says));
            else
                others.Add(token);
        }

        var targets = TargetsOf(comments.ConvertAll(comment => comment.Token), others);
        foreach (var (token, says) in comments)
        {
            found.Add(new InlineAllowance
            {
                Comment = AllowComment.Read(says.Span, policy),
                Text = (AllowMark.Text + says.ToString()).TrimEnd(),
                Line = token.Line,
                Column = token.Column,
                Inner = passage.Inner,
                Target = targets.GetValueOrDefault(token.Line, token.Line),
            });
        }

        return passage with { Tokens = others };
    }

    // A comment behind code speaks of its own line. One that stands alone speaks of the next line, and several that
    // stand alone below each other all speak of the line after the last.
    private static Dictionary<int, int> TargetsOf(List<Token> comments, List<Token> others)
    {
        var shared = new Dictionary<int, int>();
        foreach (var token in others)
        {
            if (token.Kind != TokenKind.Comment)
                shared[token.Line] = shared.GetValueOrDefault(token.Line) + 1;
        }

        // A text that stands for a comment has a key beside it.
        var alone = comments.Where(comment =>
            shared.GetValueOrDefault(comment.Line) <= (comment.Kind == TokenKind.Value ? 1 : 0));
        var targets = new Dictionary<int, int>();
        foreach (var line in alone.Select(comment => comment.Line).Distinct().OrderDescending())
            targets[line] = targets.GetValueOrDefault(line + 1, line + 1);
        return targets;
    }
}
