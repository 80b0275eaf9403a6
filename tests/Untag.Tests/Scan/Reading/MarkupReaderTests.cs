using CsCheck;
using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading;

public sealed class MarkupReaderTests
{
    [Fact]
    public void Elements_and_attributes_are_keys_and_their_contents_values()
    {
        const string Text = "<face race=\"asian\" age='2' checked>a text</face>";
        Assert.Equal(["face", "race", "age", "checked"], Read.Texts("a.xml", Text, TokenKind.Key));
        Assert.Equal(["asian", "2", "a text"], Read.Texts("a.xml", Text, TokenKind.Value));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Every_part_stands_at_its_line_and_column(string end)
    {
        var text = string.Join(end, "<?xml version='1.0'?>", "<a", "  b='c'>one", "two</a>", "<!-- three", "four -->");
        Assert.Equal((3, 3), Read.PlaceOf("a.xml", text, "b"));
        Assert.Equal((3, 6), Read.PlaceOf("a.xml", text, "c"));
        Assert.Equal((4, 1), Read.PlaceOf("a.xml", text, "two"));
        Assert.Equal((6, 1), Read.PlaceOf("a.xml", text, "four"));
        Assert.Null(Read.Misplaced(text, Read.Tokens("a.xml", text)));
    }

    [Fact]
    public void A_comment_is_a_comment() =>
        Assert.Equal([" race "], Read.Texts("a.html", "<p><!-- race --></p>", TokenKind.Comment));

    [Theory]
    [InlineData("<p>r&#97;ce</p>")]
    [InlineData("<p>r&#x61;ce</p>")]
    [InlineData("<p title=\"r&#97;ce\">")]
    [InlineData("<p><![CDATA[race]]></p>")]
    public void References_to_characters_are_resolved(string text) =>
        Assert.Contains("race", Read.Texts("a.html", text, TokenKind.Value));

    [Fact]
    public void An_entity_is_not_expanded_so_that_nothing_grows()
    {
        var entities = Enumerable.Range(1, 20).Select(
            n => $"<!ENTITY lol{n} '{string.Concat(Enumerable.Repeat($"&lol{n - 1};", 10))}'>");
        var text = "<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY lol0 'race'>"
            + string.Concat(entities) + "]><lolz>&lol20;</lolz>";
        Assert.InRange(Read.Tokens("a.xml", text).Sum(token => token.Text.Length), 1, text.Length);
        Assert.Contains("&lol20;", Read.Texts("a.xml", text, TokenKind.Value));
    }

    [Theory]
    [InlineData("a.xml", "<!DOCTYPE a [<!ATTLIST face race CDATA #IMPLIED>]><a/>")]
    [InlineData("a.qml", "for (i = 0; i < 9; i++) { property string race }")]
    [InlineData("a.jsp", "<p><%= face.race %></p>")]
    [InlineData("a.xml", "<a><?php echo $race ?></a>")]
    [InlineData("a.html", "<p race")]
    [InlineData("a.html", "<p title=\"race")]
    [InlineData("a.html", "<!-- race")]
    [InlineData("a.html", "< race")]
    public void Nothing_between_signs_is_passed_over(string path, string text) =>
        Assert.Contains(Read.Tokens(path, text), token => token.Text.Span.Contains("race", StringComparison.Ordinal));

    [Fact]
    public void A_script_is_read_as_code_where_it_stands()
    {
        const string Text = "<p>a</p><script>var race = 'x';\nvar b;</script><p>after</p>";
        var script = Read.File("a.html", Text).Passages[1];
        Assert.Equal((PassageKind.Code, "javascript"), (script.Kind, script.Language));
        Assert.Equal((1, 21), Read.PlaceOf("a.html", Text, "race"));
        Assert.Equal((2, 5), Read.PlaceOf("a.html", Text, "b"));
        Assert.Equal((2, 19), Read.PlaceOf("a.html", Text, "after"));
    }

    [Fact]
    public void A_style_is_passed_over() =>
        Assert.DoesNotContain("white", Read.Texts("a.html", "<style>a { color: white }</style>", TokenKind.Value));

    [Fact]
    public void Children_of_an_element_stand_side_by_side()
    {
        var group = Read.Tokens("a.html", "<a><b>one</b><c/><d>two<br>three</d></a>")
            .ToDictionary(token => token.Text.ToString(), token => token.Group);
        Assert.NotEqual(group["one"], group["two"]);
        Assert.Equal(group["two"], group["three"]);
    }

    // `source` is never closed in HTML, and holds a text in translations.
    [Fact]
    public void In_XML_every_element_is_closed()
    {
        var tokens = Read.Tokens("a.xml", "<a><source>one</source><b>two</b></a>");
        Assert.NotEqual(tokens[0].Group, Assert.Single(tokens, token => token.Text.Span is "one").Group);
    }

    [Theory]
    [InlineData("a.html", PassageKind.Interface)]
    [InlineData("a.xml", PassageKind.Structure)]
    public void What_people_see_is_an_interface(string path, PassageKind kind) =>
        Assert.Equal(kind, Read.File(path, "<a>race</a>").Passages[0].Kind);

    [Fact]
    public void In_any_markup_tokens_stand_in_order_at_their_line_and_column()
    {
        var piece = Gen.OneOf(
            "<", ">", "/>", "</a>", "<a ", "race", "é族", "=", "\"", "'", "<!--", "-->", "<![CDATA[", "]]>", "<script>",
            "</script>", "<style>", "</style", "<!", "<?", "?>", "<%", "%>", "<?xml", " ", "\n", "\r\n", "\r", "`", "//");
        piece.Array[0, 40].Select(string.Concat).Sample(
            text =>
            {
                foreach (var passage in Read.File("a.html", text).Passages)
                {
                    Assert.Null(Read.Misplaced(text, passage.Tokens));
                    Assert.True(Read.IsInReadingOrder(passage));
                }
            },
            seed: "0000Kx9Qw2a1", iter: 3000);
    }
}
