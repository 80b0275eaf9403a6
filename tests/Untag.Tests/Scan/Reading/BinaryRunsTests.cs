using System.Text;
using CsCheck;
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
}
