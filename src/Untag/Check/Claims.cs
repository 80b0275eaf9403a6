using Untag.Policy;
using Untag.Scan;

namespace Untag.Check;

/// <summary>Gives each of the five claims its verdict.</summary>
internal static class Claims
{
    public static List<Claim> Judge(CheckRequest request, ScanReport scan, IReadOnlyList<string> unreadShips) =>
    [
        NoTagOffered(request, scan, unreadShips),
        NotChecked(
            "no-tag-leaked", "no output or embedding identifies a group, under whatever name",
            "no outputs were measured", "measure outputs with `untag audit`, once this version has it"),
        NoGroupTargeted(request, scan),
        NotChecked(
            "tag-erased", "what the product passes on has had the trait erased",
            "no certificate of an eraser was given", "fit and certify a map with `untag erase`, once this version has it"),
        NotChecked(
            "no-tag-served", "no inspectable reply carried a tag, over a stated period",
            "no log of a guard was given", "run `untag guard` in front of the API, once this version has it"),
    ];

    private static Claim NoTagOffered(CheckRequest request, ScanReport scan, IReadOnlyList<string> unreadShips)
    {
        const string Id = "no-tag-offered";
        var errors = ErrorsOf(Id, request.Policy, scan);
        var partial = !scan.Complete || unreadShips.Count > 0;
        var because = new List<string>();
        if (errors.Count > 0)
            because.Add($"{Count(errors.Count, "finding")} of level error in {Count(FilesOf(errors), "file")}");
        because.AddRange(Gaps(scan, unreadShips));
        if (because.Count == 0)
            because.Add($"{Count(scan.Totals.Read, "file")} read to the end, nothing of level error found");
        return new Claim(
            Id,
            "nothing in the product names, stores, trains, requests or returns a protected trait of a person",
            errors.Count > 0 ? ClaimVerdict.Fails : partial ? ClaimVerdict.Insufficient : ClaimVerdict.Holds,
            partial,
            because,
            PassedRules(Id, request.Policy, errors),
            [
                "a tag that no file names: an output that identifies a group under another name",
                request.Product.Ships.Count == 0
                    ? "that what was scanned is what ships: `ships` names nothing"
                    : "what is built, downloaded or configured after this check",
                "what pictures show, and what is encrypted",
            ],
            errors.Count > 0 ? "`untag explain CODE` tells what a rule means and what to do"
                : partial ? "make the unread files readable, or exclude them with a reason" : null);
    }

    private static Claim NoGroupTargeted(CheckRequest request, ScanReport scan)
    {
        const string Id = "no-group-targeted";
        var errors = ErrorsOf(Id, request.Policy, scan);
        List<string> because = errors.Count > 0
            ? [$"{Count(errors.Count, "list, rule or query", "lists, rules or queries")} named after a group"]
            : ["the scan's part: no gallery, watch-list, rule or query is named after a group; rates were not measured"];
        because.AddRange(Gaps(scan, []));
        return new Claim(
            Id,
            "alerts, matches and errors do not single a group out; no gallery, watch-list or rule is named after one",
            errors.Count > 0 ? ClaimVerdict.Fails : ClaimVerdict.NotChecked,
            Partial: !scan.Complete,
            because,
            PassedRules(Id, request.Policy, errors),
            ["that alerts, matches and errors fall on all groups alike: that needs decisions, and `untag audit`"],
            errors.Count > 0
                ? "`untag explain UT0201` tells what to do"
                : "measure decisions with `untag audit`, once this version has it");
    }

    private static Claim NotChecked(string id, string says, string because, string next) =>
        new(id, says, ClaimVerdict.NotChecked, Partial: false, [because], [], [], next);

    private static List<Finding> ErrorsOf(string claim, TagPolicy policy, ScanReport scan)
    {
        var codes = policy.Rules.Where(rule => rule.Claim == claim).Select(rule => rule.Code).ToHashSet(StringComparer.Ordinal);
        return [.. scan.Findings.Where(finding => finding.Level == Level.Error && codes.Contains(finding.Rule))];
    }

    private static List<string> PassedRules(string claim, TagPolicy policy, List<Finding> errors) =>
    [
        .. policy.Rules.Where(rule => rule.Claim == claim && errors.TrueForAll(finding => finding.Rule != rule.Code))
            .Select(rule => $"{rule.Code} {rule.Title}: no error"),
    ];

    private static IEnumerable<string> Gaps(ScanReport scan, IReadOnlyList<string> unreadShips)
    {
        if (scan.Skipped.Count > 0)
            yield return $"{Count(scan.Skipped.Count, "path")} not read, or not to the end";
        if (unreadShips.Count > 0)
            yield return $"of what ships, not read: {string.Join("; ", unreadShips)}";
    }

    private static int FilesOf(List<Finding> findings) =>
        findings.Select(finding => finding.Path).Distinct(StringComparer.Ordinal).Count();

    private static string Count(int count, string one, string? many = null) =>
        count == 1 ? $"1 {one}" : $"{count} {many ?? one + "s"}";
}
