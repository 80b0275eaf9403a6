using Untag.Check;
using Untag.Check.Reports;
using Untag.Policy;

namespace Untag.Cli.Text;

/// <summary>The claims of a check as a person likes to read them.</summary>
internal sealed class ClaimsText(Terminal terminal, TextWriter output)
{
    public void Write(CheckReport report)
    {
        var version = report.Product.Version is { } number ? $" {number}" : "";
        output.WriteLine(terminal.Bold($"{report.Product.Product}{version}"));
        output.WriteLine();
        foreach (var claim in report.Claims)
            WriteClaim(claim);
        output.WriteLine();
    }

    public void WriteShips(CheckReport report)
    {
        if (report.Ships.Count == 0)
            return;
        output.WriteLine($"ships {report.Ships.Count} files, {report.Ships.Count(file => file.Read)} of them read; their digests are in claims.json");
    }

    public void WriteLaw(CheckReport report, TagPolicy policy)
    {
        if (report.Law.Count == 0)
            return;
        output.WriteLine($"law on the traits found, as of {policy.LawAsOf:yyyy-MM-dd} (no verdict on compliance):");
        foreach (var basis in report.Law)
        {
            var since = basis.InForce is { } day ? $" since {day:yyyy-MM-dd}" : "";
            var check = basis.Verified ? "" : terminal.Dim("; check the official text");
            output.WriteLine($"  {basis.Jurisdiction}  {basis.Instrument} {basis.Article}: {basis.Status}{since}{check}");
        }

        output.WriteLine();
    }

    private void WriteClaim(Claim claim)
    {
        var verdict = VerdictNames.Of(claim.Verdict).Replace('-', ' ').PadRight(12);
        var painted = claim.Verdict switch
        {
            ClaimVerdict.Fails => terminal.Red(verdict),
            ClaimVerdict.Holds => terminal.Green(verdict),
            ClaimVerdict.Insufficient => terminal.Yellow(verdict),
            _ => terminal.Dim(verdict),
        };
        var partial = claim.Partial ? terminal.Yellow(" (partial)") : "";
        output.WriteLine($"  {painted} {claim.Id.PadRight(18)}{partial} {Terminal.Printable(string.Join("; ", claim.Because))}");
    }
}
