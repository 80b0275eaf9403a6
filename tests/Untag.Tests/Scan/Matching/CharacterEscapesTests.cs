using System.Text;
using CsCheck;
using Untag.Scan.Matching;

namespace Untag.Tests.Scan.Matching;

public sealed class CharacterEscapesTests
{
    [Theory]
    [InlineData(@"\u0072ace", "r", 6)]
    [InlineData(@"\u{72}ace", "r", 6)]
    [InlineData(@"\U00000072ace", "r", 10)]
    [InlineData(@"\U79cd\U65cf", "种", 6)]
    [InlineData(@"\ud835\uddcb", "\U0001D5CB", 12)]
    [InlineData(@"\x72ace", "r", 4)]
    [InlineData(@"\x{72}", "r", 6)]
    [InlineData(@"\162ace", "r", 4)]
    [InlineData("&#114;ace", "r", 6)]
    [InlineData("&#114ace", "r", 5)]
    [InlineData("&#x72;ace", "r", 6)]
    [InlineData("%72ace", "r", 3)]
    [InlineData("%u79cd", "种", 6)]
    [InlineData(@"\xe7\xa7\x8d\xe6", "种", 12)]
    [InlineData(@"\347\247\215", "种", 12)]
    [InlineData("%E7%A7%8D%E6%97%8F", "种", 9)]
    [InlineData(@"\xe9t", "é", 4)]
    public void An_escape_is_the_character_that_it_stands_for(string text, string expected, int expectedLength)
    {
        Assert.True(CharacterEscapes.TryRead(text, out var rune, out var length));
        Assert.Equal((expected, expectedLength), (rune.ToString(), length));
    }

    [Theory]
    [InlineData("race")]
    [InlineData(@"\n12")]
    [InlineData(@"\u72")]
    [InlineData(@"\ud835")]
    [InlineData(@"\u{110000}")]
    [InlineData(@"\x{}")]
    [InlineData(@"\999")]
    [InlineData("&amp;")]
    [InlineData("&#x;")]
    [InlineData("&#99999999999;")]
    [InlineData("100% zz")]
    [InlineData("")]
    [InlineData("\\")]
    public void What_is_no_escape_is_not_read(string text) =>
        Assert.False(CharacterEscapes.TryRead(text, out _, out _));

    [Fact]
    public void A_letter_that_is_read_was_announced() =>
        Gen.String[Gen.Char["\\&%#ux{}0123456789abcdefU;"], 3, 12].Sample(
            text => !CharacterEscapes.TryRead(text, out var rune, out _) || !Rune.IsLetter(rune)
                || (CharacterEscapes.FirstIn(text) >= 0 && CharacterEscapes.MayBeginAt(Encoding.UTF8.GetBytes(text))),
            seed: "0000Kx9Qw2a1", iter: 20_000);

    [Fact]
    public void What_is_read_stands_within_the_text() =>
        Gen.String[Gen.Char["\\&%#ux{}0123456789abcdefU;é"], 0, 12].Sample(
            text => !CharacterEscapes.TryRead(text, out _, out var length) || (length > 0 && length <= text.Length),
            seed: "0000Kx9Qw2a1", iter: 20_000);
}
