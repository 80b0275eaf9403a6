using System.Globalization;
using System.Net;
using Untag.Scan;

namespace Untag.Check.Reports;

/// <summary>Writes a check as one page that needs nothing else: no script, no font, no request. Every text of the
/// product is encoded, since it may come from anywhere.</summary>
public static class HtmlReport
{
    private const string Style = """
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }
        h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
        table { border-collapse: collapse; width: 100%; } td, th { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #ddd; }
        code { font-size: .9em; overflow-wrap: anywhere; }
        .verdict { font-weight: 600; padding: .1rem .5rem; border-radius: .3rem; border: 1px solid; }
        .holds { color: #14532d; } .fails { color: #991b1b; } .insufficient, .not-checked, .partial { color: #78350f; }
        @media print { body { margin: 0; max-width: none; } h2 { break-after: avoid; } }
        """;

    /// <summary>Writes the page in UTF-8.</summary>
    /// <exception cref="IOException">The output cannot be written.</exception>
    public static void Write(CheckReport report, TextWriter output)
    {
        var product = report.Product.Version is { } version ? $"{report.Product.Product} {version}" : report.Product.Product;
        output.Write($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>{Encoded(product)}: five claims</title>
            <style>
            {Style}
            </style>
            </head>
            <body>
            <h1>{Encoded(product)}: five claims</h1>
            <p>Checked on {report.CheckedOn:yyyy-MM-dd} by untag {Encoded(Tool.Version)} with the policy
            <code>{Encoded(report.Scan.PolicyName)}</code>, SHA-256 <code>{Encoded(report.Scan.PolicyDigest)}</code>.</p>

            """);
        if (report.Partial)
            output.Write("<p class=\"partial\"><strong>Partial:</strong> something that the claims are about was not looked at.</p>\n");
        foreach (var claim in report.Claims)
            WriteClaim(output, claim);
        WriteFindings(output, report.Scan);
        WriteShipped(output, report);
        WriteLaw(output, report);
        output.Write("</body>\n</html>\n");
    }

    private static void WriteClaim(TextWriter output, ClaimResult claim)
    {
        var verdict = Claims.Verdict(claim.Verdict);
        output.Write($"<h2>{Encoded(claim.Claim)} <span class=\"verdict {verdict}\">{verdict.Replace('-', ' ')}</span></h2>\n");
        output.Write($"<p>{Encoded(claim.Says)}.</p>\n");
        WriteList(output, "Looked at", claim.Checked);
        WriteList(output, "For it", claim.Passed);
        WriteList(output, "Against it, or missing", claim.Failed);
        WriteList(output, "What a pass would not prove", claim.NotProven);
        WriteList(output, "Next", claim.Next);
    }

    private static void WriteList(TextWriter output, string title, IReadOnlyList<string> sentences)
    {
        if (sentences.Count == 0)
            return;
        output.Write($"<p>{title}</p>\n<ul>\n");
        foreach (var sentence in sentences)
            output.Write($"<li>{Encoded(sentence)}</li>\n");
        output.Write("</ul>\n");
    }

    private static void WriteFindings(TextWriter output, ScanReport scan)
    {
        output.Write("<h2>Findings of the scan</h2>\n");
        if (scan.Findings.Count == 0)
        {
            output.Write("<p>None.</p>\n");
            return;
        }

        output.Write("<table>\n<tr><th>Level</th><th>Place</th><th>Rule</th><th>Text</th><th>Strongest reason</th></tr>\n");
        foreach (var finding in scan.Findings)
        {
            var place = finding.Line is { } line ? $"{finding.Path}:{line.ToString(CultureInfo.InvariantCulture)}" : finding.Path;
            var inner = finding.Inner is { } text ? $" ({text})" : "";
            var reason = finding.Why.Count == 0 ? "" : finding.Why[0].Evidence;
            output.Write(
                $"<tr><td>{WireNames.Level(finding.Level)}</td><td><code>{Encoded(place + inner)}</code></td>"
                + $"<td>{Encoded(finding.Rule)}</td><td>{Encoded(finding.Match)}</td><td>{Encoded(reason)}</td></tr>\n");
        }

        output.Write("</table>\n");
    }

    private static void WriteShipped(TextWriter output, CheckReport report)
    {
        output.Write("<h2>What ships</h2>\n");
        if (report.Shipped.Count == 0)
            output.Write("<p>Nothing is listed under <code>ships</code>.</p>\n");
        else
            output.Write("<table>\n<tr><th>File</th><th>SHA-256</th></tr>\n");
        foreach (var file in report.Shipped)
            output.Write($"<tr><td><code>{Encoded(file.Path)}</code></td><td><code>{file.Sha256}</code></td></tr>\n");
        if (report.Shipped.Count > 0)
            output.Write("</table>\n");
    }

    private static void WriteLaw(TextWriter output, CheckReport report)
    {
        if (report.Law.Count == 0)
            return;
        output.Write("<h2>Which law speaks of what was found</h2>\n<p>Facts, not advice, and no verdict on compliance.</p>\n<ul>\n");
        foreach (var law in report.Law)
            output.Write($"<li>{Encoded(LawText.Line(law, report.LawAsOf))}<br>{Encoded(law.Says)}</li>\n");
        output.Write("</ul>\n");
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
