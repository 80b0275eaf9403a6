using System.Text;
using CsCheck;
using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Judging;
using Untag.Scan.Matching;
using Untag.Scan.Reading;
using Untag.Tests.Scan.Judging;

namespace Untag.Tests.Scan.Matching;

/// <summary>The prefilter only saves time: a file in which the judgement would find a candidate is always read.</summary>
public sealed class NothingIsLostTests
{
    private static readonly TagPolicy Policy = TagPolicy.Default;
    private static readonly Lexicon Lexicon = new(Policy, TraitScope.Forbidden);

    private static readonly string[] Words =
        [.. Policy.Terms.Concat(Policy.Contexts.SelectMany(context => context.Words)).Select(term => term.Text.TrimEnd('*')).Distinct()];

    // Words that mean a group only in company are the ones that a search is tempted to pass over.
    private static readonly string[] Ambiguous =
        [.. Policy.Terms.Where(term => term.Sense == Sense.GroupAmbiguous).Select(term => term.Text.TrimEnd('*')).Distinct()];

    private static readonly string[] Company =
        [.. Policy.Contexts.Where(context => context.Id is "person" or "prediction" or "watchlist" or "prompt" or "person-vision")
            .SelectMany(context => context.Words).Select(term => term.Text.TrimEnd('*')).Distinct()];

    private static readonly string[] Joints = [" ", "_", "-", "", ", ", "\": \"", "\n", " of a ", " = "];

    private static readonly string[] Paths = ["a.py", "a.json", "a.yaml", "a.sql", "a.md", "a.txt", "a.h", "a.csv"];

    public static TheoryData<string, int, string> SpecifiedCases
    {
        get
        {
            var cases = new TheoryData<string, int, string>();
            foreach (var row in ShapesTests.Shapes)
                cases.Add(row.Data.Item2, row.Data.Item3, row.Data.Item4);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(SpecifiedCases))]
    public void A_specified_shape_is_read(string path, int line, string text)
    {
        Assert.True(line >= 0);
        Assert.True(IsRead(path, text), $"{path} is not read");
    }

    [Fact]
    public void What_holds_a_candidate_is_read() =>
        Gen.Select(AnyOf(Paths), AnyOf(Words).Array[1, 4], AnyOf(Joints).Array[4])
            .Sample(AssertReadWithCandidate, seed: "0000Kx9Qw2a1", iter: 20_000);

    [Fact]
    public void A_word_that_means_a_group_only_in_company_is_read_in_that_company() =>
        Gen.Select(
                AnyOf(Paths),
                Gen.Select(AnyOf(Ambiguous), AnyOf(Company).Array[1, 3], (group, company) => (string[])[group, .. company]),
                AnyOf(Joints).Array[4])
            .Sample(AssertReadWithCandidate, seed: "0000Kx9Qw2a1", iter: 40_000);

    [Fact]
    public void A_people_is_read_however_far_the_other_attributes_of_a_face_stand_in_its_object()
    {
        var points = string.Concat(Enumerable.Range(0, 40).Select(i => $" \"point_{i}\": [{i}, {i}],\n"));
        foreach (var group in Ambiguous)
            AssertReadWithCandidate("a.json", $"{{\n \"age\": 31,\n \"gender\": \"f\",\n{points} \"{group}\": 0.2\n}}");
    }

    private static Gen<string> AnyOf(string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static void AssertReadWithCandidate(string path, string[] words, string[] joints)
    {
        AssertReadWithCandidate(path, "x = \"" + string.Concat(words.Select((word, i) => word + joints[i])) + "\"\n");
    }

    private static void AssertReadWithCandidate(string path, string text)
    {
        var candidate = FirstCandidate(path, text);
        Assert.True(
            candidate is null || IsRead(path, text), $"{path} holds `{candidate?.Match}` ({candidate?.Shape}) and is not read: {text}");
    }

    private static bool IsRead(string path, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new Search(Lexicon.Prefilter, Lexicon.Matcher).Find(bytes, new bool[Lexicon.Prefilter.Marks.Count])
            || Lexicon.Codes.MayStandIn(path, bytes);
    }

    private static Candidate? FirstCandidate(string path, string text)
    {
        var scratch = new TermMatcher.Scratch();
        var read = Readers.Read(path, Encoding.UTF8.GetBytes(text));
        var passages = read.Passages.Select(passage => PassageTerms.Read(passage, Lexicon, scratch)).ToList();
        return Lexicon.Candidates.Find(path, passages, new FileFacts(passages)).FirstOrDefault();
    }
}
