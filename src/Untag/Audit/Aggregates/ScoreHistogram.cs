using System.Runtime.InteropServices;

namespace Untag.Audit.Aggregates;

/// <summary>How often each number occurs, on a grid that is the same for every table: no range has to be known before the data
/// are read, and histograms of any parts add up to that of the whole.</summary>
/// <remarks>A bin is the sign, the exponent and the first 14 bits of the fraction of the IEEE 754 number, in the order of numbers:
/// two numbers share one only when they differ by less than 1 in 16,384. Numbers that share one count as ties. The bins of an exponent
/// are an octave, which is kept in pages: what a column of scores touches again and again stays near.</remarks>
public sealed class ScoreHistogram
{
    /// <summary>Bits of the fraction that a bin tells.</summary>
    public const int FractionBits = 14;

    private const int Dropped = 52 - FractionBits;
    private const int PageBits = 7;
    private const int PageBins = 1 << PageBits;
    private const int FewMax = 32;
    private const int PendingMax = 1 << 15;
    private const ulong Sign = 1UL << 63;

    private uint[]?[]?[] octaves = new uint[16][][]; // at the last bits of their number; more places when two fall together
    private int[] numbers = new int[16]; // of the octaves
    private int[] pending = []; // bins that are in no page yet
    private int waiting;
    private Dictionary<int, long>? carried; // by bin, in units of 2³²: what a page cannot count
    private Dictionary<int, long>? few = []; // bins of few numbers, each of which would take a page; null once they are more

    /// <summary>Numbers that were counted.</summary>
    public long Total { get; private set; }

    /// <summary>There are no more bins that occur.</summary>
    public int BinsMax
    {
        get
        {
            AddPending();
            return few?.Count ?? (PageBins * Octaves().Sum(octave => octave.Pages.Count(page => page is not null)));
        }
    }

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
        if (few is null)
        {
            if (count != 1)
                AddToPage(bin, count);
            else if (waiting < pending.Length)
                pending[waiting++] = bin;
            else
                AddPending(bin);
            return;
        }

        CollectionsMarshal.GetValueRefOrAddDefault(few, bin, out _) += count;
        if (few.Count > FewMax)
            TurnPages();
    }

    /// <summary>Counts all that another histogram has counted.</summary>
    public void Add(ScoreHistogram other)
    {
        if (other.few is not null || other.carried is not null)
        {
            foreach (var (bin, count) in other.Bins())
                Add(bin, count);
            return;
        }

        TurnPages();
        other.AddPending();
        Total += other.Total;
        foreach (var (octave, pages) in other.Octaves())
        {
            for (var page = 0; page < pages.Length; page++)
            {
                if (pages[page] is { } counts)
                    AddPage((octave << FractionBits) | (page << PageBits), counts);
            }
        }
    }

    /// <summary>What several have counted.</summary>
    public static ScoreHistogram Of(IEnumerable<ScoreHistogram> parts)
    {
        var sum = new ScoreHistogram();
        foreach (var part in parts)
            sum.Add(part);
        return sum;
    }

    /// <summary>Numbers in a bin and all above it.</summary>
    public long From(int bin)
    {
        AddPending();
        var sum = few?.Sum(known => known.Key >= bin ? known.Value : 0) ?? 0;
        foreach (var (octave, pages) in Octaves())
        {
            for (var page = 0; page < pages.Length; page++)
            {
                var first = (octave << FractionBits) | (page << PageBits);
                if (pages[page] is not { } counts || first + counts.Length <= bin)
                    continue;
                foreach (var count in counts.AsSpan(Math.Max(0, bin - first)))
                    sum += count;
            }
        }

        return sum + (carried?.Sum(known => known.Key >= bin ? known.Value << 32 : 0) ?? 0);
    }

    /// <summary>The bins that occur, in order.</summary>
    public IEnumerable<(int Bin, long Count)> Bins()
    {
        foreach (var bin in few?.Keys.Order() ?? Enumerable.Empty<int>())
            yield return (bin, few![bin]);
        AddPending();
        foreach (var (octave, pages) in Octaves().OrderBy(octave => octave.Number))
        {
            for (var page = 0; page < pages.Length; page++)
            {
                if (pages[page] is not { } counts)
                    continue;
                for (var (i, first) = (0, (octave << FractionBits) | (page << PageBits)); i < counts.Length; i++)
                {
                    var count = counts[i] + (carried is null ? 0 : carried.GetValueOrDefault(first | i) << 32);
                    if (count != 0)
                        yield return (first | i, count);
                }
            }
        }
    }

    private IEnumerable<(int Number, uint[]?[] Pages)> Octaves()
    {
        for (var place = 0; place < octaves.Length; place++)
        {
            if (octaves[place] is { } pages)
                yield return (numbers[place], pages);
        }
    }

    // The pages of a histogram are larger than what a processor keeps near, beside those of other groups and columns: they are fetched for
    // many numbers at once.
    private void AddPending(int bin)
    {
        AddPending();
        if (pending.Length < PendingMax)
            pending = new int[Math.Max(64, pending.Length * 2)];
        pending[waiting++] = bin;
    }

    private void AddPending()
    {
        for (var i = 0; i < waiting; i++)
            AddToPage(pending[i], 1);
        waiting = 0;
    }

    private void TurnPages()
    {
        foreach (var (bin, count) in few ?? [])
            AddToPage(bin, count);
        few = null;
    }

    private void AddPage(int first, uint[] counts)
    {
        var page = PageOf(first);
        for (var i = 0; i < counts.Length; i++)
            AddTo(ref page[i], counts[i], first + i);
    }

    private void AddToPage(int bin, long count) => AddTo(ref PageOf(bin)[bin & (PageBins - 1)], (ulong)count, bin);

    private void AddTo(ref uint counted, ulong count, int bin)
    {
        var sum = counted + count;
        counted = unchecked((uint)sum);
        if (sum > uint.MaxValue)
            CollectionsMarshal.GetValueRefOrAddDefault(carried ??= [], bin, out _) += (long)(sum >> 32);
    }

    private uint[] PageOf(int bin)
    {
        var octave = bin >> FractionBits;
        var place = octave & (octaves.Length - 1);
        if (octaves[place] is not { } pages || numbers[place] != octave)
            pages = NewOctave(octave);
        return pages[(bin >> PageBits) & ((1 << (FractionBits - PageBits)) - 1)] ??= new uint[PageBins];
    }

    private uint[]?[] NewOctave(int octave)
    {
        while (octaves[octave & (octaves.Length - 1)] is not null)
        {
            var all = Octaves().ToList();
            octaves = new uint[octaves.Length * 2][][];
            numbers = new int[octaves.Length];
            foreach (var (number, pages) in all)
                Keep(number, pages);
        }

        var empty = new uint[]?[1 << (FractionBits - PageBits)];
        Keep(octave, empty);
        return empty;
    }

    // Two that did not fall together before do not with more places.
    private void Keep(int octave, uint[]?[] pages)
    {
        var place = octave & (octaves.Length - 1);
        (octaves[place], numbers[place]) = (pages, octave);
    }
}
