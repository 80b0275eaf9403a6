using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Untag.Audit.Reports;

/// <summary>Draws what other thresholds would do to each group: its error rates by the threshold, with the deployed one as a dashed
/// line.</summary>
internal static class ThresholdPlot
{
    private const int Width = 360;
    private const int Height = 180;
    private const int Margin = 60;

    /// <summary>Writes a plot of false positives, then one of false negatives.</summary>
    public static void Write(StringBuilder page, IReadOnlyList<CurveLine> curves, double deployed, HtmlEncoder encoder)
    {
        Write(page, "false positives by threshold", curves, point => point.FalsePositive, deployed, encoder);
        Write(page, "false negatives by threshold", curves, point => point.FalseNegative, deployed, encoder);
    }

    private static void Write(
        StringBuilder page, string name, IReadOnlyList<CurveLine> curves, Func<CurvePoint, double> rate, double deployed, HtmlEncoder encoder)
    {
        var thresholds = curves.SelectMany(curve => curve.Points).Select(point => point.Threshold).Append(deployed).ToList();
        var (least, most) = (thresholds.Min(), thresholds.Max());
        double X(double threshold) => Margin + (Width * (threshold - least) / (most - least)); // a curve has two thresholds
        double Y(double share) => 8 + (Height * (1 - share));
        page.Append(CultureInfo.InvariantCulture, $"<h3>{name}</h3>\n<svg width=\"{Width + Margin + 220}\" height=\"{Height + 48}\" role=\"img\" aria-label=\"{name} and group\">");
        foreach (var mark in (double[])[0, 0.5, 1])
        {
            page.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Margin}\" x2=\"{Margin + Width}\" y1=\"{Y(mark):0.0}\" y2=\"{Y(mark):0.0}\" stroke=\"#ddd\"/>")
                .Append(CultureInfo.InvariantCulture, $"<text x=\"16\" y=\"{Y(mark) + 4:0.0}\">{mark}</text>");
        }

        page.Append(CultureInfo.InvariantCulture, $"<line x1=\"{X(deployed):0.0}\" x2=\"{X(deployed):0.0}\" y1=\"8\" y2=\"{Height + 8}\" stroke=\"#666\" stroke-dasharray=\"4\"/>");
        for (var i = 0; i < curves.Count; i++)
        {
            var colour = ErrorCurvePlot.ColourOf(i);
            page.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"");
            foreach (var point in curves[i].Points)
                page.Append(CultureInfo.InvariantCulture, $"{X(point.Threshold):0.0},{Y(rate(point)):0.0} ");
            page.Append(CultureInfo.InvariantCulture, $"\"/><text x=\"{Margin + Width + 12}\" y=\"{(i * 18) + 16}\" fill=\"{colour}\">{encoder.Encode(curves[i].Group)}</text>");
        }

        page.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin}\" y=\"{Height + 26}\">{least:0.###}</text><text x=\"{Margin + Width - 24}\" y=\"{Height + 26}\">{most:0.###}</text>")
            .Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin}\" y=\"{Height + 42}\">dashed: the deployed threshold, {deployed:0.###}</text></svg>\n");
    }
}
