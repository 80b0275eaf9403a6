using System.Text;
using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Matching;

namespace Untag.Tests.Scan.Matching;

/// <summary>Disguised words, through the matcher and through the whole scan.</summary>
public sealed class DisguisesTests
{
    private static readonly TermMatcher Matcher = new(TagPolicy.Default.Terms);

    public static TheoryData<int> Ways => [.. Enumerable.Range(0, Disguises.All.Length)];

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_word_disguised_in_this_way_is_met_where_it_stands(int way)
    {
        var word = string.Concat("ethnicity".Select(Disguises.All[way]));
        var hits = new List<TermHit>();
        Matcher.Find($"the {word} here", new TermMatcher.Scratch(), hits);
        var hit = Assert.Single(hits, hit => hit.Term.Text == "ethnicity");
        Assert.InRange(hit.Start, 4, 5); // an unseen character before the word belongs to nobody
        Assert.InRange(hit.End, 4 + word.Length - 2, 4 + word.Length);
    }

    [Theory]
    [InlineData("PACA is a region", "раса")]
    [InlineData("paca", "раса")]
    [InlineData("tr\u0430ce", "race")]
    [InlineData("%72acer", "race")]
    public void What_only_looks_like_another_word_is_not_met(string text, string term)
    {
        var hits = new List<TermHit>();
        Matcher.Find(text, new TermMatcher.Scratch(), hits);
        Assert.DoesNotContain(hits, hit => hit.Term.Text == term);
    }

    public static TheoryData<string, string> Files => new()
    {
        { "src/a.py", "def predict_f\u0430ce(img):\n    r\u0430ce = model(img)  # face race\n    return {'ethni\u200Bcity': r\u0430ce}\n" },
        { "src/a.js", "const \\u0065thnicity = predictEthnicity(face); face.ethnicit\\u0079 = 1;\n" },
        { "src/A.java", "class Face { String \\u0065thnicity; int eth\\u006eicityScore; }\n" },
        { "src/a.c", "const char *face_label = \"\\145thnicity\"; /* face attribute */\n" },
        { "src/labels.json", "{\"face\": {\"\\u79cd\\u65cf\": [\"\\u9ec4\\u79cd\\u4eba\", \"\\u767d\\u79cd\\u4eba\", \"\\u9ed1\\u79cd\\u4eba\"]}}" },
        { "src/page.html", "<label>face &#101;thnicity</label><a href=\"/face?attributes=age,%65thnicity,gender\">face</a>" },
        { "src/b.py", "\U0001D5BE\U0001D5CD\U0001D5C1\U0001D5C7\U0001D5C2\U0001D5BC\U0001D5C2\U0001D5CD\U0001D5D2 = predict(face)\n" },
        { "strings.properties", "face.label=\\u79cd\\u65cf\nface.values=\\u9ec4\\u79cd\\u4eba\n" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_disguised_tag_is_an_error_as_a_plain_one_is(string path, string text)
    {
        var report = Product.Scan((path, text), Product.FaceService);
        Assert.True(
            report.Findings.Any(finding => finding.Path == path && finding.Level == Level.Error), Product.Describe(report));
    }

    [Fact]
    public void A_page_of_clean_ASCII_is_not_looked_at_twice() =>
        Assert.False(Undisguised.MayHide("for (i = 0; i < 100; i++) printf(\"%d%%\\n\", x & y);"));

    [Fact]
    public void Long_text_of_disguises_is_read_in_good_time()
    {
        var search = new Search(Prefilter.Of(TagPolicy.Default.Terms, TagPolicy.Default), Matcher);
        foreach (var piece in (string[])["\u0430b", "\\u0072", "&#114;", "r\u0301\u0301\u0301", "\u200B", "%E7%A7%8D", "\\", "&", "%"])
        {
            var text = string.Concat(Enumerable.Repeat(piece, 40_000));
            var watch = System.Diagnostics.Stopwatch.StartNew();
            Matcher.Find(text, new TermMatcher.Scratch(), []);
            search.Find(Encoding.UTF8.GetBytes(text), new bool[4096]);
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{piece}: {watch.Elapsed}");
        }
    }
}
