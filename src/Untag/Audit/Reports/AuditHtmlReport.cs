using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Untag.Audit.Judging;

namespace Untag.Audit.Reports;

/// <summary>Writes an audit as one page of HTML that needs nothing else: no script, no font, no network. Its plots are SVG inside the
/// page. Everything that comes from a table is encoded.</summary>
public static class AuditHtmlReport
{
    private const int RowHeight = 22;
    private const int NameWidth = 210;
    private const int PlotWidth = 430;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private const string Style = """
        body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c}
        h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2.2rem}h3{font-size:1rem;margin-bottom:.2rem}
        table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ddd}
        .holds{color:#1b6e3c;font-weight:600}.fails{color:#b3261e;font-weight:600}.insufficient{color:#9a6700;font-weight:600}
        svg{font:12px system-ui,sans-serif;display:block}small{color:#666}
        @media print{body{margin:0;max-width:none}}
        """;

    /// <summary>Writes the page.</summary>
    public static void Write(AuditReport report, TextWriter output)
    {
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
            .Append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
            .Append(CultureInfo.InvariantCulture, $"<title>Untag: audit</title><style>\n{Style}\n</style></head><body>\n<h1>Audit</h1>\n")
            .Append(CultureInfo.InvariantCulture, $"<p>{report.Rows} rows, {report.People} people")
            .Append(report.Method.Strata.Count > 0 ? $"; judged within strata: {Encoder.Encode(string.Join(", ", report.Method.Strata))}" : "")
            .Append(report.Method.Consumed.Count > 0 ? $"; the embedding is measured after {string.Join(", ", report.Method.Consumed)}" : "")
            .Append(report.PlanDigest is { } digest ? $"; by the plan <code>{digest}</code>" : "").Append("</p>\n");
        WriteClaims(page, report);
        WriteGroups(page, report.Groups);
        WriteIdentify(page, report.Identify);
        foreach (var decision in report.Target.GroupBy(line => line.Decision))
        {
            WriteTarget(page, decision.Key, [.. decision]);
            var curves = report.Curves.Where(curve => curve.Decision == decision.Key && curve.Points.Count > 1).ToList();
            if (curves.Count == 0)
                continue;
            ErrorCurvePlot.Write(page, curves, Encoder);
            ThresholdPlot.Write(page, curves, report.Method.Thresholds.First(threshold => threshold.Decision == decision.Key).Threshold, Encoder);
        }

        page.Append("<p><small>Intervals hold for each line alone; verdicts by bounds that hold for all together. Nothing is told of fewer than ")
            .Append(CultureInfo.InvariantCulture, $"{Disclosure.PeopleMin} people.</small></p>\n</body></html>\n");
        output.Write(page);
    }

