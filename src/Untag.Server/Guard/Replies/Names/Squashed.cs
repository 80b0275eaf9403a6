using System.Text;
using Untag.Scan.Matching;

namespace Untag.Server.Guard.Replies.Names;

/// <summary>A text without what can stand between its letters: <c>r_a.c e</c> is <c>race</c>.</summary>
internal static class Squashed
{
    /// <summary>The letters and digits of a text, folded, after what it hides has been uncovered.</summary>
    /// <param name="text">The text.</param>
    /// <param name="seen">A buffer.</param>
    public static string Of(ReadOnlySpan<char> text, Undisguised seen)
    {
        // A letter of another script stands alone between separators: it is seen through once they are gone.
        var letters = LettersOf(AsSeen(text, seen));
        return LettersOf(AsSeen(letters, seen));
    }

    /// <summary>The letters and digits of a spelling of the policy.</summary>
    public static string Of(string term) => LettersOf(term);

    private static ReadOnlySpan<char> AsSeen(ReadOnlySpan<char> text, Undisguised seen)
    {
        if (!Undisguised.MayHide(text))
            return text;
        seen.Read(text);
        seen.Spell(SpeltIn.Latin);
        return seen.Text;
    }

    private static string LettersOf(ReadOnlySpan<char> text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
                letters.Append(Folding.Fold(c));
        }

        return letters.ToString();
    }
}
