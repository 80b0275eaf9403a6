using Untag.Check;
using Untag.Check.Reports;

namespace Untag.Cli.Text;

/// <summary>The claims of a check as a person likes to read them: one line each.</summary>
internal sealed class ClaimsText(Terminal terminal, TextWriter output)
{
    private const int MissingMax = 5;
    private const string Indent = "                                  ";

    public void Write(CheckReport report)
    {
        var version = report.Product.Version is { } number ? $" {number}" : "";
        output.WriteLine(terminal.Bold(Terminal.Printable($"{report.Product.Product}{version}")));
        output.WriteLine();
        foreach (var claim in report.Claims)
            WriteClaim(claim);
        output.WriteLine();
    }

    public void WriteShips(CheckReport report)
    {
        if (report.Shipped.Count > 0)
            output.WriteLine($"ships {report.Shipped.Count} files; their digests are in claims.json");
    }

    public void WriteLaw(CheckReport report)
    {
        if (report.Law.Count == 0)
            return;
        output.WriteLine("which law speaks of what was found (facts, no verdict on compliance):");
        foreach (var basis in report.Law)
            output.WriteLine($"  {LawText.Line(basis, report.LawAsOf)}");
        output.WriteLine();
    }

    // One line for a claim; the sentences are in the reports. Only what is missing is told here as well.
    private void WriteClaim(ClaimResult claim)
    {
        var verdict = Claims.Verdict(claim.Verdict).Replace('-', ' ').PadRight(12);
        var painted = claim.Verdict switch
        {
            ClaimVerdict.Fails => terminal.Red(verdict),
            ClaimVerdict.Holds => terminal.Green(verdict),
            ClaimVerdict.Insufficient => terminal.Yellow(verdict),
            _ => terminal.Dim(verdict),
        };
        List<string> sentences = [.. claim.Failed, .. claim.Verdict == ClaimVerdict.Holds ? claim.Passed : []];
        var partial = claim.Partial ? terminal.Yellow("partial: ") : "";
        output.WriteLine($"  {painted} {claim.Claim.PadRight(18)} {partial}{Terminal.Printable(sentences[0])}");
        if (!claim.Partial)
            return;
        foreach (var sentence in sentences.Skip(1).Take(MissingMax))
            output.WriteLine(Indent + Terminal.Printable(sentence));
        if (sentences.Count > MissingMax + 1)
            output.WriteLine(terminal.Dim($"{Indent}… and {sentences.Count - MissingMax - 1} more (--format json lists all)"));
    }
}
