namespace Untag.Check;

/// <summary>The claim that this version cannot decide. When the product file asks for it, that is a part of the work
/// that was not done, and the run is partial; when it does not, the claim is told as open.</summary>
internal static class UnmeasuredClaims
{
    public static ClaimResult NoTagServed(ProductFile product) => Open(
        Claims.NoTagServed, product.Guard is not null, "guard", "no log of a guard was given",
        "a guard in front of the service, with its log");

    /// <summary>The sentence for a section of the product file that asks for what cannot be done.</summary>
    public static string AskedFor(string section) =>
        $"untag.yaml asks for it under `{section}`, which this version of untag cannot do yet";

    private static ClaimResult Open(string claim, bool asked, string section, string missing, string needed) => new()
    {
        Claim = claim,
        Says = Claims.Says(claim),
        Verdict = ClaimVerdict.NotChecked,
        Partial = asked,
        Failed = asked ? [missing, AskedFor(section)] : [missing],
        Next = [$"it needs {needed}; this version of untag cannot do it yet"],
    };
}
