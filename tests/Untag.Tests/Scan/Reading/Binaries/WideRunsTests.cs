using System.Text;
using CsCheck;
using Untag.Scan.Reading.Binaries;

namespace Untag.Tests.Scan.Reading.Binaries;

public sealed class WideRunsTests
{
    [Fact]
    public void Text_of_wide_characters_is_found_with_its_offset() =>
        Assert.Equal([("race", 4L)], Read(2, [1, 0, 0, 0, .. Encoding.Unicode.GetBytes("race"), 0, 0]));

    [Fact]
    public void Four_bytes_a_character_are_found_too() =>
        Assert.Equal([("race", 4L)], Read(4, [0, 0, 0, 0, .. Encoding.UTF32.GetBytes("race"), 0, 0, 0, 0]));

    [Fact]
    public void Two_Chinese_characters_count_between_two_NULs_only()
    {
        Assert.Equal([("民族", 2L)], Read(2, [0, 0, .. Encoding.Unicode.GetBytes("民族"), 0, 0]));
        Assert.Empty(Read(2, [0, 0, .. Encoding.Unicode.GetBytes("民族"), 1, 0, 0, 0]));
        Assert.Empty(Read(2, [1, 0, .. Encoding.Unicode.GetBytes("民族"), 0, 0]));
    }

    [Fact]
    public void Wherever_a_stretch_ends_the_runs_are_the_same() =>
        Gen.Select(Gen.Char["ra族\u0001\0"].Array[0, 60], Gen.Int[1, 60]).Sample(
            (text, first) =>
            {
                var bytes = Encoding.Unicode.GetBytes(text);
                var runs = new WideRuns(2);
                var found = new List<(string, long)>();
                var cut = Math.Min(first, bytes.Length);
                var consumed = runs.Read(bytes.AsSpan(0, cut), 0, isLast: false, (run, at) => found.Add((run, at)));
                // A run that fills a whole stretch is ended by it: stretches are longer than runs.
                if (consumed == 0 || !text.AsSpan(0, cut / 2).ContainsAny('\0', '\u0001'))
                    return;
                runs.Read(bytes.AsSpan(consumed), consumed, isLast: true, (run, at) => found.Add((run, at)));
                Assert.Equal(Read(2, bytes), found);
            },
            seed: "0000Kx9Qw2a1", iter: 5000);

    private static List<(string Text, long Offset)> Read(int width, byte[] bytes)
    {
        var found = new List<(string, long)>();
        new WideRuns(width).Read(bytes, 0, isLast: true, (run, at) => found.Add((run, at)));
        return found;
    }
}
