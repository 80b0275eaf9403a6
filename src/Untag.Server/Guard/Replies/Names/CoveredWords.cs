using Untag.Policy;
using Untag.Scan.Matching;

namespace Untag.Server.Guard.Replies.Names;

/// <summary>The words of a text that are covered by terms of a kind, or are too short to say anything. A text is read once, and asked about as
/// often as it has terms: each question takes the logarithm of its length.</summary>
internal sealed class CoveredWords
{
    private const int FillerLettersMax = 3; // `is`, `has`, `p`, `cls`

    private readonly List<Word> words = [];
    private readonly List<int> bare = []; // of the first n words, how many are not covered
    private readonly List<TermHit> covering = []; // in the order in which they begin
    private readonly List<int> reach = []; // where the first n of these end, at most
    private string text = "";

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hits">The terms met in it.</param>
    /// <param name="covers">True for those that cover words.</param>
    public void Read(string text, List<TermHit> hits, Func<Term, bool> covers)
    {
        this.text = text;
        words.Clear();
        Words.Split(text, words);
        covering.Clear();
        covering.AddRange(hits.Where(hit => covers(hit.Term)).OrderBy(hit => hit.Start));
        reach.Clear();
        foreach (var hit in covering)
            reach.Add(Math.Max(hit.End, reach.LastOrDefault()));
        bare.Clear();
        bare.Add(0);
        foreach (var word in words)
            bare.Add(bare[^1] + (IsCovered(word.Start, word.Start + word.Length, word.Joined) ? 0 : 1));
    }

    /// <summary>True when nothing is left of the text.</summary>
    public bool AreAll => bare[^1] == 0;

    /// <summary>True when nothing is left between two places.</summary>
    public bool AreBetween(int start, int end)
    {
        var first = FirstWhere(words, word => word.Start >= start);
        var behind = FirstWhere(words, word => word.Start + word.Length > end);
        return (first >= behind || bare[behind] == bare[first])
            && IsPartCovered(first - 1, start, end)
            && (behind < first || IsPartCovered(behind, start, end));
    }

    // A word that one of the places is inside of.
    private bool IsPartCovered(int at, int start, int end)
    {
        if (at < 0 || at >= words.Count)
            return true;
        var (from, to) = (Math.Max(start, words[at].Start), Math.Min(end, words[at].Start + words[at].Length));
        return from >= to || IsCovered(from, to, words[at].Joined);
    }

    private bool IsCovered(int start, int end, bool isJoined) =>
        (end - start <= FillerLettersMax && text[start] < 0x80)
        || !text.AsSpan(start, end - start).ContainsAnyExceptInRange('0', '9')
        || (FirstWhere(covering, hit => hit.Start > start) is > 0 and var before && reach[before - 1] >= end)
        || (isJoined && FirstWhere(covering, hit => hit.Start >= end) is > 0 and var inside && reach[inside - 1] > start);

    /// <summary>Index of the first of a list in order for which something holds that holds for all behind it; their number when it holds for
    /// none.</summary>
    public static int FirstWhere<T>(List<T> ordered, Func<T, bool> holds)
    {
        var (from, to) = (0, ordered.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            if (holds(ordered[middle]))
                to = middle;
            else
                from = middle + 1;
        }

        return from;
    }
}
