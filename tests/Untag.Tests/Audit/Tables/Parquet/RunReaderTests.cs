using CsCheck;
using Untag.Audit.Reports;
using Untag.Audit.Tables.Parquet;

namespace Untag.Tests.Audit.Tables.Parquet;

public sealed class RunReaderTests
{
    [Fact]
    public void Runs_and_packed_numbers_are_read_in_pieces_of_any_size() =>
        Gen.Select(Gen.Int[1, 32], Gen.Select(Gen.Bool, Gen.Int[1, 5], Gen.UInt).Array[1, 10], Gen.Int[1, 20]).Sample((width, runs, piece) =>
        {
            var mask = (1UL << width) - 1;
            var (bytes, expected) = (new List<byte>(), new List<int>());
            foreach (var (isPacked, length, number) in runs)
            {
                if (isPacked)
                    AddPacked(bytes, expected, length, width, i => (number * (ulong)(i + 1)) & mask);
                else
                    AddRun(bytes, expected, length, width, number & mask);
            }

            var end = bytes.Count;
            bytes.AddRange(new byte[RunReader.Slack]);
            var reader = new RunReader([.. bytes], 0, end, width);
            var read = new int[expected.Count];
            for (var at = 0; at < read.Length; at += piece)
                reader.Read(read.AsSpan(at, Math.Min(piece, read.Length - at)));
            Assert.Equal(expected, read);
            Assert.Throws<InvalidDataException>(() => reader.Read(new int[1]));
        });

    [Fact]
    public void Numbers_of_no_bits_are_all_0()
    {
        var numbers = new[] { 1, 2 };
        new RunReader([], 0, 0, 0).Read(numbers);
        Assert.Equal([0, 0], numbers);
    }

    [Fact]
    public void A_run_of_one_number_is_passed_over_and_others_are_read()
    {
        var reader = new RunReader([10 << 1, 1, 4 << 1, 0, .. new byte[RunReader.Slack]], 0, 4, 1);
        Assert.True(reader.TryPass(1, 6));
        Assert.False(reader.TryPass(0, 2));
        Assert.False(reader.TryPass(1, 5));
        var rest = new int[8];
        reader.Read(rest);
        Assert.Equal([1, 1, 1, 1, 0, 0, 0, 0], rest);
    }

    private static void AddRun(List<byte> bytes, List<int> expected, int length, int width, ulong number)
    {
        PackedNumbers.Write(bytes, length << 1);
        for (var i = 0; i < (width + 7) / 8; i++)
            bytes.Add((byte)((number >> (8 * i)) & 0xFF));
        expected.AddRange(Enumerable.Repeat(unchecked((int)number), length));
    }

    private static void AddPacked(List<byte> bytes, List<int> expected, int groups, int width, Func<int, ulong> number)
    {
        PackedNumbers.Write(bytes, (groups << 1) | 1);
        var bits = new List<bool>();
        for (var i = 0; i < 8 * groups; i++)
        {
            expected.Add(unchecked((int)number(i)));
            for (var bit = 0; bit < width; bit++)
                bits.Add(((number(i) >> bit) & 1) == 1);
        }

        foreach (var eight in bits.Chunk(8))
            bytes.Add((byte)eight.Select((bit, i) => bit ? 1 << i : 0).Sum());
    }
}
