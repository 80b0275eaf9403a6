using Untag.Evidence;
using Untag.Evidence.Statements;

namespace Untag.Cli.Text;

/// <summary>A verified bundle as text: who says it, then the claims, then what is not proved.</summary>
internal sealed class VerificationText(Terminal terminal, TextWriter text)
{
    /// <summary>Writes everything.</summary>
    public void Write(Verification verification)
    {
        var claims = verification.Claims;
        text.WriteLine(terminal.Bold(Terminal.Printable($"{claims.Product} {claims.Version}".TrimEnd())));
        Line("unchanged", "since it was signed");
        Line("signed by", $"sha256:{verification.Fingerprint}");
        Line("", verification.KeyWasGiven ? "the key that you gave" : "a key that was compared with none of yours: name the vendor's with --key");
        if (claims.AffirmedBy is { } officer)
            Line("affirmed by", officer);
        Line("checked", $"{claims.CheckedOn:yyyy-MM-dd} by {claims.Tool.Name} {claims.Tool.Version} with the policy {claims.Policy.Name} (sha256:{claims.Policy.Sha256[..16]}…)");
        Line("valid until", $"{claims.ValidUntil:yyyy-MM-dd}");
        if (verification.Timestamp is { } stamp)
        {
            Line("time stamp", $"{stamp.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC by {stamp.Authority}");
            Line("", stamp.RootWasGiven ? "which leads to a root that you gave" : "whose root was compared with none of yours: name it with --timestamp-root");
        }

        WriteLog(verification.Log);
        text.WriteLine();
        foreach (var claim in claims.Claims)
            WriteClaim(claim);
        WriteCoverage(verification);
        WriteChanges(verification);
        WriteOthers(verification);
        Heading("not proved by any of it");
        foreach (var sentence in claims.NotProved)
            text.WriteLine($"  {Terminal.Printable(sentence)}");
    }

    private void WriteLog(LogFacts? log)
    {
        if (log is not null)
        {
            Line("in the log", $"{log.Origin}, entry {log.Index} of {log.Size}");
            Line("", log.KeyWasGiven ? "its key is the one that you gave" : $"its key was compared with none of yours: {log.Key}");
            if (log.GrewFrom is { } size)
                Line("", $"it grew out of the one with {size} entries that you have seen");
        }

        Line("witness", log is { Witnesses.Count: > 0 } ? string.Join(", ", log.Witnesses) : "none: self-asserted");
    }

    private void WriteClaim(StatedClaim claim)
    {
        var verdict = claim.Verdict.Replace('-', ' ').PadRight(12);
        var painted = claim.Verdict switch
        {
            "fails" => terminal.Red(verdict),
            "holds" => terminal.Green(verdict),
            "insufficient" => terminal.Yellow(verdict),
            _ => terminal.Dim(verdict),
        };
        text.WriteLine($"  {painted} {Terminal.Printable(claim.Claim).PadRight(18)} {(claim.Partial ? "partial: " : "")}{Terminal.Printable(claim.Says)}");
        foreach (var sentence in claim.Failed)
            Detail(claim.Verdict == "fails" ? "against it" : "missing", sentence);
        foreach (var sentence in claim.Passed)
            Detail("for it", sentence);
        foreach (var sentence in claim.NotProven)
            Detail("not proved", sentence);
    }

    private void WriteCoverage(Verification verification)
    {
        var coverage = verification.Claims.Coverage;
        Heading($"over {verification.Subjects.Count} files that ship{(verification.ProductCompared ? ", which are those of the product" : "")}; {coverage.Read} of {coverage.Files} files were read");
        foreach (var (name, digest) in verification.Subjects)
            text.WriteLine($"  {Terminal.Printable(name)}  sha256:{digest.Sha256}");
        foreach (var gap in coverage.Gaps)
            text.WriteLine($"  {Terminal.Printable(gap.Entry)} ships, but {Terminal.Printable(gap.Reason)}");
        foreach (var path in verification.Withheld)
            text.WriteLine($"  {Terminal.Printable(path)} is withheld; its digest is signed");
        foreach (var (name, digest) in verification.Claims.Attached)
            text.WriteLine($"  {Terminal.Printable(name)} stays outside; the SHA-256 that is signed is {digest.Sha256}");
    }

    private void WriteChanges(Verification verification)
    {
        if (verification.Claims.Previous is not { } previous)
            return;
        var compared = verification.PreviousCompared ? "as the two bundles say" : "as whoever signed says: compare with --previous";
        Heading($"since the bundle of {previous.CheckedOn:yyyy-MM-dd} (sha256:{previous.Bundle}), {compared}");
        foreach (var (what, name, before, after) in previous.Changes)
        {
            var change = (before, after) switch
            {
                (null, _) => $"new: {after}",
                (_, null) => "gone",
                _ => $"{before}, now {after}",
            };
            text.WriteLine($"  {Terminal.Printable(what == name ? what : $"{what} {name}")}: {Terminal.Printable(change)}");
        }

        if (previous.Changes.Count == 0)
            text.WriteLine("  nothing changed");
    }

    private void WriteOthers(Verification verification)
    {
        if (verification.Countersignatures.Count == 0)
            return;
        Heading("what others say of it, each with a key to be compared");
        foreach (var (says, fingerprint) in verification.Countersignatures)
        {
            text.WriteLine($"  {says.Says}: {Terminal.Printable(says.By)}, {says.On:yyyy-MM-dd}, sha256:{fingerprint}");
            if (says.Remark is { } remark)
                text.WriteLine($"    {Terminal.Printable(remark)}");
        }
    }

    private void Detail(string what, string sentence) =>
        text.WriteLine($"    {terminal.Dim(what.PadRight(10))} {Terminal.Printable(sentence)}");

    private void Line(string what, string value) => text.WriteLine($"  {what.PadRight(12)} {Terminal.Printable(value)}");

    private void Heading(string words)
    {
        text.WriteLine();
        text.WriteLine(words);
    }
}
