using CsCheck;
using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading;

public sealed class EscapesTests
{
    [Theory]
    [InlineData(@"\u0072ace", "race")]
    [InlineData(@"\x72ace", "race")]
    [InlineData(@"\U00000072ace", "race")]
    [InlineData(@"\u{72}ace", "race")]
    [InlineData(@"\162ace", "race")]
    [InlineData(@"\xe7\xa7\x8d", "种")]
    [InlineData(@"a\nb\tc", "a\nb\tc")]
    [InlineData(@"\'\""\\", "'\"\\")]
    public void An_escape_is_resolved(string text, string expected) => Assert.Equal(expected, Escapes.Resolve(text));

    [Theory]
    [InlineData(@"\u72", "u72")]
    [InlineData(@"\uD83D!", "uD83D!")]
    [InlineData(@"\u{72", "u{72")]
    [InlineData(@"\u{}", "u{}")]
    [InlineData(@"\xZZ", "xZZ")]
    [InlineData(@"\q", "q")]
    [InlineData(@"a\", @"a\")]
    public void What_is_no_escape_stays_without_its_backslash(string text, string expected) =>
        Assert.Equal(expected, Escapes.Resolve(text));

    [Fact]
    public void An_escape_of_a_string_of_bytes_is_one_byte() =>
        Assert.Equal([0xE7, 0xA7, 0x8D, (byte)'r', (byte)'\n', (byte)'q'], Escapes.ResolveBytes(@"\xe7\xa7\215\162\n\q"));

    [Fact]
    public void Text_without_a_backslash_stays_as_it_is() =>
        Gen.String.Where(text => !text.Contains('\\')).Sample(text => Escapes.Resolve(text) == text, seed: "0000Kx9Qw2a1", iter: 1000);

    [Fact]
    public void Text_escaped_character_by_character_comes_back() =>
        Gen.String[Gen.Char['\u0020', '\uD7FF'], 0, 20].Sample(
            text => Escapes.Resolve(string.Concat(text.Select(c => $"\\u{(int)c:x4}"))) == text, seed: "0000Kx9Qw2a1", iter: 1000);
}
