using System.Runtime.InteropServices;

namespace Untag.Audit.Aggregates;

/// <summary>How often each number occurs, on a grid that is the same for every table: no range has to be known before the data
/// are read, and histograms of any parts add up to that of the whole.</summary>
/// <remarks>A bin is the sign, the exponent and the first 14 bits of the fraction of the IEEE 754 number, in the order of numbers:
/// two numbers share one only when they differ by less than 1 in 16,384. Numbers that share one count as ties.</remarks>
public sealed class ScoreHistogram
{
    /// <summary>Bits of the fraction that a bin tells.</summary>
    public const int FractionBits = 14;

    private const int Dropped = 52 - FractionBits;
    private const int PageBits = 6;
    private const int FewMax = 32;
    private const ulong Sign = 1UL << 63;
    private readonly Dictionary<int, long[]> pages = [];
    private Dictionary<int, long>? few = []; // bins of few numbers, each of which would take a page; null once they are more

    /// <summary>Numbers that were counted.</summary>
    public long Total { get; private set; }

    /// <summary>The bin of a finite number: bins are in the order of the numbers.</summary>
    public static int BinOf(double number)
    {
        var bits = BitConverter.DoubleToUInt64Bits(number == 0 ? 0 : number); // −0 is 0
        return (int)((bits >= Sign ? ~bits : bits | Sign) >> Dropped);
    }

    /// <summary>The least number of a bin.</summary>
    public static double LeastOf(int bin)
    {
        var ordered = (ulong)bin << Dropped;
        return BitConverter.UInt64BitsToDouble(ordered >= Sign ? ordered & ~Sign : ~(ordered | ((1UL << Dropped) - 1)));
    }

    /// <summary>Counts a number.</summary>
    public void Add(double number) => Add(BinOf(number), 1);

    /// <summary>Counts a bin several times.</summary>
    public void Add(int bin, long count)
    {
        Total += count;
        if (few is not null && few.Count == FewMax && !few.ContainsKey(bin))
            TurnPages();
        if (few is not null)
            CollectionsMarshal.GetValueRefOrAddDefault(few, bin, out _) += count;
        else
            AddToPage(bin, count);
    }

    /// <summary>Counts all that another histogram has counted.</summary>
    public void Add(ScoreHistogram other)
    {
        if (other.few is not null)
        {
            foreach (var (bin, count) in other.few)
                Add(bin, count);
            return;
        }

        TurnPages();
        foreach (var (number, counts) in other.pages)
        {
            if (!pages.TryGetValue(number, out var page))
            {
                pages.Add(number, [.. counts]);
                continue;
            }

            for (var i = 0; i < page.Length; i++)
                page[i] += counts[i];
        }

        Total += other.Total;
    }

    /// <summary>Numbers in a bin and all above it.</summary>
    public long From(int bin)
    {
        long sum = 0;
        foreach (var (number, count) in few ?? [])
            sum += number >= bin ? count : 0;
        foreach (var (number, page) in pages)
        {
            var first = number << PageBits;
            if (first + page.Length <= bin)
                continue;
            foreach (var count in page.AsSpan(Math.Max(0, bin - first)))
                sum += count;
        }

        return sum;
    }

    /// <summary>The bins that occur, in order.</summary>
    public IEnumerable<(int Bin, long Count)> Bins()
    {
        foreach (var bin in few?.Keys.Order() ?? Enumerable.Empty<int>())
            yield return (bin, few![bin]);
        foreach (var number in pages.Keys.Order())
        {
            var page = pages[number];
            for (var i = 0; i < page.Length; i++)
            {
                if (page[i] != 0)
                    yield return ((number << PageBits) | i, page[i]);
            }
        }
    }

    private void TurnPages()
    {
        foreach (var (bin, count) in few ?? [])
            AddToPage(bin, count);
        few = null;
    }

    private void AddToPage(int bin, long count)
    {
        if (!pages.TryGetValue(bin >> PageBits, out var page))
            pages.Add(bin >> PageBits, page = new long[1 << PageBits]);
        page[bin & ((1 << PageBits) - 1)] += count;
    }
}
