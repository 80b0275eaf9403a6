using System.Text.RegularExpressions;
using Untag.Policy;
using Untag.Tests.Architecture;
using YamlDotNet.RepresentationModel;

namespace Untag.Tests.Policy;

/// <summary>What the files of the policy folder must hold together.</summary>
public sealed partial class PolicyDataTests
{
    private static readonly string[] Languages =
        ["ar", "de", "en", "es", "fa", "fr", "hi", "id", "ja", "ko", "pt", "ru", "tr", "vi", "zh"];

    public static TheoryData<string> TraitFiles =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "policy", "traits")).Select(file => Path.GetFileName(file)!).Order()];

    [Theory]
    [MemberData(nameof(TraitFiles))]
    public void A_trait_is_named_in_every_language_of_the_policy(string file)
    {
        var named = new HashSet<string>();
        foreach (var sense in ((YamlMappingNode)Load(file)["names"]).Children.Values)
        {
            foreach (var language in ((YamlMappingNode)sense).Children.Keys)
                named.Add(((YamlScalarNode)language).Value!);
        }

        Assert.Empty(Languages.Except(named));
    }

    [Fact]
    public void Five_traits_are_forbidden_and_the_others_are_sensitive()
    {
        var forbidden = TagPolicy.Default.Traits.Where(trait => trait.Status == TraitStatus.Forbidden).Select(trait => trait.Id);

        Assert.Equal(["orientation", "politics", "race", "religion", "union"], forbidden.Order());
        Assert.Equal(7, TagPolicy.Default.Traits.Count(trait => trait.Status == TraitStatus.Sensitive));
    }

    [Theory]
    [InlineData("少数民族")]
    [InlineData("少數民族")]
    [InlineData("维吾尔族")]
    [InlineData("維吾爾族")]
    [InlineData("multicultural appearance")]
    public void Terms_of_both_Chinese_scripts_and_softened_names_are_there(string spelling) =>
        Assert.Contains(TagPolicy.Default.Terms, term => term.Text == spelling && term.Owner == "race");

    [Theory]
    [InlineData("c0c0ac362b03416da06ab3fa36fb58e3")]
    [InlineData("ethic code")]
    public void Names_that_say_nothing_are_known_identifiers(string spelling) =>
        Assert.Contains(
            TagPolicy.Default.Terms,
            term => term.Sense == Sense.Identifier && term.Text.Equals(spelling, StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void The_members_of_every_value_set_are_groups_of_its_trait()
    {
        foreach (var trait in TagPolicy.Default.Traits)
        {
            var groups = TagPolicy.Default.Terms.Where(term => term.Owner == trait.Id && term.Group is not null)
                .Select(term => term.Group!).ToHashSet();
            foreach (var set in trait.ValueSets)
                Assert.Empty(set.Members.Except(groups));
        }
    }

    [Fact]
    public void Every_reason_of_the_policy_is_given_by_the_judgement_and_the_other_way_round()
    {
        var source = string.Concat(
            Directory.GetFiles(Path.Combine(Repository.Root, "src", "Untag", "Scan"), "*.cs", SearchOption.AllDirectories)
                .Select(File.ReadAllText));

        Assert.All(TagPolicy.Default.Evidence.Keys, id => Assert.Contains($"\"{id}\"", source, StringComparison.Ordinal));
        Assert.Empty(GivenReason().Matches(source).Select(match => match.Groups[1].Value).Except(TagPolicy.Default.Evidence.Keys));
    }

    [Fact]
    public void A_law_counts_as_verified_only_when_its_text_was_read()
    {
        foreach (var entry in (YamlSequenceNode)Load("../law.yaml")["law"])
        {
            var source = entry["source"];
            Assert.Equal(source["mark"].ToString() == "T", source["verified"].ToString() == "true");
        }
    }

    [Fact]
    public void A_draft_and_a_repealed_law_are_kept_as_what_they_are()
    {
        Assert.Contains(TagPolicy.Default.Law, law => law is { Jurisdiction: "cn", Status: "draft" });
        Assert.Contains(TagPolicy.Default.Law, law => law.Status == "repealed");
    }

    private static YamlMappingNode Load(string file)
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(Path.Combine(Repository.Root, "policy", "traits", file));
        yaml.Load(text);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    [GeneratedRegex("candidate\\.Add\\(\\s*\"([a-z-]+)\"")]
    private static partial Regex GivenReason();
}
