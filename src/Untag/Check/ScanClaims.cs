using System.Globalization;
using Untag.Policy;
using Untag.Scan;

namespace Untag.Check;

/// <summary>Judges what a scan can decide.</summary>
internal sealed class ScanClaims(
    ProductFile product, TagPolicy policy, ScanReport scan, IReadOnlyList<ShippedFile> shipped, IReadOnlyList<ShipGap> gaps)
{
    /// <summary>Fails on any error; holds only when everything that ships was read to its end.</summary>
    public ClaimResult NoTagOffered()
    {
        var errors = Errors(Claims.NoTagOffered);
        var partial = !scan.Complete || gaps.Count > 0;
        return new ClaimResult
        {
            Claim = Claims.NoTagOffered,
            Says = Claims.Says(Claims.NoTagOffered),
            Verdict = errors > 0 ? ClaimVerdict.Fails : partial ? ClaimVerdict.Insufficient : ClaimVerdict.Holds,
            Partial = partial,
            Checked = [ReadFiles(), Ships()],
            Passed = [.. errors > 0 ? [] : NothingFound(), .. PassedRules(Claims.NoTagOffered)],
            Failed = [.. Against(errors, "offers or handles the tag"), .. NotRead()],
            NotProven =
            [
                "a scan reads names, labels and text: a model can carry a group in a class without a name or in an "
                    + "embedding, which only a measurement shows",
                "pictures, sound and encrypted content are not understood",
            ],
            Next = [.. NextForScan(errors, partial)],
        };
    }

    /// <summary>Fails on a list, rule or alert named after a group. Otherwise it stays unchecked, because rates decide it
    /// and nobody measured them: the scan's half is told, and never shown as a pass.</summary>
    public ClaimResult NoGroupTargeted()
    {
        var errors = Errors(Claims.NoGroupTargeted);
        var asked = product.Audit is not null;
        var partial = !scan.Complete || gaps.Count > 0 || asked;
        return new ClaimResult
        {
            Claim = Claims.NoGroupTargeted,
            Says = Claims.Says(Claims.NoGroupTargeted),
            Verdict = errors > 0 ? ClaimVerdict.Fails : asked ? ClaimVerdict.Insufficient : ClaimVerdict.NotChecked,
            Partial = partial,
            Checked = [$"one half, by the scan: {ReadFiles()}"],
            Passed = [.. PassedRules(Claims.NoGroupTargeted)],
            Failed =
            [
                .. Against(errors, "picks people by group"),
                "the other half is open: rates of alerts, matches and errors were not measured",
            ],
            NotProven = ["a list can single a group out by whom it holds, whatever its name"],
            Next =
            [
                .. NextForScan(errors, partial: false),
                asked
                    ? "untag.yaml asks for an audit; this version of untag cannot measure rates yet"
                    : "describe an evaluation table under `audit:`; this version of untag cannot measure rates yet",
            ],
        };
    }

    private int Errors(string claim)
    {
        var rules = policy.Rules.Where(rule => rule.Claim == claim).Select(rule => rule.Code).ToHashSet(StringComparer.Ordinal);
        return scan.Findings.Count(finding => finding.Level == Level.Error && rules.Contains(finding.Rule));
    }

    private string ReadFiles() => string.Create(
        CultureInfo.InvariantCulture,
        $"{scan.Totals.Read} of {scan.Totals.Files} files were read with the policy `{scan.PolicyName}`");

    private string Ships() => product.Ships.Count == 0
        ? "nothing is listed under `ships`: the claim is about the folder that was read, not about a release"
        : string.Create(CultureInfo.InvariantCulture, $"{shipped.Count} files ship, each named by its digest");

    private IEnumerable<string> PassedRules(string claim) => policy.Rules
        .Where(rule => rule.Claim == claim
            && !scan.Findings.Any(finding => finding.Level == Level.Error && finding.Rule == rule.Code))
        .Select(rule => $"{rule.Code} {rule.Title}: no error");

    private IEnumerable<string> NothingFound()
    {
        yield return "no finding of level error stands against it";
        if (scan.Totals.Warnings > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{scan.Totals.Warnings} warnings are left to a person's judgement");
        if (product.Allow.Count > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{product.Allow.Count} allowances of untag.yaml were applied; what they cover is reported as notes");
        }
    }

    private static IEnumerable<string> Against(int errors, string does)
    {
        if (errors > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{errors} places where the product {does}");
    }

    private IEnumerable<string> NotRead()
    {
        foreach (var gap in gaps)
            yield return $"`{gap.Entry}` ships, but {gap.Reason}";
        foreach (var skipped in scan.Skipped)
            yield return $"`{skipped.Path}` was not read to its end: {skipped.Reason}";
    }

    private IEnumerable<string> NextForScan(int errors, bool partial)
    {
        if (errors > 0)
            yield return "`untag scan` shows every place with its reasons; `untag explain CODE` says how to mend it";
        if (partial)
            yield return "make everything that ships readable, or take it out of `ships` and `scan.paths`";
        if (errors == 0 && !partial && product.Ships.Count == 0)
            yield return "list what you release under `ships`, so that the claim names it by digest";
    }
}