    private static void WriteClaims(StringBuilder page, AuditReport report)
    {
        page.Append("<table>");
        foreach (var (claim, verdict) in new[] { (AuditClaims.NoTagLeaked, report.NoTagLeaked), (AuditClaims.NoGroupTargeted, report.NoGroupTargeted) })
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{claim}</td><td>{(verdict is null ? "not checked" : Word(verdict))}</td></tr>");
        page.Append("</table>\n");
        foreach (var line in report.Settles)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>{line.Claim}: {Encoder.Encode(line.InWords(line.Group ?? "the table"))}</p>\n");
        }
    }

    private static void WriteGroups(StringBuilder page, IReadOnlyList<GroupLine> groups)
    {
        page.Append("<h2>Groups</h2>\n<table>");
        foreach (var group in groups)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Encoder.Encode(group.Name)}</td><td>")
                .Append(group.People is { } people ? string.Create(CultureInfo.InvariantCulture, $"about {people} people") : "too few people")
                .Append("</td></tr>");
        }

        page.Append("</table>\n");
    }

    private static void WriteIdentify(StringBuilder page, IReadOnlyList<IdentifyLine> lines)
    {
        if (lines.Count == 0)
            return;
        page.Append("<h2>Does an output say what group a person is of?</h2>\n<table><tr><th>output</th><th>measure</th><th>value</th><th>p, adjusted</th><th></th></tr>");
        foreach (var line in lines)
        {
            var name = line.Group is null ? line.Measure : $"{line.Measure} of {line.Group}";
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Encoder.Encode(line.Output)}{Explored(line.Exploratory)}</td><td>{Encoder.Encode(name)}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td>{(line.NotMeasured is { } why ? $"not measured: {Encoder.Encode(why)}" : Value(line.Estimate, line.Low, line.High))}</td><td>{line.PAdjusted:0.0000}</td><td>{(line.IsCounted ? "" : Word(line.Verdict))}</td></tr>");
        }

        page.Append("</table>\n");
    }

    private static void WriteTarget(StringBuilder page, string decision, List<TargetLine> lines)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>Does <code>{Encoder.Encode(decision)}</code> single a group out?{Explored(lines[0].Exploratory)}</h2>\n");
        foreach (var rate in lines.Where(line => line.Group is not null && line.Reference is null).GroupBy(line => line.Measure))
        {
            page.Append(CultureInfo.InvariantCulture, $"<h3>{rate.Key}</h3>\n");
            Plot(page, rate.Key, [.. rate]);
            page.Append("<table><tr><th>group</th><th>against</th><th></th><th>value</th><th></th></tr>");
            foreach (var line in lines.Where(line => line.Reference is not null && line.Measure.StartsWith(rate.Key + "_", StringComparison.Ordinal)))
            {
                page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Encoder.Encode(line.Group!)}</td><td>{Encoder.Encode(line.Reference!)}</td><td>{line.Measure}</td>")
                    .Append(CultureInfo.InvariantCulture, $"<td>{Value(line.Estimate, line.Low, line.High)}</td><td>{Word(line.Verdict)}</td></tr>");
            }

            page.Append("</table>\n");
        }

        WriteTogether(page, [.. lines.Where(line => line.Group is null)]);
    }

    private static void WriteTogether(StringBuilder page, List<TargetLine> figures)
    {
        if (figures.Count == 0)
            return;
        page.Append("<h3>all groups together</h3>\n<table>");
        foreach (var figure in figures)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{figure.Measure}{(figure.Reference is { } rate ? " of " + rate : "")}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td>{Value(figure.Estimate, figure.Low, figure.High)}</td><td>{Word(figure.Verdict)}</td></tr>");
        }

        page.Append("</table>\n");
    }

    // A row for each group: its interval as a line, its rate as a dot, on a scale from 0 to the largest upper bound.
    private static void Plot(StringBuilder page, string measure, List<TargetLine> lines)
    {
        var most = Math.Max(1e-6, lines.Max(line => line.High ?? line.Estimate ?? 0));
        var height = (lines.Count * RowHeight) + 24;
        double At(double value) => NameWidth + (PlotWidth * value / most);
        page.Append(CultureInfo.InvariantCulture, $"<svg width=\"{NameWidth + PlotWidth + 60}\" height=\"{height}\" role=\"img\" aria-label=\"{measure} by group\">");
        for (var i = 0; i < lines.Count; i++)
        {
            var y = (i * RowHeight) + 16;
            page.Append(CultureInfo.InvariantCulture, $"<text x=\"0\" y=\"{y}\">{Encoder.Encode(lines[i].Group!)}</text>");
            if (lines[i] is not { Estimate: { } estimate, Low: { } low, High: { } high })
            {
                page.Append(CultureInfo.InvariantCulture, $"<text x=\"{NameWidth}\" y=\"{y}\" fill=\"#666\">withheld</text>");
                continue;
            }

            page.Append(CultureInfo.InvariantCulture, $"<line x1=\"{At(low):0.0}\" x2=\"{At(high):0.0}\" y1=\"{y - 4}\" y2=\"{y - 4}\" stroke=\"#3b5b92\" stroke-width=\"2\"/>")
                .Append(CultureInfo.InvariantCulture, $"<circle cx=\"{At(estimate):0.0}\" cy=\"{y - 4}\" r=\"4\" fill=\"#3b5b92\"/>");
        }

        page.Append(CultureInfo.InvariantCulture, $"<line x1=\"{NameWidth}\" x2=\"{NameWidth + PlotWidth}\" y1=\"{height - 18}\" y2=\"{height - 18}\" stroke=\"#999\"/>")
            .Append(CultureInfo.InvariantCulture, $"<text x=\"{NameWidth}\" y=\"{height - 4}\">0</text><text x=\"{NameWidth + PlotWidth}\" y=\"{height - 4}\">{most:0.000}</text></svg>\n");
    }

    private static string Explored(bool exploratory) => exploratory ? " <small>exploratory</small>" : "";

    private static string Word(Verdict? verdict) =>
        verdict is { } known ? $"<span class=\"{Verdicts.Name(known)}\">{Verdicts.Name(known)}</span>" : "";

    private static string Value(double? estimate, double? low, double? high) => (estimate, low, high) switch
    {
        (null, _, _) => "withheld",
        ({ } value, { } from, { } to) => string.Create(CultureInfo.InvariantCulture, $"{value:0.0000} [{from:0.0000}, {to:0.0000}]"),
        ({ } value, _, _) => string.Create(CultureInfo.InvariantCulture, $"{value:0.0000}"),
    };
}
