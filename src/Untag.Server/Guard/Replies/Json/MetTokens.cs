using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>The names and texts of the value that is held in which something of the policy is met. A stretch of bytes is searched at a
/// time, and asked about token by token.</summary>
/// <param name="search">The search.</param>
internal sealed class MetTokens(CleanSearch search)
{
    private const int StretchBytes = 8 << 10;
    private const int PlacesMax = 256;

    private readonly int[] found = new int[PlacesMax]; // where something is met, from the beginning of the stretch on
    private int stretchStart;
    private int stretchEnd;
    private int next; // of what was found, the first that is not behind
    private int? count; // null when it is too much, or may be hidden

    private readonly List<int> places = [];
    private int last = -1;
    private int lastUnsaid = -1; // that may lie anywhere in its token

    /// <summary>Looks at a token.</summary>
    /// <param name="held">The bytes that are held.</param>
    /// <param name="start">Where it begins: with its quotation mark, and behind the last one that was looked at.</param>
    /// <param name="end">Where it ends.</param>
    /// <returns>True when something is met in it, or may be.</returns>
    public bool Look(ReadOnlySpan<byte> held, int start, int end)
    {
        if (end > stretchEnd)
        {
            (stretchStart, stretchEnd) = (start, Math.Min(held.Length, Math.Max(end, start + StretchBytes)));
            (count, next) = (search.Find(held[stretchStart..stretchEnd], found), 0);
        }

        if (count is null)
        {
            if (search.IsClean(held[start..end]))
                return false;
            Mark(start);
            return true;
        }

        var isMet = false;
        for (; next < count && stretchStart + found[next] < end; next++)
        {
            if (stretchStart + found[next] < start)
                continue;
            last = stretchStart + found[next];
            places.Add(last);
            isMet = true;
        }

        return isMet;
    }

    /// <summary>Takes a token for one in which something is met.</summary>
    public void Mark(int start) => (last, lastUnsaid) = (start, start);

    /// <summary>True when something is met there or behind it.</summary>
    public bool AreFrom(int start) => last >= start;

    /// <summary>Where in a value something is met.</summary>
    /// <param name="value">The value.</param>
    /// <param name="inValue">The places, counted from its beginning.</param>
    /// <returns>False when they are not all: something is met in the name, or anywhere in a token.</returns>
    public bool TryGetPlaces(in HeldValue value, List<int> inValue)
    {
        inValue.Clear();
        foreach (var place in places)
        {
            if (place >= value.Start)
                inValue.Add(place - value.Start);
            else if (place >= value.Begin)
                return false;
        }

        return lastUnsaid < value.Begin;
    }

    /// <summary>Forgets what was met: the value is not held any more.</summary>
    public void Clear()
    {
        places.Clear();
        (last, lastUnsaid) = (-1, -1);
    }

    /// <summary>The bytes that are held lost their first ones.</summary>
    public void Shift(int bytes)
    {
        stretchStart -= bytes;
        stretchEnd -= bytes;
        (last, lastUnsaid) = (Math.Max(-1, last - bytes), Math.Max(-1, lastUnsaid - bytes));
        for (var i = 0; i < places.Count; i++)
            places[i] -= bytes;
    }
}
