namespace Untag.Policy;

/// <summary>What a term says when it is met.</summary>
public enum Sense
{
    /// <summary>Names a trait of a person and almost never anything else.</summary>
    NameExact,

    /// <summary>Names a trait only in context.</summary>
    NameAmbiguous,

    /// <summary>Names a trait in a way that sounds harmless.</summary>
    NameSoftened,

    /// <summary>Names a group of people and almost never anything else.</summary>
    GroupExact,

    /// <summary>Names a group of people only in context: black, Han, Tamil.</summary>
    GroupAmbiguous,

    /// <summary>A collocation in which a name or a group means something else.</summary>
    Innocent,

    /// <summary>Says what the file around it is about.</summary>
    Context,

    /// <summary>An opaque id, protocol field or data set that carries a tag without saying so.</summary>
    Identifier,

    /// <summary>A name, endpoint or parameter by which a vendor's API is recognised.</summary>
    Vendor,
}

/// <summary>Questions about senses.</summary>
internal static class Senses
{
    /// <summary>True for the three senses that name a trait itself.</summary>
    public static bool IsName(this Sense sense) =>
        sense is Sense.NameExact or Sense.NameAmbiguous or Sense.NameSoftened;
}

/// <summary>A spelling and what it says.</summary>
/// <param name="Text">The spelling as written in the policy; a final <c>*</c> stands for any continuation.</param>
/// <param name="Sense">What it says.</param>
/// <param name="Owner">Id of the trait, context, identifier or vendor it belongs to.</param>
/// <param name="Group">Id of the group for the two group senses, otherwise null.</param>
public sealed record Term(string Text, Sense Sense, string Owner, string? Group = null);
