using System.Globalization;

namespace Untag.Scan.Allowances;

/// <summary>Where an allowance is written.</summary>
public enum AllowancePlace
{
    /// <summary>A comment beside the finding.</summary>
    Comment,

    /// <summary>The product file.</summary>
    ProductFile,
}

/// <summary>That a finding is accepted: by whom, why and until when.</summary>
/// <param name="Until">Last day on which it is accepted, in UTC.</param>
/// <param name="Reason">Why.</param>
/// <param name="Approver">Who accepted it; null when not stated.</param>
/// <param name="Place">What kind of place the allowance is written in.</param>
/// <param name="Where">That place: path and line.</param>
public sealed record Acceptance(DateOnly Until, string Reason, string? Approver, AllowancePlace Place, string Where)
{
    /// <summary>The same as a sentence without full stop.</summary>
    public string InWords => string.Create(
        CultureInfo.InvariantCulture,
        $"accepted until {Until:yyyy-MM-dd}{(Approver is null ? "" : $" by {Approver}")} ({Where}): {Reason}");
}
