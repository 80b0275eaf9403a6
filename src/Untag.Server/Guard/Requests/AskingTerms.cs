using System.Collections.Frozen;
using Untag.Policy;
using Untag.Scan.Matching;

namespace Untag.Server.Guard.Requests;

/// <summary>Tells what words of a request mean, by the terms of the policy. Words are compared as the scan compares them: whatever the
/// case, the separators, the width or the look of their letters.</summary>
internal sealed class AskingTerms
{
    // Parameters that hold a list of what is asked for, whoever the vendor is.
    private static readonly string[] ListWords =
    [
        "attribute", "attributes", "action", "actions", "feature", "features", "field", "fields", "model", "models", "output", "outputs",
        "plugin", "plugins", "option", "options", "flags", "include", "return", "select", "estimate", "analysis", "analyze", "detect", "tasks",
    ];

    private const int PromptWords = 3;

    private static readonly char[] ListSeparators = [',', ';', '|', '&', '\n'];

    // Whom a prompt speaks of when it asks for a race that is not run.
    private static readonly string[] PersonWords =
    [
        "person", "persons", "people", "face", "faces", "man", "men", "woman", "women", "child", "children", "boy", "girl", "he", "she", "his",
        "her", "their", "individual", "individuals", "subject", "customer", "human", "someone", "somebody",
    ];

    [ThreadStatic]
    private static TermMatcher.Scratch? scratch;

    private readonly TermMatcher matcher;
    private readonly FrozenSet<string> lists;
    private readonly FrozenDictionary<string, IReadOnlyList<VisionVendor>> vendors;

    public AskingTerms(TagPolicy policy)
    {
        var forbidden = policy.Traits.Where(trait => trait.Status == TraitStatus.Forbidden).Select(trait => trait.Id).ToHashSet(StringComparer.Ordinal);
        matcher = new TermMatcher(policy.Terms.Where(term => forbidden.Contains(
            term.Sense == Sense.Identifier ? policy.Identifiers[term.Owner].Trait : term.Owner)));
        lists = policy.Vendors.Values.SelectMany(vendor => vendor.RequestParameters).Select(Folded).ToFrozenSet(StringComparer.Ordinal);
        vendors = policy.Vendors.Values.Where(vendor => vendor.Trait is { } trait && forbidden.Contains(trait))
            .SelectMany(vendor => vendor.RequestParameters.Select(parameter => (Name: parameter, vendor)))
            .GroupBy(pair => pair.Name, pair => pair.vendor)
            .ToFrozenDictionary(group => group.Key, group => (IReadOnlyList<VisionVendor>)[.. group], StringComparer.Ordinal);
    }

    /// <summary>True when a text names a trait by a word that means nothing else, such as <c>ethnicity</c>, or by an identifier.</summary>
    public bool NameTrait(string? text) => text is { Length: > 0 } && Read(text).Any(hit => hit.Term.Sense is Sense.NameExact or Sense.Identifier);

    /// <summary>True when a text, as a whole, names a trait, such as <c>race</c>.</summary>
    public bool IsName(string text) => Read(text).Any(hit => hit.Term.Sense.IsName() && IsWhole(text, hit));

    /// <summary>True when a text of several words asks for a trait: by a word that means nothing else, or by one that does not while a
    /// person is spoken of. Best effort: words can say a thing in any number of ways.</summary>
    public bool IsPrompt(string text) =>
        IsSentence(text)
        && (NameTrait(text)
            || (Read(text).Any(hit => hit.Term.Sense.IsName()) && Words(text).Exists(word => PersonWords.Contains(word, StringComparer.Ordinal))));

    /// <summary>True when a text names people by group, in a word that can mean something else too.</summary>
    public bool MayNameGroup(string text) => Read(text).Any(hit => hit.Term.Sense is Sense.GroupExact or Sense.GroupAmbiguous);

    /// <summary>True when a text names people by group in a word that means nothing else, such as <c>uyghurs</c>.</summary>
    public bool NameGroup(string text) => Read(text).Any(hit => hit.Term.Sense == Sense.GroupExact);

    /// <summary>True when a text holds a known identifier, such as the number of a model.</summary>
    public bool IsIdentifier(string text) => Read(text).Any(hit => hit.Term.Sense == Sense.Identifier);

    /// <summary>True for a parameter whose value lists what is asked for.</summary>
    public bool IsList(string parameter) => lists.Contains(Folded(parameter)) || Words(parameter).Exists(word => ListWords.Contains(word, StringComparer.Ordinal));

    /// <summary>True when a vendor's parameter has a value by which that vendor is asked for the trait, such as <c>all</c>. The parameter is
    /// spelt as that vendor spells it: another's <c>Attributes</c> is not this one's <c>attributes</c>.</summary>
    public bool AsksVendor(string parameter, string value) =>
        vendors.TryGetValue(parameter, out var known) && known.Any(vendor => vendor.Asks.Contains(value, StringComparer.OrdinalIgnoreCase));

    /// <summary>The words of a name, folded: <c>returnAttributes</c> gives <c>return</c> and <c>attributes</c>.</summary>
    public static List<string> Words(string name)
    {
        var places = new List<Word>();
        Untag.Scan.Matching.Words.Split(name, places);
        return [.. places.Select(place => Folded(name.Substring(place.Start, place.Length)))];
    }

    // Blanks divide words; in a list they stand beside commas.
    private static bool IsSentence(string text) => text.Split(ListSeparators).Any(part =>
        part.Split(' ', StringSplitOptions.RemoveEmptyEntries).Count(word => word.Any(char.IsLetter)) >= PromptWords);

    private static string Folded(string text) => string.Create(text.Length, text, static (folded, source) => Folding.Fold(source, folded));

    // Nothing but separators stands beside it.
    private static bool IsWhole(string text, TermHit hit) =>
        !text.AsSpan(0, hit.Start).ContainsAnyExceptSeparators() && !text.AsSpan(hit.End).ContainsAnyExceptSeparators();

    private List<TermHit> Read(string text)
    {
        var hits = new List<TermHit>();
        matcher.Find(text, scratch ??= new TermMatcher.Scratch(), hits);
        return hits;
    }
}

/// <summary>Separators around words.</summary>
internal static class Separators
{
    /// <summary>True when a letter or digit stands in the text.</summary>
    public static bool ContainsAnyExceptSeparators(this ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
                return true;
        }

        return false;
    }
}
