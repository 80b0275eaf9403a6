using System.Text;
using CsCheck;
using Untag.Policy;
using Untag.Scan.Matching;

namespace Untag.Tests.Scan.Matching;

public sealed class PrefilterTests
{
    private static readonly TagPolicy Policy = TagPolicy.Default;
    private static readonly Prefilter Prefilter = Prefilter.Of(Policy.Terms, Policy);
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
                var missed = FirstMet(text) is { } met && !Passes(text) ? met : null;
                Assert.True(missed is null, $"`{missed?.Text}` is met in `{text}` and does not pass");
            },
            seed: "0000Kx9Qw2a1", iter: 20_000);
    }

    /// <summary>Whatever is done to the letters: what the matcher would meet, the prefilter lets through.</summary>
    [Fact]
    public void Every_disguised_term_that_the_matcher_meets_passes_the_prefilter()
    {
        var filler = Gen.String[Gen.Char["aer_ ,.x9é族п\u200B\\&%#4;u\n\0"], 0, 30];
        var ways = Gen.Int[0, Disguises.All.Length - 1].Array[3, 12];
        Gen.Select(Gen.Int[0, Triggers.Count - 1], Gen.Int[0, Spellings.Length - 1], ways, filler, filler).Sample(
            (term, spelling, disguises, before, after) =>
            {
                var plain = Spellings[spelling](Triggers.ElementAt(term).Text.TrimEnd('*'));
                // An escaped blank is no disguise by itself, or every address would be one; the matcher reads it only near one.
                var word = string.Concat(plain.Select((c, i) => c == ' ' ? " " : Disguises.All[disguises[i % disguises.Length]](c)));
                var text = before + word + after;
                var missed = FirstMet(text) is { } met && !Passes(text) ? met : null;
                Assert.True(missed is null, $"`{missed?.Text}` is met in `{text}` and does not pass");
            },
            seed: "0000Kx9Qw2a1", iter: 40_000);
    }

    [Fact]
    public void A_disguised_term_in_a_large_file_passes_wherever_it_stands()
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("plain text of ordinary lines\n", 6000)));
        var word = Encoding.UTF8.GetBytes("\n\U0001D5CB\U0001D5BA\U0001D5BC\U0001D5BE\n");
        var search = new Search(Prefilter, Matcher);
        Assert.False(search.Find(bytes, Marks()));
        for (var at = 0; at + word.Length < bytes.Length; at += 1021)
        {
            byte[] disguised = [.. bytes];
            word.CopyTo(disguised, at);
            Assert.True(search.Find(disguised, Marks()), $"at byte {at}");
        }
    }

    [Theory]
    [InlineData("the trace of an embrace")]
    [InlineData("nothing here at all")]
    [InlineData("")]
    [InlineData("ra")]
    [InlineData("tr\u0430ce and gr\u00E0ce")]
    [InlineData("printf(\"%4d%%\", 72); // \\d+ \\x41 &#65; 50%")]
    public void Bytes_without_any_term_do_not_pass(string text) =>
        Assert.False(Passes(text));

    /// <summary>Weights and pictures: `race` stands in them by chance now and then, the three letters of a people often.
    /// </summary>
    [Fact]
    public void Random_bytes_hardly_ever_pass()
    {
        var random = new Random(20261129);
        var noise = new byte[1 << 20];
        var search = new Search(Prefilter, Matcher);
        var passed = 0;
        for (var i = 0; i < 64; i++)
        {
            random.NextBytes(noise);
            passed += search.Find(noise, Marks()) ? 1 : 0;
        }

        Assert.InRange(passed, 0, 6);
    }

    [Theory]
    [InlineData("import insightface")]
    [InlineData("class FaceRecognition:")]
    [InlineData("def face_detection():")]
    [InlineData("// 人脸识别")]
    public void Marks_of_the_product_are_counted_without_any_term(string text)
    {
        var marks = Marks();
        new Search(Prefilter, Matcher).Find(Encoding.UTF8.GetBytes(text), marks);
        Assert.Contains(
            Prefilter.Marks.Zip(marks), pair => pair.Second && pair.First.Context == "person-vision");
    }

    // A search has buffers of its own, and samples are drawn by several threads.
    private static bool Passes(string text) =>
        new Search(Prefilter, Matcher).Find(Encoding.UTF8.GetBytes(text), Marks());

    private static bool[] Marks() => new bool[Prefilter.Marks.Count];

    private static Term? FirstMet(string text)
    {
        var hits = new List<TermHit>();
        Matcher.Find(text, new TermMatcher.Scratch(), hits);
        return hits.Find(hit => Triggers.Contains(hit.Term)).Term;
    }
}
