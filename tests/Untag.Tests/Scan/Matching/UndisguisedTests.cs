using CsCheck;
using Untag.Scan.Matching;

namespace Untag.Tests.Scan.Matching;

public sealed class UndisguisedTests
{
    [Theory]
    [InlineData("r\u0430ce", "race")]
    [InlineData("r\u0430c\u0435Idx", "raceIdx")]
    [InlineData("\u0433\u0430\u0441\u0435", "race")]
    [InlineData("ra\u200Bce", "race")]
    [InlineData("ra\u202Ece\u202C", "race")]
    [InlineData("r\u0336a\u0336c\u0336e\u0336", "race")]
    [InlineData("re\u0301gion", "region")]
    [InlineData("\uFF52\uFF41\uFF43\uFF45", "race")]
    [InlineData("\U0001D5CB\U0001D5BA\U0001D5BC\U0001D5BE", "race")]
    [InlineData("\u24E1\u24D0\u24D2\u24D4", "race")]
    [InlineData("\u02B3\u1D43\u1D9C\u1D49", "race")]
    [InlineData("\u0280\u1D00\u1D04\u1D07", "race")]
    [InlineData("\uFB01nal", "final")]
    [InlineData("\\u0072ace", "race")]
    [InlineData("&#114;&#x61;ce", "race")]
    [InlineData("\\u79cd\\u65cf", "种族")]
    [InlineData("\u2F08种", "人种")]
    [InlineData("\uFF8B\uFF84", "ヒト")]
    [InlineData("\u1112\u1161\u11AB국", "한국")]
    public void A_text_is_read_as_it_looks(string text, string expected)
    {
        var seen = new Undisguised();
        Assert.True(Undisguised.MayHide(text));
        seen.Read(text);
        seen.Spell(SpeltIn.Latin);
        Assert.Equal(expected, seen.Text.ToString());
    }

    [Fact]
    public void A_Cyrillic_word_with_Latin_letters_in_it_is_read_as_Cyrillic()
    {
        var seen = new Undisguised();
        seen.Read("pаca");
        Assert.True(seen.Spell(SpeltIn.Cyrillic)); // p, c and the last a are Latin
        Assert.Equal("раса", seen.Text.ToString());
    }

    [Theory]
    [InlineData("plain ASCII")]
    [InlineData("рассказ о человеке")]
    [InlineData("人种 とか 인종")]
    [InlineData("naïve café")]
    [InlineData("نژاد")]
    [InlineData("μm and αβγ")]
    public void An_honest_text_stays_as_it_is(string text)
    {
        var seen = new Undisguised();
        seen.Read(text);
        seen.Spell(SpeltIn.Latin);
        Assert.Equal(Folded(text), Folded(seen.Text));
        Assert.False(seen.Spell(SpeltIn.Cyrillic));
    }

    [Fact]
    public void Each_character_knows_where_it_was_written()
    {
        var seen = new Undisguised();
        seen.Read("x \\u0072a\u200Bc\u0301e!");
        seen.Spell(SpeltIn.Latin);
        Assert.Equal("x race!", seen.Text.ToString());
        Assert.Equal((2, 11), seen.OriginOf(2, 4));
    }

    [Fact]
    public void Any_text_is_read_and_every_origin_lies_in_it() =>
        Gen.String[0, 60].Sample(
            text =>
            {
                var seen = new Undisguised();
                seen.Read(text);
                seen.Spell(SpeltIn.Latin);
                for (var i = 0; i < seen.Text.Length; i++)
                {
                    var (start, length) = seen.OriginOf(i, 1);
                    Assert.True(start >= 0 && length > 0 && start + length <= text.Length);
                }
            },
            seed: "0000Kx9Qw2a1", iter: 5000);

    private static string Folded(ReadOnlySpan<char> text)
    {
        var folded = new char[text.Length];
        Folding.Fold(text, folded);
        return new string(folded);
    }

    /// <summary>Of a long text only the stretch around a disguise is read twice; where that stretch begins, no word is
    /// cut.</summary>
    [Fact]
    public void A_disguised_term_in_a_long_text_is_met_where_it_stands_and_nothing_else()
    {
        var policy = Untag.Policy.TagPolicy.Default;
        var matcher = new TermMatcher(policy.Terms.Where(term => term.Text is "ethnicity" or "race"));
        const string Word = "\\u0065thnicity";
        for (var at = 0; at < 1200; at++)
        {
            var before = string.Concat(Enumerable.Repeat("embrace ", 200))[..at] + " ";
            var text = before + Word + string.Concat(Enumerable.Repeat(" embrace", 1000));
            var hits = new List<TermHit>();
            matcher.Find(text, new TermMatcher.Scratch(), hits);
            var hit = Assert.Single(hits, hit => hit.Term.Text == "ethnicity");
            Assert.Equal((before.Length, Word.Length), (hit.Start, hit.Length));
            Assert.DoesNotContain(hits, hit => hit.Term.Text == "race");
        }
    }
}
