using Untag.Policy;
using Untag.Scan.Judging;
using Untag.Scan.Matching;

namespace Untag.Scan;

/// <summary>A policy made ready for reading: built once a scan, shared by all workers.</summary>
internal sealed class Lexicon
{
    public Lexicon(TagPolicy policy, TraitScope traits)
    {
        Policy = policy;
        var forbidden = policy.Traits.Where(trait => trait.Status == TraitStatus.Forbidden).Select(trait => trait.Id).ToHashSet(StringComparer.Ordinal);
        List<Term> terms = [.. policy.Terms.Where(term => IsInScope(term, policy, traits, forbidden))];
        Prefilter = Prefilter.Of(terms, policy);
        var words = policy.Contexts.SelectMany(context => context.Words).ToList();
        Tags = new TermMatcher(terms.Concat(words.Where(word => Measurement.IsSaidBy(word.Owner))));
        Matcher = new TermMatcher(terms.Concat(words));
        Codes = new GroupCodes(policy);
        Candidates = new CandidateFinder(policy, traits);
    }

    // Ages and genders stand in every file about faces: unless they are asked for, they must not make it be read.
    private static bool IsInScope(Term term, TagPolicy policy, TraitScope traits, HashSet<string> forbidden)
    {
        if (term.Sense == Sense.Vendor || traits == TraitScope.Sensitive)
            return true;
        var trait = term.Sense == Sense.Identifier ? policy.Identifiers[term.Owner].Trait : term.Owner;
        return forbidden.Contains(trait);
    }

    public TagPolicy Policy { get; }

    public Prefilter Prefilter { get; }

    /// <summary>Finds the terms that may be tags, and the words of a measurement.</summary>
    public TermMatcher Tags { get; }

    /// <summary>Finds the words of all contexts, too.</summary>
    public TermMatcher Matcher { get; }

    public GroupCodes Codes { get; }

    public CandidateFinder Candidates { get; }
}
