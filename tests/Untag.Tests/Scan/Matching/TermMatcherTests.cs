using Untag.Policy;
using Untag.Scan.Matching;

namespace Untag.Tests.Scan.Matching;

public sealed class TermMatcherTests
{
    [Theory]
    [InlineData("race", "emRace")]
    [InlineData("race", "RACE_LABELS")]
    [InlineData("ethnic group", "ethnicGroup")]
    [InlineData("ethnic group", "ETHNIC-GROUP")]
    [InlineData("ethnic group", "ethnicgroup")]
    [InlineData("ethnic group", "their ethnic group is")]
    [InlineData("origen étnico", "origen_etnico")]
    [InlineData("origen étnico", "Origen Étnico")]
    [InlineData("этнич*", "этническая группа")]
    [InlineData("民族", "用户民族信息")]
    [InlineData("race", "ｒａｃｅ")]
    [InlineData("fairface", "FairFace")]
    [InlineData("fairface", "new FairFaceModel()")]
    [InlineData("utkface", "UTKFace")]
    public void A_term_is_met_in_every_spelling_of_its_words(string term, string text) =>
        Assert.Single(Find(text, new Term(term, Sense.NameExact, "race")));

    [Theory]
    [InlineData("race", "trace")]
    [InlineData("race", "embrace the brace")]
    [InlineData("race", "racer")]
    [InlineData("ethnic group", "ethnic, group")]
    [InlineData("ethnic group", "ethnic: group")]
    [InlineData("этнич*", "политическая")]
    public void A_term_is_not_met_inside_other_words(string term, string text) =>
        Assert.Empty(Find(text, new Term(term, Sense.NameExact, "race")));

    [Theory]
    [InlineData("a race condition in the queue")]
    [InlineData("hasRaceCondition")]
    [InlineData("RACE_CONDITION")]
    public void An_innocent_collocation_cancels_the_name_inside_it(string text) =>
        Assert.Empty(Find(
            text,
            new Term("race", Sense.NameAmbiguous, "race"),
            new Term("race condition", Sense.Innocent, "race")));

    [Fact]
    public void An_innocent_collocation_of_one_trait_leaves_the_other_traits_alone() =>
        Assert.Single(Find(
            "party union",
            new Term("union", Sense.NameAmbiguous, "union"),
            new Term("party union", Sense.Innocent, "politics")));

    [Fact]
    public void Of_two_names_at_one_place_the_longer_is_met()
    {
        var hit = Assert.Single(Find(
            "dominant_race",
            new Term("race", Sense.NameAmbiguous, "race"),
            new Term("dominant race", Sense.NameExact, "race")));
        Assert.Equal(Sense.NameExact, hit.Term.Sense);
    }

    [Fact]
    public void A_name_outside_of_the_collocation_on_the_same_line_is_met() =>
        Assert.Single(Find(
            "race condition while reading face.race",
            new Term("race", Sense.NameAmbiguous, "race"),
            new Term("race condition", Sense.Innocent, "race")));

    private static List<TermHit> Find(string text, params Term[] terms)
    {
        var hits = new List<TermHit>();
        new TermMatcher(terms).Find(text, new TermMatcher.Scratch(), hits);
        return hits;
    }
}
