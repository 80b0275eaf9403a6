using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Reports;

namespace Untag.Check.Reports;

/// <summary>Writes a check as one page of HTML that needs nothing else: no script, no font, no network. Everything that
/// comes from a product is encoded.</summary>
public static class HtmlReport
{
    private const int FindingsMax = 500;

    // What could be markup is encoded; letters of all scripts stay as they are.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private const string Style = """
        body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c}
        h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2.2rem}code{font:13px ui-monospace,monospace;overflow-wrap:anywhere}
        .claim{border-left:6px solid #888;padding:.2rem 1rem;margin:1rem 0;background:#f6f6f6}
        .fails{border-color:#b3261e}.holds{border-color:#1b6e3c}.insufficient{border-color:#9a6700}
        .verdict{font-weight:700;text-transform:uppercase;font-size:.85rem}
        table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #ddd}
        .error{color:#b3261e;font-weight:600}.warning{color:#9a6700;font-weight:600}.note,small{color:#666}
        @media print{body{margin:0;max-width:none}.claim{break-inside:avoid}}
        """;

    /// <summary>Writes the page.</summary>
    public static void Write(CheckReport report, TagPolicy policy, TextWriter output)
    {
        var page = new StringBuilder();
        var title = Encode($"{report.Product.Product} {report.Product.Version}".Trim());
        page.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
            .Append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
            .Append(CultureInfo.InvariantCulture, $"<title>Untag: {title}</title><style>\n{Style}\n</style></head><body>\n")
            .Append(CultureInfo.InvariantCulture, $"<h1>{title}</h1>\n<p>Checked on {report.CheckedOn:yyyy-MM-dd} by Untag {ToolVersion.Version} ")
            .Append(CultureInfo.InvariantCulture, $"with the policy {Encode(policy.Name)} (<code>{policy.Digest[..16]}…</code>).");
        if (report.Partial)
            page.Append(" <strong>Partial: not everything was read.</strong>");
        page.Append("</p>\n<h2>Claims</h2>\n");
        foreach (var claim in report.Claims)
            AddClaim(page, claim);
        AddFindings(page, report.Scan, policy);
        AddLaw(page, report);
        AddShips(page, report);
        AddSkipped(page, report.Scan);
        page.Append("</body></html>\n");
        output.Write(page);
    }

    private static void AddClaim(StringBuilder page, ClaimResult claim)
    {
        var verdict = Claims.Verdict(claim.Verdict);
        page.Append(CultureInfo.InvariantCulture, $"<div class=\"claim {verdict}\"><div class=\"verdict\">{verdict}{(claim.Partial ? ", partial" : "")}</div>")
            .Append(CultureInfo.InvariantCulture, $"<strong>{claim.Claim}</strong>: {Encode(claim.Says)}\n");
        AddList(page, "Looked at", claim.Checked);
        AddList(page, "Against it, or missing", claim.Failed);
        AddList(page, "For it", claim.Passed);
        AddList(page, "What a pass would not prove", claim.NotProven);
        AddList(page, "Next", claim.Next);
        page.Append("</div>\n");
    }

    private static void AddList(StringBuilder page, string heading, IReadOnlyList<string> items)
    {
        if (items.Count == 0)
            return;
        if (heading.Length > 0)
            page.Append(CultureInfo.InvariantCulture, $"<small>{heading}</small>");
        page.Append("<ul>");
        foreach (var item in items)
            page.Append(CultureInfo.InvariantCulture, $"<li>{Encode(item)}</li>");
        page.Append("</ul>\n");
    }

    private static void AddFindings(StringBuilder page, ScanReport scan, TagPolicy policy)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>Findings</h2>\n<p>{scan.Totals.Errors} errors, {scan.Totals.Warnings} warnings, {scan.Totals.Notes} notes in {scan.Totals.Read} files.</p>\n");
        if (scan.Findings.Count == 0)
            return;
        page.Append("<table><tr><th>Level</th><th>Place</th><th>Rule</th><th>What and why</th></tr>\n");
        foreach (var finding in scan.Findings.OrderByDescending(finding => finding.Level).Take(FindingsMax))
        {
            var rule = policy.Rules.First(candidate => candidate.Code == finding.Rule);
            var place = finding.Path + (finding.Line is { } line ? $":{line}" : "") + (finding.Inner is { } inner ? $" ({inner})" : "");
            page.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"{WireNames.Level(finding.Level)}\">{WireNames.Level(finding.Level)}</td><td><code>{Encode(place)}</code></td>")
                .Append(CultureInfo.InvariantCulture, $"<td>{finding.Rule}<br><small>{Encode(rule.Title)}</small></td><td><code>{Encode(finding.Match)}</code><br><small>");
            page.AppendJoin("<br>", finding.Why.Select(reason => $"{reason.Weight:+0;-0;0} {Encode(reason.Evidence)}"));
            page.Append("</small></td></tr>\n");
        }

        page.Append("</table>\n");
        if (scan.Findings.Count > FindingsMax)
            page.Append(CultureInfo.InvariantCulture, $"<p>{scan.Findings.Count - FindingsMax} more are in findings.sarif.</p>\n");
    }

    private static void AddLaw(StringBuilder page, CheckReport report)
    {
        if (report.Law.Count == 0)
            return;
        page.Append(CultureInfo.InvariantCulture, $"<h2>What the law says of the traits found, as of {report.LawAsOf:yyyy-MM-dd}</h2>\n<p>No verdict on anybody's compliance, and no legal advice.</p>\n<ul>");
        foreach (var basis in report.Law)
        {
            page.Append(CultureInfo.InvariantCulture, $"<li>{Encode(LawText.Line(basis, report.LawAsOf))}<br><small>{Encode(basis.Says)}</small></li>");
        }

        page.Append("</ul>\n");
    }

    private static void AddShips(StringBuilder page, CheckReport report)
    {
        if (report.Shipped.Count == 0 && report.Gaps.Count == 0)
            return;
        page.Append("<h2>What ships</h2>\n<table><tr><th>File</th><th>SHA-256</th></tr>\n");
        foreach (var file in report.Shipped)
            page.Append(CultureInfo.InvariantCulture, $"<tr><td><code>{Encode(file.Path)}</code></td><td><code>{file.Sha256}</code></td></tr>\n");
        page.Append("</table>\n");
        AddList(page, "Ships, but", [.. report.Gaps.Select(gap => $"{gap.Entry}: {gap.Reason}")]);
    }

    private static void AddSkipped(StringBuilder page, ScanReport scan)
    {
        if (scan.Skipped.Count == 0)
            return;
        page.Append("<h2>Not read</h2>\n");
        AddList(page, "", [.. scan.Skipped.Select(skipped => $"{skipped.Path}: {skipped.Reason}")]);
    }

    private static string Encode(string text) => Encoder.Encode(Harmless.Text(text));
}
