using System.Text;
using Untag.Policy;

namespace Untag.Scan;

/// <summary>What the first pass over a file's bytes looks for, so that anyone can put the same list into another tool.</summary>
public static class SearchTerms
{
    /// <summary>The literals of a policy, each once, in ordinal order: a word of every term, and the marks that tell what
    /// a product is about. Compare without regard to the case of ASCII.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="traits">Which traits' terms.</param>
    public static IReadOnlyList<string> Of(TagPolicy policy, TraitScope traits) =>
        [.. new Lexicon(policy, traits).Prefilter.Literals.Select(literal => Encoding.UTF8.GetString(literal.Bytes))
            .Distinct().Order(StringComparer.Ordinal)];
}
