namespace Untag.Policy;

/// <summary>Against which meaning of an ambiguous word a context speaks.</summary>
[Flags]
public enum Opposition
{
    /// <summary>None: the context supports or only informs.</summary>
    None = 0,

    /// <summary>Names of traits: race, minority.</summary>
    Names = 1,

    /// <summary>Names of groups: black, Han.</summary>
    Groups = 2,
}

/// <summary>A vocabulary that says what a file or a product is about.</summary>
/// <param name="Id">Short name, such as <c>person-vision</c>.</param>
/// <param name="Says">Completes the sentence "this file …".</param>
/// <param name="Opposes">Against which meanings it speaks.</param>
/// <param name="Words">Matched in files that carry a term.</param>
/// <param name="Marks">Distinctive enough to be counted in the raw bytes of every file.</param>
public sealed record Context(
    string Id, string Says, Opposition Opposes, IReadOnlyList<Term> Words, IReadOnlyList<string> Marks)
{
    /// <summary>The traits whose words it speaks about; empty for all.</summary>
    public IReadOnlyList<string> Traits { get; init; } = [];

    /// <summary>True when it speaks against this meaning of the words of a trait.</summary>
    public bool Speaks(string trait, Opposition meaning) =>
        (Opposes & meaning) != 0 && (Traits.Count == 0 || Traits.Contains(trait));
}

/// <summary>Words by which the guard reads requests or replies.</summary>
/// <param name="Id">Short name, such as <c>asks</c>.</param>
/// <param name="Says">Completes the sentence "a field that is called so …".</param>
/// <param name="Words">Its own words.</param>
/// <param name="Contexts">Ids of the contexts whose words say the same.</param>
public sealed record GuardVocabulary(string Id, string Says, IReadOnlyList<Term> Words, IReadOnlyList<string> Contexts);

/// <summary>One kind of reason that the judgement weighs.</summary>
/// <param name="Id">Short name, such as <c>face-attributes-near</c>.</param>
/// <param name="Weight">Points for (positive) or against (negative).</param>
/// <param name="Says">The sentence shown; <c>{0}</c> is replaced by what was seen.</param>
public sealed record Evidence(string Id, int Weight, string Says);

/// <summary>An opaque id, protocol field or data set that carries a tag.</summary>
/// <param name="Id">Short name.</param>
/// <param name="Trait">Id of the trait.</param>
/// <param name="Kind">Wire name of the kind of finding.</param>
/// <param name="Says">What it is.</param>
public sealed record KnownIdentifier(string Id, string Trait, string Kind, string Says);

/// <summary>A vision API that can be asked for a tag, or returns one.</summary>
/// <param name="Id">Short name.</param>
/// <param name="Name">The vendor's name for it.</param>
/// <param name="Trait">Id of the trait it can tell; null when it was verified to tell none.</param>
/// <param name="RequestParameters">Parameters whose value asks.</param>
/// <param name="Asks">Values that ask for the tag.</param>
/// <param name="AsksByAbsence">True when leaving the parameter out asks for the tag.</param>
/// <param name="Always">True when every reply carries the tag.</param>
/// <param name="Calls">Functions or last parts of an address whose reply carries it, or can when all is asked for.</param>
public sealed record VisionVendor(
    string Id, string Name, string? Trait, IReadOnlyList<string> RequestParameters, IReadOnlyList<string> Asks,
    bool AsksByAbsence, bool Always, IReadOnlyList<string> Calls)
{
    /// <summary>True when a reply can carry the tag although no word of the request asks for it.</summary>
    public bool TellsUnasked => Trait is not null && (Always || Calls.Count > 0);
}
