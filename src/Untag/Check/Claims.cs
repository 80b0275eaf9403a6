namespace Untag.Check;

/// <summary>The five claims: their short names and what they say.</summary>
public static class Claims
{
    /// <summary>Decided by the scan.</summary>
    public const string NoTagOffered = "no-tag-offered";

    /// <summary>Decided by leakage measures.</summary>
    public const string NoTagLeaked = "no-tag-leaked";

    /// <summary>Decided by rates, and by the scan's findings of kind watchlist.</summary>
    public const string NoGroupTargeted = "no-group-targeted";

    /// <summary>Decided by the certificate of an eraser.</summary>
    public const string TagErased = "tag-erased";

    /// <summary>Decided by the log of the guard.</summary>
    public const string NoTagServed = "no-tag-served";

    /// <summary>The claim in words.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such claim.</exception>
    public static string Says(string claim) => claim switch
    {
        NoTagOffered => "nothing in the product names, stores, trains, requests or returns a protected trait of a person",
        NoTagLeaked => "no output or embedding identifies a group, under whatever name",
        NoGroupTargeted => "alerts, matches and errors do not single a group out, and no list or rule is named after one",
        TagErased => "what the product passes on has had the trait erased",
        NoTagServed => "no inspectable reply carried a tag, over a stated period",
        _ => throw new ArgumentOutOfRangeException(nameof(claim), claim, "there is no such claim"),
    };

    /// <summary>Wire name of a verdict, such as <c>not-checked</c>.</summary>
    public static string Verdict(ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.Holds => "holds",
        ClaimVerdict.Fails => "fails",
        ClaimVerdict.Insufficient => "insufficient",
        ClaimVerdict.NotChecked => "not-checked",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };
}
