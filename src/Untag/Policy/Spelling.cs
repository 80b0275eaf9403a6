namespace Untag.Policy;

/// <summary>Finds what somebody meant who wrote something else.</summary>
public static class Spelling
{
    /// <summary>"did you mean `x`?" for the nearest known word, or the list of all when none is near.</summary>
    public static string Hint(string word, IReadOnlyList<string> known)
    {
        var nearest = Nearest(word, known);
        return nearest is not null ? $"did you mean `{nearest}`?" : "known are " + string.Join(", ", known);
    }

    /// <summary>The known word with the fewest letters changed; null when more than a third would have to change.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        string? best = null;
        var bestDistance = Math.Max(1, word.Length / 3) + 1;
        foreach (var candidate in known)
        {
            var distance = Distance(word, candidate);
            if (distance >= bestDistance)
                continue;
            best = candidate;
            bestDistance = distance;
        }

        return best;
    }

    // Levenshtein's distance, one row at a time.
    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (same ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
