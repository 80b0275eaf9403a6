using CsCheck;
using Untag.Audit.Reports;
using Untag.Audit.Tables.Parquet;

namespace Untag.Tests.Audit.Tables.Parquet;

public sealed class DeltaReaderTests
{
    private const int Parts = 4;
    private const int OfPart = 32;

    [Fact]
    public void Differences_of_any_size_are_read_back() =>
        Gen.OneOf(Gen.Long, Gen.Long[-3, 3], Gen.Long[0, 1000]).Array[0, 300].Sample(numbers =>
        {
            var (bytes, end) = Written(numbers);
            var at = 0;
            Assert.Equal(numbers, DeltaReader.Read(bytes, ref at, end, numbers.Length));
            Assert.Equal(end, at);
        });

    [Fact]
    public void What_is_cut_is_no_number() => Gen.Long[0, 1 << 20].Array[2, 100].Sample(numbers =>
    {
        var (bytes, end) = Written(numbers);
        Assert.Throws<InvalidDataException>(() =>
        {
            var at = 0;
            DeltaReader.Read(bytes, ref at, end - 1, numbers.Length);
        });
    });

    [Fact]
    public void More_numbers_than_the_page_has_are_damage()
    {
        var (bytes, end) = Written([1, 2, 3]);
        Assert.Throws<InvalidDataException>(() =>
        {
            var at = 0;
            DeltaReader.Read(bytes, ref at, end, 2);
        });
    }

    // By the format's own page: block size, parts of a block, count, first number; then blocks of a least difference, widths, differences.
    private static (byte[] Bytes, int End) Written(long[] numbers)
    {
        var bytes = new List<byte>();
        PackedNumbers.Write(bytes, Parts * OfPart);
        PackedNumbers.Write(bytes, Parts);
        PackedNumbers.Write(bytes, numbers.Length);
        AddZigZag(bytes, numbers.Length > 0 ? numbers[0] : 0);
        var differences = numbers.Skip(1).Select((number, i) => unchecked(number - numbers[i])).ToList();
        foreach (var block in differences.Chunk(Parts * OfPart))
        {
            var least = block.Min();
            var parts = block.Select(difference => unchecked((ulong)(difference - least))).Chunk(OfPart).ToList();
            AddZigZag(bytes, least);
            var widths = parts.Select(part => 64 - (int)ulong.LeadingZeroCount(part.Max())).ToList();
            for (var i = 0; i < Parts; i++)
                bytes.Add((byte)(i < widths.Count ? widths[i] : 0));
            for (var i = 0; i < parts.Count; i++)
                AddPacked(bytes, parts[i], widths[i]);
        }

        var end = bytes.Count;
        bytes.AddRange(new byte[RunReader.Slack]);
        return ([.. bytes], end);
    }

    private static void AddPacked(List<byte> bytes, ulong[] numbers, int width)
    {
        var bits = new bool[OfPart * width];
        for (var i = 0; i < numbers.Length * width; i++)
            bits[i] = ((numbers[i / width] >> (i % width)) & 1) == 1;
        foreach (var eight in bits.Chunk(8))
            bytes.Add((byte)eight.Select((bit, i) => bit ? 1 << i : 0).Sum());
    }

    private static void AddZigZag(List<byte> bytes, long number)
    {
        for (var rest = unchecked((ulong)((number << 1) ^ (number >> 63))); ; rest >>= 7)
        {
            bytes.Add((byte)((rest & 0x7F) | (rest >= 0x80 ? 0x80u : 0)));
            if (rest < 0x80)
                return;
        }
    }
}
