using System.Globalization;
using Untag.Evidence.Statements;
using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Baselines;

namespace Untag.Check;

/// <summary>Judges what a scan can decide.</summary>
internal sealed class ScanClaims(
    ProductFile product, TagPolicy policy, ScanReport scan, IReadOnlyList<ShippedFile> shipped, IReadOnlyList<ShipGap> gaps,
    ScanReport? compared)
{
    /// <summary>Fails on any error; holds only when everything that ships was read to its end.</summary>
    public ClaimResult NoTagOffered()
    {
        var errors = Errors(Claims.NoTagOffered);
        var partial = !scan.Complete || gaps.Count > 0;
        var nothingRead = scan.Totals.Read == 0;
        return new ClaimResult
        {
            Claim = Claims.NoTagOffered,
            Says = Claims.Says(Claims.NoTagOffered),
            Verdict = errors.Count > 0 ? ClaimVerdict.Fails
                : partial || nothingRead ? ClaimVerdict.Insufficient
                : ClaimVerdict.Holds,
            Partial = partial,
            Checked = [ReadFiles(), Ships()],
            Passed = [.. errors.Count > 0 || nothingRead ? [] : NothingFound(), .. PassedRules(Claims.NoTagOffered)],
            Failed =
            [
                .. errors.Count == 0
                    ? Enumerable.Empty<string>()
                    : [$"{Count(errors.Count, "finding")} of level error in {Count(Files(errors), "file")}"],
                .. KnownErrors(Claims.NoTagOffered),
                .. nothingRead ? ["no file was read: there is nothing to judge"] : Enumerable.Empty<string>(),
                .. NotRead(),
            ],
            Measures = [ErrorCount(errors.Count, isWhole: !partial && !nothingRead)],
            NotProven =
            [
                "a scan reads names, labels and text: a model can carry a group in a class without a name or in an "
                    + "embedding, which only a measurement shows",
                "what pictures show, and what is encrypted",
            ],
            Next = [.. NextForScan(errors.Count, partial)],
        };
    }

    /// <summary>Fails on a list, rule or alert named after a group, and on rates that single one out. Without rates it stays
    /// unchecked, whatever the scan found nothing of: its part is told, and never shown as a pass.</summary>
    public ClaimResult NoGroupTargeted(MeasuredClaims measured)
    {
        var errors = Errors(Claims.NoGroupTargeted);
        var partial = !scan.Complete || gaps.Count > 0;
        var rates = measured.RatesVerdict ?? ClaimVerdict.NotChecked;
        return new ClaimResult
        {
            Claim = Claims.NoGroupTargeted,
            Says = Claims.Says(Claims.NoGroupTargeted),
            Verdict = errors.Count > 0 ? ClaimVerdict.Fails
                : measured.RatesPartial || (partial && rates == ClaimVerdict.Holds) ? ClaimVerdict.Insufficient
                : rates,
            Partial = partial || measured.RatesPartial,
            Checked = [$"one part, by the scan: {ReadFiles()}", .. measured.RatesChecked],
            Passed = [.. measured.RatesPassed, .. PassedRules(Claims.NoGroupTargeted)],
            Failed =
            [
                .. errors.Count > 0
                    ? [$"{Count(errors.Count, "list, rule or query", "lists, rules or queries")} named after a group"]
                    : rates == ClaimVerdict.NotChecked
                        ? ["no list, rule or query named after a group was found, but rates were not measured"]
                        : Enumerable.Empty<string>(),
                .. KnownErrors(Claims.NoGroupTargeted),
                .. measured.RatesFailed,
                .. partial && rates == ClaimVerdict.Holds ? NotRead() : [],
            ],
            Measures = [ErrorCount(errors.Count, isWhole: !partial && scan.Totals.Read > 0), .. measured.RatesMeasures],
            NotProven = ["a list can single a group out by whom it holds, whatever its name"],
            Next = [.. NextForScan(errors.Count, partial: false), .. measured.RatesNext],
        };
    }

    private List<Finding> Errors(string claim) => Errors(claim, scan);

    private List<Finding> Errors(string claim, ScanReport report)
    {
        var rules = policy.Rules.Where(rule => rule.Claim == claim).Select(rule => rule.Code).ToHashSet(StringComparer.Ordinal);
        return [.. report.Findings.Where(finding => finding.Level == Level.Error && rules.Contains(finding.Rule))];
    }

    private ClaimMeasure ErrorCount(int errors, bool isWhole) => new()
    {
        Name = "errors",
        Of = "findings",
        Estimate = errors,
        Tolerance = 0,
        N = scan.Totals.Read,
        Verdict = Claims.Verdict(errors > 0 ? ClaimVerdict.Fails : isWhole ? ClaimVerdict.Holds : ClaimVerdict.Insufficient),
    };

    // A baseline tells a team what is new; a claim is about what is there.
    private IEnumerable<string> KnownErrors(string claim)
    {
        var known = compared is null ? 0 : Errors(claim, compared).Count(finding => finding.Baseline == BaselineState.Known);
        if (known > 0)
            yield return $"{known} of them in the baseline: known, and counted all the same";
    }

    private static int Files(List<Finding> findings) =>
        findings.Select(finding => finding.Path).Distinct(StringComparer.Ordinal).Count();

    private string ReadFiles() => string.Create(
        CultureInfo.InvariantCulture,
        $"{scan.Totals.Read} of {Count(scan.Totals.Files, "file")} were read with the policy `{scan.PolicyName}`");

    private string Ships() => product.Ships.Count == 0
        ? "nothing is listed under `ships`: the claim is about the folder that was read, not about a release"
        : $"{Count(shipped.Count, "file")} that ship, each named by its digest";

    private IEnumerable<string> PassedRules(string claim) => policy.Rules
        .Where(rule => rule.Claim == claim
            && !scan.Findings.Any(finding => finding.Level == Level.Error && finding.Rule == rule.Code))
        .Select(rule => $"{rule.Code} {rule.Title}: no error");

    private IEnumerable<string> NothingFound()
    {
        yield return $"{Count(scan.Totals.Read, "file")} read to the end, nothing of level error found";
        if (scan.Totals.Warnings > 0)
            yield return $"{Count(scan.Totals.Warnings, "warning")} left to a person's judgement";
        if (product.Allow.Count > 0)
        {
            yield return $"{Count(product.Allow.Count, "allowance")} of untag.yaml applied; "
                + "what is accepted is reported as a note";
        }
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

    private static string Count(int count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many ?? one + "s")}");
}
