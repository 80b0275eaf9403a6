using CsCheck;
using Untag.Policy;
using Untag.Scan.Matching;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Tests.Server.Guard.Replies.Names;

public sealed class CoveredWordsTests
{
    private static readonly string[] Pieces =
        ["is", "the", "race", "asian", "man", "person", "detected", "quux", "3", "2024", "种族", "是", "的", "男性", "生活", "亚洲人", " ", " ", "_", ": ", ", ", "Face", "p"];

    private static readonly TermMatcher Matcher = new(Filtered.Rules.Vocabulary.Terms.Concat(Filtered.Rules.Vocabulary.Words));

    [Theory]
    [InlineData("race is asian", "is")] // too short to say anything
    [InlineData("race 2024 asian", "2024")]
    [InlineData("race person asian", "person")]
    public void What_says_nothing_leaves_nothing(string text, string between) => Assert.True(AreBetween(text, between));

    [Theory]
    [InlineData("race quux asian", "quux")]
    [InlineData("race is asian", "asian")]
    [InlineData("race of quux asian", "of quux")]
    public void Any_other_word_is_left(string text, string between) => Assert.False(AreBetween(text, between));

    [Fact]
    public void Between_two_terms_the_same_is_left_as_of_a_text_that_is_cut_there() =>
        Gen.Int[0, Pieces.Length - 1].Array[1, 10].Sample(
            chosen =>
            {
                var text = string.Concat(chosen.Select(i => Pieces[i]));
                var hits = HitsOf(text);
                var covered = new CoveredWords();
                covered.Read(text, hits, Covers);
                Assert.Equal(IsNothingLeft(text, hits, 0, text.Length), covered.AreAll);
                foreach (var (before, behind) in hits.SelectMany(before => hits.Where(behind => behind.Start >= before.End).Select(behind => (before, behind))))
                    Assert.Equal(IsNothingLeft(text, hits, before.End, behind.Start), covered.AreBetween(before.End, behind.Start));
            },
            seed: "0000Kx9Qw2a1",
            iter: 20_000);

    private static bool AreBetween(string text, string between)
    {
        var covered = new CoveredWords();
        covered.Read(text, HitsOf(text), Covers);
        var start = text.IndexOf(between, StringComparison.Ordinal);
        return covered.AreBetween(start, start + between.Length);
    }

    private static bool Covers(Term term) => term.Sense == Sense.Context;

    private static List<TermHit> HitsOf(string text)
    {
        var hits = new List<TermHit>();
        Matcher.Find(text, new TermMatcher.Scratch(), hits);
        return hits;
    }

    // The words of the piece alone, each asked about every term.
    private static bool IsNothingLeft(string text, List<TermHit> hits, int from, int to)
    {
        var words = new List<Word>();
        Words.Split(text.AsSpan(from, to - from), words);
        return words.TrueForAll(word =>
        {
            var (start, end) = (from + word.Start, from + word.Start + word.Length);
            return (word.Length <= 3 && char.IsAscii(text[start]))
                || text[start..end].All(char.IsAsciiDigit)
                || hits.Exists(hit => Covers(hit.Term) && ((hit.Start <= start && hit.End >= end) || (word.Joined && hit.Start < end && hit.End > start)));
        });
    }
}
