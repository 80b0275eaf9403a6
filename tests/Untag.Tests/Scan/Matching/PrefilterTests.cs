using System.Text;
using CsCheck;
using Untag.Policy;
using Untag.Scan.Matching;

namespace Untag.Tests.Scan.Matching;

public sealed class PrefilterTests
{
    private static readonly TagPolicy Policy = TagPolicy.Default;
    private static readonly Prefilter Prefilter = new(Policy.Terms, Policy);
    private static readonly TermMatcher Matcher = new(Policy.Terms);

    private static readonly HashSet<Term> Triggers =
        [.. Policy.Terms.Where(term => term.Sense is Sense.NameExact or Sense.NameAmbiguous or Sense.NameSoftened
            or Sense.GroupExact or Sense.Identifier && Encoding.UTF8.GetByteCount(term.Text.TrimEnd('*')) >= 3)];

    private static readonly Func<string, string>[] Spellings =
    [
        text => text,
        text => text.ToUpperInvariant(),
        text => text.Replace(' ', '_'),
        text => text.Replace(' ', '-'),
        text => text.Replace(" ", "", StringComparison.Ordinal),
    ];

    [Fact]
    public void Every_term_of_the_policy_that_the_matcher_meets_passes_the_prefilter()
    {
        var filler = Gen.String[Gen.Char["aer_ ,.x9é族\n"], 0, 40];
        Gen.Select(Gen.Int[0, Triggers.Count - 1], Gen.Int[0, Spellings.Length - 1], filler, filler).Sample(
            (term, spelling, before, after) =>
            {
                var text = before + " " + Spellings[spelling](Triggers.ElementAt(term).Text.TrimEnd('*')) + " " + after;
                var missed = FirstMet(text) is { } met && !Prefilter.Find(Encoding.UTF8.GetBytes(text), Marks()) ? met : null;
                Assert.True(missed is null, $"`{missed?.Text}` is met in `{text}` and does not pass");
            },
            seed: "0000Kx9Qw2a1", iter: 20_000);
    }

    [Theory]
    [InlineData("the trace of an embrace")]
    [InlineData("nothing here at all")]
    [InlineData("")]
    [InlineData("ra")]
    public void Bytes_without_any_term_do_not_pass(string text) =>
        Assert.False(Prefilter.Find(Encoding.UTF8.GetBytes(text), Marks()));

    [Theory]
    [InlineData("import insightface")]
    [InlineData("class FaceRecognition:")]
    [InlineData("def face_detection():")]
    [InlineData("// 人脸识别")]
    public void Marks_of_the_product_are_counted_without_any_term(string text)
    {
        var marks = Marks();
        Prefilter.Find(Encoding.UTF8.GetBytes(text), marks);
        Assert.Contains(
            Prefilter.Marks.Zip(marks), pair => pair.Second && pair.First.Context == "person-vision");
    }

    private static bool[] Marks() => new bool[Prefilter.Marks.Count];

    private static Term? FirstMet(string text)
    {
        var hits = new List<TermHit>();
        Matcher.Find(text, new TermMatcher.Scratch(), hits);
        return hits.Find(hit => Triggers.Contains(hit.Term)).Term;
    }
}
