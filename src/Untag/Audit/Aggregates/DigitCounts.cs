namespace Untag.Audit.Aggregates;

/// <summary>How often each digit stands at each decimal place of the numbers of a column. A group can be hidden in a digit that no
/// order of the numbers shows.</summary>
/// <remarks>Counted by three places at once, which makes four counts a number; the counts of one place follow from them.</remarks>
public sealed class DigitCounts
{
    /// <summary>Decimal places that are looked at.</summary>
    public const int Places = 12;

    /// <summary>Numbers of counts: place 1 to 3 in the first thousand, 4 to 6 in the second, and so on.</summary>
    public const int Kinds = Places / Triple * Triples;

    /// <summary>Places that are counted at once.</summary>
    public const int Triple = 3;

    /// <summary>Numbers of three digits.</summary>
    public const int Triples = 1000;

    /// <summary>Bits that three places take: see <see cref="DigitsOf"/>.</summary>
    public const int TripleBits = 10;

    private const int PageBits = 6;
    private const int PageMask = (1 << PageBits) - 1;

    // Most columns have few digits, and a thousand counts for each group and output add up.
    private readonly long[]?[] pages = new long[(Kinds >> PageBits) + 1][];

    /// <summary>The counts by three places that are not 0, in the order of their numbers.</summary>
    public IEnumerable<(int Number, long Count)> Counts()
    {
        for (var number = 0; number < Kinds; number++)
        {
            if (pages[number >> PageBits] is not { } page)
                number |= PageMask;
            else if (page[number & PageMask] is var count and > 0)
                yield return (number, count);
        }
    }

    /// <summary>The digits of a number as it is written, three places in each ten bits; what is not written is 0.</summary>
    public static long DigitsOf(ReadOnlySpan<byte> number)
    {
        if (number.IndexOfAny((byte)'e', (byte)'E') >= 0)
            return DigitsOfScientific(number);
        var at = number.IndexOf((byte)'.') + 1;
        if (at == 0)
            at = number.Length;
        long all = 0;
        for (var triple = 0; triple < Places / Triple; triple++)
        {
            var digits = 0;
            for (var i = 0; i < Triple; i++, at++)
                digits = (digits * 10) + (at < number.Length && char.IsAsciiDigit((char)number[at]) ? number[at] - '0' : 0);
            all |= (long)digits << (TripleBits * triple);
        }

        return all;
    }

    /// <summary>Counts the digits of a number several times.</summary>
    /// <param name="digits">Those of <see cref="DigitsOf"/>.</param>
    /// <param name="count">How often.</param>
    public void AddDigits(long digits, long count)
    {
        for (var triple = 0; triple < Places / Triple; triple++)
            Add((triple * Triples) + TripleOf(digits, triple), count);
    }

    /// <summary>Three places of a number.</summary>
    /// <param name="digits">Those of <see cref="DigitsOf"/>.</param>
    /// <param name="triple">0 for the first three.</param>
    /// <returns>From 0 to 999.</returns>
    public static int TripleOf(long digits, int triple) => (int)((digits >> (TripleBits * triple)) & ((1 << TripleBits) - 1));

    /// <summary>The digit that three places give at one of them.</summary>
    /// <param name="triple">From 0 to 999.</param>
    /// <param name="place">From 1 to <see cref="Places"/>.</param>
    public static int Digit(int triple, int place) => triple / (((place - 1) % Triple) switch { 0 => 100, 1 => 10, _ => 1 }) % 10;

    /// <summary>Counts three places several times.</summary>
    public void Add(int number, long count) => (pages[number >> PageBits] ??= new long[1 << PageBits])[number & PageMask] += count;

    /// <summary>True when each place has the digits of this many numbers.</summary>
    public bool AreOf(long numbers)
    {
        Span<long> sums = stackalloc long[Kinds / Triples];
        for (var page = 0; page < pages.Length; page++)
        {
            for (var i = 0; pages[page] is { } counts && i < counts.Length; i++)
            {
                if (counts[i] > 0)
                    sums[((page << PageBits) + i) / Triples] += counts[i];
            }
        }

        return !sums.ContainsAnyExcept(numbers);
    }

    /// <summary>Counts all that another has counted.</summary>
    public void Add(DigitCounts other)
    {
        for (var page = 0; page < pages.Length; page++)
        {
            if (other.pages[page] is not { } counts)
                continue;
            var sums = pages[page] ??= new long[1 << PageBits];
            for (var i = 0; i < counts.Length; i++)
                sums[i] += counts[i];
        }
    }

    /// <summary>How often each digit stands at a place.</summary>
    /// <param name="place">From 1 to <see cref="Places"/>.</param>
    public long[] At(int place)
    {
        var digits = new long[10];
        var thousand = (place - 1) / Triple;
        foreach (var (number, count) in Counts())
        {
            if (number / Triples == thousand)
                digits[Digit(number % Triples, place)] += count;
        }

        return digits;
    }

    private static long DigitsOfScientific(ReadOnlySpan<byte> number)
    {
        Span<byte> plain = stackalloc byte[512];
        var value = double.Parse(number, System.Globalization.CultureInfo.InvariantCulture);
        return value.TryFormat(plain, out var length, "F12", System.Globalization.CultureInfo.InvariantCulture) ? DigitsOf(plain[..length]) : 0;
    }
}
