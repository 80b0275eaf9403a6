using System.Buffers.Binary;

namespace Untag.Audit.Tables.Parquet;

/// <summary>Reads whole numbers that are written as the differences of each to the one before, in blocks with a width of their
/// own.</summary>
internal static class DeltaReader
{
    private const int BlockMax = 1 << 20;

    /// <summary>Reads all of them.</summary>
    /// <param name="bytes">They, with at least <see cref="RunReader.Slack"/> bytes behind them.</param>
    /// <param name="at">Where they begin; then where they end.</param>
    /// <param name="end">Where the page ends.</param>
    /// <param name="most">More of them are damage.</param>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public static long[] Read(byte[] bytes, ref int at, int end, int most)
    {
        var block = Varint(bytes, ref at, end);
        var parts = Varint(bytes, ref at, end);
        var count = Varint(bytes, ref at, end);
        if (block is 0 or > BlockMax || parts is 0 || parts > block || block % parts != 0 || count > (ulong)most)
            throw Damage();
        var numbers = new long[count];
        var value = ZigZag(Varint(bytes, ref at, end));
        if (numbers.Length > 0)
            numbers[0] = value;
        var (ofPart, widths) = ((int)(block / parts), (int)parts);
        for (var next = 1; next < numbers.Length;)
        {
            var least = ZigZag(Varint(bytes, ref at, end));
            var width = at;
            at += widths;
            for (var part = 0; part < widths && next < numbers.Length; part++, width++)
            {
                if (at > end || bytes[width] > 64 || ((long)ofPart * bytes[width] / 8) > end - at)
                    throw Damage();
                var now = numbers.AsSpan(next, Math.Min(ofPart, numbers.Length - next));
                Unpack(bytes, at, bytes[width], now);
                foreach (ref var number in now)
                    number = value = unchecked(value + least + number);
                next += now.Length;
                at += (int)((long)ofPart * bytes[width] / 8);
            }
        }

        return numbers;
    }

    private static void Unpack(byte[] bytes, int at, int width, Span<long> numbers)
    {
        var mask = width == 64 ? ulong.MaxValue : (1UL << width) - 1;
        long bit = 8L * at;
        for (var i = 0; i < numbers.Length; i++, bit += width)
        {
            var from = bytes.AsSpan((int)(bit >> 3));
            var shift = (int)(bit & 7);
            var word = BinaryPrimitives.ReadUInt64LittleEndian(from) >> shift;
            if (shift + width > 64)
                word |= (ulong)from[8] << (64 - shift);
            numbers[i] = unchecked((long)(word & mask));
        }
    }

    private static ulong Varint(byte[] bytes, ref int at, int end)
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (at >= end)
                throw Damage();
            value |= (ulong)(bytes[at] & 0x7F) << shift;
            if (bytes[at++] < 0x80)
                return value;
        }

        throw Damage();
    }

    private static long ZigZag(ulong number) => unchecked((long)(number >> 1) ^ -(long)(number & 1));

    private static InvalidDataException Damage() => new("its differences are damaged");
}
