using System.Buffers.Binary;

namespace Untag.Audit.Tables.Parquet;

/// <summary>Reads small whole numbers that are written as runs of one number, or packed to their bits, in turns.</summary>
/// <param name="bytes">They, with at least <see cref="Slack"/> bytes behind them.</param>
/// <param name="start">Where they begin.</param>
/// <param name="end">Where they end.</param>
/// <param name="width">Bits of a number: at most 32.</param>
internal sealed class RunReader(byte[] bytes, int start, int end, int width)
{
    /// <summary>As many bytes behind the end may be looked at.</summary>
    public const int Slack = 2 * sizeof(ulong);

    private int at = start;
    private long bit; // of the next packed number
    private int left; // of the run
    private int? run; // its number; null when they are packed

    /// <summary>Reads the next numbers.</summary>
    /// <exception cref="InvalidDataException">There are fewer.</exception>
    public void Read(Span<int> numbers)
    {
        if (width == 0)
        {
            numbers.Clear();
            return;
        }

        while (!numbers.IsEmpty)
        {
            if (left == 0)
                Begin();
            var now = numbers[..Math.Min(left, numbers.Length)];
            if (run is { } number)
                now.Fill(number);
            else
                Unpack(now);
            left -= now.Length;
            numbers = numbers[now.Length..];
        }
    }

    /// <summary>Passes over the next numbers when all of them are one, and in one run.</summary>
    public bool TryPass(int number, int count)
    {
        if (width == 0)
            return number == 0;
        if (left == 0)
            Begin();
        if (run != number || left < count)
            return false;
        left -= count;
        return true;
    }

    private void Begin()
    {
        var head = Varint();
        if ((head & 1) == 0)
        {
            var length = (width + 7) / 8;
            if (length > end - at)
                throw Short();
            left = (int)(head >> 1);
            run = unchecked((int)(BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at)) & Mask(8 * length)));
            at += length;
        }
        else
        {
            // The last run may stand for more numbers than there are.
            var packed = Math.Min((head >> 1) * width, end - at);
            left = (int)Math.Min((head >> 1) * 8, packed * 8 / width);
            run = null;
            bit = 8L * at;
            at += (int)packed;
        }

        if (left == 0)
            throw Short();
    }

    private void Unpack(Span<int> numbers)
    {
        var i = 0;
        for (; i < numbers.Length && (bit & 7) != 0; i++)
            numbers[i] = Unpack();
        if (width <= 8)
            i += UnpackEights(numbers[i..]);
        for (; i < numbers.Length; i++)
            numbers[i] = Unpack();
    }

    private int Unpack()
    {
        var from = bit;
        bit += width;
        return unchecked((int)((BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan((int)(from >> 3))) >> (int)(from & 7)) & Mask(width)));
    }

    // Eight small numbers are so many bytes as a number has bits, and at most eight.
    private int UnpackEights(Span<int> numbers)
    {
        var (mask, bits, count) = (Mask(width), width, numbers.Length & ~7);
        var packed = bytes.AsSpan((int)(bit >> 3));
        unchecked
        {
            for (int i = 0, from = 0; i < count; i += 8, from += bits)
            {
                var eight = BinaryPrimitives.ReadUInt64LittleEndian(packed[from..]);
                var to = numbers.Slice(i, 8);
                to[7] = (int)((eight >> (7 * bits)) & mask);
                to[0] = (int)(eight & mask);
                to[1] = (int)((eight >> bits) & mask);
                to[2] = (int)((eight >> (2 * bits)) & mask);
                to[3] = (int)((eight >> (3 * bits)) & mask);
                to[4] = (int)((eight >> (4 * bits)) & mask);
                to[5] = (int)((eight >> (5 * bits)) & mask);
                to[6] = (int)((eight >> (6 * bits)) & mask);
            }
        }

        bit += (long)count * bits;
        return count;
    }

    private long Varint()
    {
        long value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            if (at >= end)
                throw Short();
            value |= (long)(bytes[at] & 0x7F) << shift;
            if (bytes[at++] < 0x80)
                return Math.Min(value, int.MaxValue);
        }

        throw new InvalidDataException("a run has no length");
    }

    private static ulong Mask(int bits) => (1UL << bits) - 1;

    private static InvalidDataException Short() => new("a page has fewer values than it says");
}
