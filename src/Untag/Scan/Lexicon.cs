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
        Prefilter = new Prefilter(policy);
        Matcher = new TermMatcher(policy.Terms.Concat(policy.Contexts.SelectMany(context => context.Words)));
        Candidates = new CandidateFinder(policy, traits);
    }

    public TagPolicy Policy { get; }

    public Prefilter Prefilter { get; }

    public TermMatcher Matcher { get; }

    public CandidateFinder Candidates { get; }
}
