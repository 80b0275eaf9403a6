using Untag.Policy;

namespace Untag.Check.Reports;

/// <summary>The one line that every report prints about an instrument of law.</summary>
public static class LawText
{
    /// <summary>Jurisdiction, instrument, article and status as of a day; with a warning when the official text was not
    /// read.</summary>
    public static string Line(LegalBasis law, DateOnly asOf)
    {
        var since = law.InForce switch
        {
            null => "",
            { } day when day > asOf => $", applies from {day:yyyy-MM-dd}",
            { } day => $", since {day:yyyy-MM-dd}",
        };
        var end = law.Until is { } until ? $", until {until:yyyy-MM-dd}" : "";
        var doubt = law.Verified ? "" : "; check the official text";
        return $"{law.Jurisdiction}  {law.Instrument}, {law.Article}: {law.Status.Replace('-', ' ')}{since}{end}"
            + $" (as of {asOf:yyyy-MM-dd}{doubt})";
    }
}
