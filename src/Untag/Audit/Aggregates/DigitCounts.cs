namespace Untag.Audit.Aggregates;

/// <summary>How often each digit stands at each decimal place of the numbers of a column. A group can be hidden in a digit that no
/// order of the numbers shows.</summary>
/// <remarks>Counted by three places at once, which makes four counts a number; the counts of one place follow from them.</remarks>
public sealed class DigitCounts
{
    /// <summary>Decimal places that are looked at.</summary>
    public const int Places = 12;

    private const int Triple = 3;
    private const int Triples = 1000;
    private readonly long[] counts = new long[Places / Triple * Triples];

    /// <summary>Counts by three places: place 1 to 3 in the first thousand, 4 to 6 in the second, and so on.</summary>
    public ReadOnlySpan<long> Counts => counts;

    /// <summary>Counts the digits of a number as it is written; what is not written is 0.</summary>
    public void Add(ReadOnlySpan<byte> number)
    {
        var at = number.IndexOf((byte)'.') + 1;
        if (number.IndexOfAny((byte)'e', (byte)'E') >= 0)
        {
            AddScientific(number);
            return;
        }

        if (at == 0)
            at = number.Length;
        for (var triple = 0; triple < Places / Triple; triple++)
        {
            var digits = 0;
            for (var i = 0; i < Triple; i++, at++)
                digits = (digits * 10) + (at < number.Length && char.IsAsciiDigit((char)number[at]) ? number[at] - '0' : 0);
            counts[(triple * Triples) + digits]++;
        }
    }

    /// <summary>Counts three places several times.</summary>
    public void Add(int index, long count) => counts[index] += count;

    /// <summary>True when each place has the digits of this many numbers.</summary>
    public bool AreOf(long numbers)
    {
        for (var first = 0; first < counts.Length; first += Triples)
        {
            long sum = 0;
            foreach (var count in counts.AsSpan(first, Triples))
                sum += count;
            if (sum != numbers)
                return false;
        }

        return true;
    }

    /// <summary>Counts all that another has counted.</summary>
    public void Add(DigitCounts other)
    {
        for (var i = 0; i < counts.Length; i++)
            counts[i] += other.counts[i];
    }

    /// <summary>How often each digit stands at a place.</summary>
    /// <param name="place">From 1 to <see cref="Places"/>.</param>
    public long[] At(int place)
    {
        var digits = new long[10];
        var first = (place - 1) / Triple * Triples;
        var scale = ((place - 1) % Triple) switch { 0 => 100, 1 => 10, _ => 1 };
        for (var i = 0; i < Triples; i++)
            digits[i / scale % 10] += counts[first + i];
        return digits;
    }

    private void AddScientific(ReadOnlySpan<byte> number)
    {
        Span<byte> plain = stackalloc byte[512];
        var value = double.Parse(number, System.Globalization.CultureInfo.InvariantCulture);
        Add(value.TryFormat(plain, out var length, "F12", System.Globalization.CultureInfo.InvariantCulture) ? plain[..length] : "0"u8);
    }
}
