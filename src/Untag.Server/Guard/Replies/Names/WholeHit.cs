using Untag.Scan.Matching;

namespace Untag.Server.Guard.Replies.Names;

/// <summary>Tells whether a term is all that a text says.</summary>
internal static class WholeHit
{
    /// <summary>True when no letter and no digit stands beside it.</summary>
    public static bool IsWholeOf(this TermHit hit, string text) =>
        !HasLetterOrDigit(text.AsSpan(0, hit.Start)) && !HasLetterOrDigit(text.AsSpan(hit.End));

    private static bool HasLetterOrDigit(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
                return true;
        }

        return false;
    }
}
