using Untag.Audit.Tables.Typed;

namespace Untag.Audit.Tables.Arrow;

/// <summary>The dictionary of a column, in the parts in which it came. A word of it is numbered when a row has it: there may be
/// words that no row has.</summary>
internal sealed class ArrowDictionary(ValueCodes values)
{
    private const int ValuesMax = 1 << 26;

    private readonly List<(long First, ArrowValues Values)> parts = [];
    private int[] codes = []; // -1 for one that was not numbered
    private int epoch;
    private int count;

    /// <summary>Adds the values of a part.</summary>
    /// <param name="part">They.</param>
    /// <param name="length">How many there are.</param>
    /// <param name="isMore">True when they follow those that are there; otherwise they take their place.</param>
    /// <exception cref="InvalidDataException">They are too many.</exception>
    public void Add(ArrowValues part, long length, bool isMore)
    {
        if (!isMore)
        {
            parts.Clear();
            count = 0;
        }

        if (length > ValuesMax - count)
            throw new InvalidDataException("a dictionary has more values than any");
        parts.Add((count, part));
        count += (int)length;
        codes = new int[count];
        Array.Fill(codes, -1);
    }

    /// <summary>Numbers the words at some places.</summary>
    /// <exception cref="InvalidDataException">There is no such place.</exception>
    public void Number(ReadOnlySpan<long> places, ReadOnlySpan<bool> isThere, Span<int> into)
    {
        if (epoch != values.Epoch)
            Array.Fill(codes, -1);
        epoch = values.Epoch;
        for (var i = 0; i < into.Length; i++)
        {
            if (!isThere[i])
                continue;
            var place = places[i];
            if (place < 0 || place >= count)
                throw new InvalidDataException("a value is not in its dictionary");
            into[i] = codes[place] >= 0 ? codes[place] : codes[place] = Of(place);
        }
    }

    private int Of(long place)
    {
        var (first, part) = parts.FindLast(one => one.First <= place);
        Span<bool> isThere = [true];
        if (part.TryFindEmpty(place - first, isThere) && !isThere[0])
            return values.Nothing;
        Span<int> code = [0];
        part.Number(place - first, code, isThere, values);
        return code[0];
    }
}
