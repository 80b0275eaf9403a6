namespace Untag.Scan.Allowances;

/// <summary>The rules about allowances themselves. They are decided here and not weighed.</summary>
public static class AllowanceRules
{
    /// <summary>An allowance that is broken or has expired. Always an error.</summary>
    public const string NotInForce = "UT0901";

    /// <summary>An allowance that accepted nothing. Always a note.</summary>
    public const string Unused = "UT0902";

    /// <summary>Trait of a finding that is about an allowance, and so about no trait.</summary>
    public const string NoTrait = "none";

    /// <summary>True for the rules above: neither an allowance nor a baseline silences them.</summary>
    public static bool IsAboutAllowances(string rule) => rule is NotInForce or Unused;
}
