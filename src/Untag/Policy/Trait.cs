namespace Untag.Policy;

/// <summary>Whether a trait may be inferred from biometrics at all.</summary>
public enum TraitStatus
{
    /// <summary>Used as evidence, and reported only when asked for.</summary>
    Sensitive,

    /// <summary>A product that offers it fails.</summary>
    Forbidden,
}

/// <summary>A protected trait of a person.</summary>
/// <param name="Id">Short name, such as <c>race</c>.</param>
/// <param name="Title">What people call it, by language.</param>
/// <param name="Status">Whether it may be inferred at all.</param>
/// <param name="ValueSets">Sets of labels known from data sets, models and censuses.</param>
public sealed record Trait(
    string Id, IReadOnlyDictionary<string, string> Title, TraitStatus Status, IReadOnlyList<ValueSet> ValueSets);

/// <summary>A set of labels known to be groups of people.</summary>
/// <param name="Id">Short name, such as <c>fairface-7</c>.</param>
/// <param name="Source">Where the set is defined.</param>
/// <param name="Members">Ids of the groups.</param>
/// <param name="Codes">Short codes, when the set is written in codes; otherwise empty.</param>
/// <param name="CodesWithSex">Codes of two letters, when the set is written in such: for each group in turn one for each
/// sex, <c>AF</c>, <c>AM</c>; last one that means nothing else, such as a country.</param>
/// <param name="IsOfficial">True for a list that a state keeps and prints into documents.</param>
public sealed record ValueSet(
    string Id, string Source, IReadOnlyList<string> Members, IReadOnlyList<string> Codes,
    IReadOnlyList<string> CodesWithSex, bool IsOfficial);
