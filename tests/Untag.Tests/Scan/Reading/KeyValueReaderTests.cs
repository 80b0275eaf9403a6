using CsCheck;
using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading;

public sealed class KeyValueReaderTests
{
    [Theory]
    [InlineData("a.ini", "race=asian")]
    [InlineData("a.toml", "race = \"asian\"")]
    [InlineData("a.properties", "  race: asian")]
    [InlineData(".env", "race=asian")]
    public void A_line_is_a_key_and_a_value(string path, string text)
    {
        Assert.Equal("race", Assert.Single(Read.Texts(path, text, TokenKind.Key)).Trim());
        Assert.Equal("asian", Assert.Single(Read.Texts(path, text, TokenKind.Value)).Trim(' ', '"'));
    }

    [Theory]
    [InlineData("# race")]
    [InlineData("; race")]
    [InlineData("! race")]
    public void A_comment_is_a_comment(string text) =>
        Assert.Equal([" race"], Read.Texts("a.ini", text, TokenKind.Comment));

    [Fact]
    public void A_line_without_a_sign_is_a_value() =>
        Assert.Equal(["[race]", "msgid"], Read.Texts("a.ini", "[race]\nmsgid", TokenKind.Value));

    [Fact]
    public void An_empty_line_ends_a_group()
    {
        var group = Read.Tokens("a.ini", "a=\nb=\n\nc=").ToDictionary(token => token.Text.ToString(), token => token.Group);
        Assert.Equal(group["a"], group["b"]);
        Assert.NotEqual(group["a"], group["c"]);
    }

    [Theory]
    [InlineData("a.po", PassageKind.Interface)]
    [InlineData("a.strings", PassageKind.Interface)]
    [InlineData("a.ini", PassageKind.Structure)]
    public void Translations_are_what_people_see(string path, PassageKind kind) =>
        Assert.Equal(kind, Assert.Single(Read.File(path, "msgid \"race\"").Passages).Kind);

    [Fact]
    public void In_any_text_tokens_stand_in_order_at_their_line_and_column() =>
        Gen.OneOf("race", "é族", "=", ":", "#", ";", "-", "[", " ", "\t", "\n", "\r\n", "\r").Array[0, 30]
            .Select(string.Concat).Sample(
                text =>
                {
                    var passage = Assert.Single(Read.File("a.ini", text).Passages);
                    Assert.Null(Read.Misplaced(text, passage.Tokens));
                    Assert.True(Read.IsInReadingOrder(passage));
                },
                seed: "0000Kx9Qw2a1", iter: 2000);
}
