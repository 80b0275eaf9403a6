using Untag.Policy;
using Untag.Scan;
using Untag.Server.Guard.Replies;
using Untag.Server.Guard.Requests;
using Untag.Tests.Scan;

namespace Untag.Tests.Policy;

/// <summary>A product's own policy file: it extends the one in Untag, or takes its place.</summary>
public sealed class OwnPolicyTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("untag-policy-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_term_of_an_own_policy_is_found_beside_those_of_Untag()
    {
        var (policy, errors) = Read("""
            extends: default
            traits:
              - trait: race
                names:
                  exact: {en: [heritage score]}
            """);

        Assert.Empty(errors);
        Assert.Equal("own", policy!.Name);
        Assert.NotEqual(TagPolicy.Default.Digest, policy.Digest);
        Assert.True(policy.Terms.Count > TagPolicy.Default.Terms.Count);
        var report = Scan(policy, ("src/head.py", "face = detect_face(image)\nheritage_score = age_gender_head(face)\n"));
        Assert.Contains(report.Findings, finding => finding.Match == "heritage_score" && finding.Level == Level.Error);
    }

    [Fact]
    public void A_weight_of_an_own_policy_takes_the_place_of_the_known_one()
    {
        var (policy, errors) = Read("""
            extends: default
            evidence:
              - {id: comment, weight: -1, says: "it stands in a comment"}
            """);

        Assert.Empty(errors);
        Assert.Equal(-1, policy!.Evidence["comment"].Weight);
        Assert.Equal(-2, TagPolicy.Default.Evidence["comment"].Weight);
    }

    [Fact]
    public void A_word_of_an_own_policy_is_read_in_requests_beside_those_of_Untag()
    {
        var (policy, errors) = Read("""
            extends: default
            requests:
              - id: asks
                words: {en: [wanted traits]}
            """);

        Assert.Empty(errors);
        var judge = new FieldJudge(new AskingTerms(policy!), new ReplyWords(ReplyRules.Of(policy!)), namesLists: false);
        Assert.NotNull(judge.Judge("the query", "WantedTraits", "race"));
        Assert.NotNull(judge.Judge("the query", "attributes", "age,race"));
        Assert.Null(new FieldJudge(new AskingTerms(TagPolicy.Default), new ReplyWords(ReplyRules.Of(TagPolicy.Default)), namesLists: false).Judge("the query", "WantedTraits", "race"));
    }

    [Fact]
    public void A_word_of_an_own_policy_is_read_in_replies_and_changes_the_digest()
    {
        const string Reply = """{"hamster":1,"race":"gold"}""";
        var (policy, errors) = Read("""
            extends: default
            replies:
              - id: breed
                words: {en: [hamster]}
            """);

        Assert.Empty(errors);
        Assert.NotEqual(TagPolicy.Default.Digest, policy!.Digest);
        Assert.Equal(Reply, Filter(ReplyRules.Of(policy)));
        Assert.Equal("""{"hamster":1}""", Filter(ReplyRules.Of(TagPolicy.Default)));

        static string Filter(ReplyRules rules)
        {
            var filter = new ReplyFilter(rules, ReplyLimits.Default);
            var reply = filter.FilterAsync(
                new ReplyHead { MediaType = "application/json" }, System.Text.Encoding.UTF8.GetBytes(Reply), (_, _) => ValueTask.CompletedTask, TestContext.Current.CancellationToken);
            return System.Text.Encoding.UTF8.GetString(reply.AsTask().GetAwaiter().GetResult().Span);
        }
    }

    [Fact]
    public void An_own_policy_forbids_a_trait_that_Untag_holds_to_be_sensitive()
    {
        var (policy, errors) = Read("""
            extends: default
            traits:
              - {trait: caste, status: forbidden}
            """);

        Assert.Empty(errors);
        Assert.Equal(TraitStatus.Forbidden, policy!.Traits.Single(trait => trait.Id == "caste").Status);
        Assert.Equal(TagPolicy.Default.Terms.Count, policy.Terms.Count);
        Assert.NotEqual(TagPolicy.Default.Digest, policy.Digest);
        var report = Scan(policy, ("src/head.py", "face = detect_face(image)\ncaste_group = caste_group_classifier.predict(face)\n"));
        Assert.Contains(report.Findings, finding => finding.Level == Level.Error);
    }

    [Fact]
    public void A_key_that_stands_twice_is_an_error_with_its_line()
    {
        var (policy, errors) = Read("""
            extends: default
            evidence:
              - {id: comment, weight: -1, weight: -5, says: "it stands in a comment"}
            """);

        Assert.Null(policy);
        Assert.Contains(errors, error => error.Contains(":3: the key `weight` stands here for the second time", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_extends_nothing_of_Untags_own_policy_is_left()
    {
        var (policy, errors) = Read("""
            traits:
              - trait: guild
                title: {en: membership of a guild}
                status: forbidden
                names:
                  exact: {en: [guild member]}
            """);

        Assert.Empty(errors);
        Assert.Equal(["guild"], policy!.Traits.Select(trait => trait.Id));
        var report = Scan(
            policy, ("src/head.py", "face = detect_face(image)\nguild_member = age_gender_head(face)\nrace = face_race(face)\n"));
        Assert.Equal("guild_member", Assert.Single(report.Findings, finding => finding.Level == Level.Error).Match);
    }

    [Theory]
    [InlineData("extends: defualt", "cannot extend `defualt`")]
    [InlineData("extends: default\ntrait: [", "")]
    [InlineData("extends: default\nevidense: []", "did you mean `evidence`?")]
    [InlineData("extends: default\nevidence:\n  - {id: comment, weight: many, says: x}", "expected a whole number")]
    [InlineData("extends: default\ntraits: [{trait: race, status: sensitive}]", "`race` is forbidden by the policy that this one extends")]
    [InlineData("requests:\n  - {id: ask, words: {en: [x]}}", "did you mean `asks`?")]
    [InlineData("requests:\n  - {id: asks, contexts: [persn]}", "the context `persn`")]
    [InlineData("replies:\n  - {id: contests, words: {en: [x]}}", "did you mean `contest`?")]
    [InlineData("replies:\n  - {id: rest, contexts: [persn]}", "the context `persn`")]
    [InlineData("identifiers:\n  - {id: x, match: [x1 field], trait: rcae, kind: api-response, says: x}", "the trait `rcae`")]
    public void What_is_wrong_is_said_with_the_file_and_the_line(string yaml, string said)
    {
        var (policy, errors) = Read(yaml);

        Assert.Null(policy);
        Assert.Contains(errors, error => error.Contains(said, StringComparison.Ordinal));
        Assert.All(errors, error => Assert.Contains("own.yaml", error, StringComparison.Ordinal));
    }

    private (TagPolicy? Policy, IReadOnlyList<string> Errors) Read(string yaml)
    {
        var path = Path.Combine(folder.FullName, "own.yaml");
        File.WriteAllText(path, yaml);
        return TagPolicy.Read(path);
    }

    private static ScanReport Scan(TagPolicy policy, params (string Path, string Text)[] files) =>
        Product.Scan(policy, TraitScope.Forbidden, files);
}
