using Untag.Check;
using Untag.Check.Reports;

namespace Untag.Cli.Text;

/// <summary>The claims of a check as a person likes to read them: the verdicts first, the sentences below.</summary>
internal sealed class ClaimsText(Terminal terminal, TextWriter output)
{
    private const int SentencesMax = 5;

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
        var partial = claim.Partial ? terminal.Yellow("partial: ") : "";
        output.WriteLine($"  {painted} {claim.Claim.PadRight(18)} {partial}{claim.Says}");
        WriteSentences("looked at", claim.Checked);
        WriteSentences(claim.Verdict == ClaimVerdict.NotChecked ? "missing" : "against", claim.Failed);
        if (claim.Verdict == ClaimVerdict.Holds)
            WriteSentences("not proven", claim.NotProven);
        if (claim.Verdict != ClaimVerdict.Holds)
            WriteSentences("next", claim.Next);
    }

    private void WriteSentences(string heading, IReadOnlyList<string> sentences)
    {
        foreach (var sentence in sentences.Take(SentencesMax))
            output.WriteLine(terminal.Dim($"               {heading}: {Terminal.Printable(sentence)}"));
        if (sentences.Count > SentencesMax)
            output.WriteLine(terminal.Dim($"               … and {sentences.Count - SentencesMax} more (--format json lists all)"));
    }
}
