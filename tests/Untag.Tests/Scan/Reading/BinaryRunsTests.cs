using System.Buffers;
using System.Text;
using CsCheck;
using Untag.Scan.Matching;
using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading;

public sealed class BinaryRunsTests
{
    [Fact]
    public void A_run_of_text_between_other_bytes_is_read_with_its_offset()
    {
        var run = Assert.Single(BinaryRuns.Read([0, 1, .. "race_label"u8, 0, 255]).Tokens);
        Assert.Equal(("race_label", 2, TokenKind.Run), (run.Text.ToString(), run.Column, run.Kind));
    }

    [Fact]
    public void Three_letters_are_no_run() => Assert.Empty(BinaryRuns.Read([0, .. "abc"u8, 0]).Tokens);

    [Fact]
    public void Two_Chinese_characters_are_a_run() =>
        Assert.Equal("民族", Assert.Single(BinaryRuns.Read([0, .. "民族"u8, 0]).Tokens).Text.ToString());

    [Fact]
    public void A_character_that_is_cut_ends_the_run()
    {
        byte[] bytes = [.. "race"u8, .. "族"u8[..2], .. "face"u8];
        Assert.Equal(["race", "face"], BinaryRuns.Read(bytes).Tokens.Select(token => token.Text.ToString()));
    }

    [Fact]
    public void In_any_bytes_each_run_stands_at_its_offset() =>
        Gen.OneOf(Gen.Byte, Gen.Byte[32, 126]).Array[0, 200].Sample(
            bytes =>
            {
                foreach (var run in BinaryRuns.Read(bytes).Tokens)
                    Assert.True(bytes.AsSpan(run.Column).StartsWith(Encoding.UTF8.GetBytes(run.Text.ToString())));
            },
            seed: "0000Kx9Qw2a1", iter: 2000);

    [Fact]
    public void In_any_bytes_the_runs_are_those_that_a_look_at_every_byte_finds() =>
        Gen.OneOf(Gen.Byte, Gen.Byte[32, 126], Gen.OneOf(Gen.Const((byte)0xC3), Gen.Const((byte)0xA9), Gen.Const((byte)0xE6), Gen.Const((byte)0xB0), Gen.Const((byte)0x91)), Gen.Const((byte)0)).Array[0, 300].Sample(
            bytes => Assert.Equal(
                ByteByByte(bytes), BinaryRuns.Read(bytes).Tokens.Select(run => (run.Column, run.Text.ToString()))),
            seed: "0000Kx9Qw2a1", iter: 20_000);

    [Theory]
    [InlineData("abcd")]
    [InlineData("é民é")]
    [InlineData("民族")]
    public void A_run_is_met_wherever_it_stands_in_a_block(string text)
    {
        for (var before = 0; before < 140; before++)
        {
            byte[] bytes = [.. Enumerable.Repeat((byte)1, before), .. Encoding.UTF8.GetBytes(text), .. Enumerable.Repeat((byte)1, 140 - before)];
            Assert.Equal((before, text), Assert.Single(BinaryRuns.Read(bytes).Tokens.Select(run => (run.Column, run.Text.ToString()))));
        }
    }

    private static List<(int Offset, string Text)> ByteByByte(byte[] bytes)
    {
        var runs = new List<(int, string)>();
        for (var start = 0; start < bytes.Length; start++)
        {
            var end = start;
            var characters = 0;
            while (end < bytes.Length && Rune.DecodeFromUtf8(bytes.AsSpan(end), out var rune, out var length) == OperationStatus.Done
                && (rune.IsAscii ? rune.Value is >= 32 and < 127 : (LookAlikes.Known[rune.Value] & ~Looks.Folded) != 0))
            {
                end += length;
                characters++;
            }

            if (characters >= 4 || (characters >= 2 && end - start >= 2 * characters))
                runs.Add((start, Encoding.UTF8.GetString(bytes.AsSpan(start..end))));
            if (end > start)
                start = end - 1;
        }

        return runs;
    }
}
