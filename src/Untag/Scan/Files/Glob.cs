namespace Untag.Scan.Files;

/// <summary>A path pattern as in <c>.gitignore</c>: <c>*</c> and <c>?</c> stay inside a segment, <c>**</c> crosses
/// segments, <c>[a-z]</c> is a set.</summary>
internal readonly record struct Glob(string Pattern)
{
    /// <summary>True when the whole path matches.</summary>
    public bool Matches(ReadOnlySpan<char> path) => Matches(Pattern, path);

    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path)
    {
        while (!pattern.IsEmpty)
        {
            if (pattern.StartsWith("**/"))
                return MatchesAcross(pattern[3..], path);
            if (pattern.SequenceEqual("**"))
                return !path.IsEmpty;
            if (pattern[0] == '*')
                return MatchesStar(pattern[1..], path);
            if (path.IsEmpty)
                return false;
            var taken = TakeOne(pattern, path[0]);
            if (taken == 0)
                return false;
            pattern = pattern[taken..];
            path = path[1..];
        }

        return path.IsEmpty;
    }

    private static bool MatchesAcross(ReadOnlySpan<char> rest, ReadOnlySpan<char> path)
    {
        while (true)
        {
            if (Matches(rest, path))
                return true;
            var slash = path.IndexOf('/');
            if (slash < 0)
                return false;
            path = path[(slash + 1)..];
        }
    }

    private static bool MatchesStar(ReadOnlySpan<char> rest, ReadOnlySpan<char> path)
    {
        for (var i = 0; i <= path.Length; i++)
        {
            if (Matches(rest, path[i..]))
                return true;
            if (i < path.Length && path[i] == '/')
                return false;
        }

        return false;
    }

    /// <summary>Length of the pattern's first element when it accepts <paramref name="c"/>, otherwise 0.</summary>
    private static int TakeOne(ReadOnlySpan<char> pattern, char c)
    {
        switch (pattern[0])
        {
            case '?':
                return c == '/' ? 0 : 1;
            case '\\' when pattern.Length > 1:
                return pattern[1] == c ? 2 : 0;
            case '[' when SetEnd(pattern) is var end and > 0:
                return c != '/' && SetAccepts(pattern[1..end], c) ? end + 1 : 0;
            default:
                return pattern[0] == c ? 1 : 0;
        }
    }

    private static int SetEnd(ReadOnlySpan<char> pattern)
    {
        var first = pattern.Length > 1 && pattern[1] is '!' or '^' ? 3 : 2; // a bracket in first place is a member
        for (var i = first; i < pattern.Length; i++)
        {
            if (pattern[i] == ']')
                return i;
        }

        return -1;
    }

    private static bool SetAccepts(ReadOnlySpan<char> set, char c)
    {
        var negated = set[0] is '!' or '^';
        if (negated)
            set = set[1..];
        var accepted = false;
        for (var i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                accepted |= c >= set[i] && c <= set[i + 2];
                i += 2;
            }
            else
            {
                accepted |= c == set[i];
            }
        }

        return accepted != negated;
    }
}
