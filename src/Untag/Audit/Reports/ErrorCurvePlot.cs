using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Untag.Audit.Statistics;

namespace Untag.Audit.Reports;

/// <summary>Draws both error rates of each group over all thresholds against each other, on axes of normal deviates (Martin and
/// others, Eurospeech 1997): a curve nearer to the lower left errs less.</summary>
internal static class ErrorCurvePlot
{
    private const int Size = 360;
    private const int Margin = 60;
    private const double Least = 0.0005;

    private static readonly string[] Colours = ["#3b5b92", "#b3261e", "#1b6e3c", "#9a6700", "#6b3fa0", "#007d8a", "#8a4b08", "#444444"];
    private static readonly double[] Marks = [0.001, 0.01, 0.05, 0.2, 0.5, 0.8];

    /// <summary>The colour of a group, by its place.</summary>
    public static string ColourOf(int place) => Colours[place % Colours.Length];

    /// <summary>Writes the plot of one decision.</summary>
    public static void Write(StringBuilder page, IReadOnlyList<CurveLine> curves, HtmlEncoder encoder)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h3>error rates over all thresholds</h3>\n<svg width=\"{Size + Margin + 220}\" height=\"{Size + Margin}\" role=\"img\" aria-label=\"error rates by threshold and group\">");
        foreach (var mark in Marks)
        {
            page.Append(CultureInfo.InvariantCulture, $"<line x1=\"{X(mark):0.0}\" x2=\"{X(mark):0.0}\" y1=\"0\" y2=\"{Size}\" stroke=\"#ddd\"/><line x1=\"{Margin}\" x2=\"{Margin + Size}\" y1=\"{Y(mark):0.0}\" y2=\"{Y(mark):0.0}\" stroke=\"#ddd\"/>")
                .Append(CultureInfo.InvariantCulture, $"<text x=\"{X(mark) - 12:0.0}\" y=\"{Size + 16}\">{mark}</text><text x=\"16\" y=\"{Y(mark) + 4:0.0}\">{mark}</text>");
        }

        for (var i = 0; i < curves.Count; i++)
        {
            var colour = ColourOf(i);
            page.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"");
            foreach (var point in curves[i].Points)
                page.Append(CultureInfo.InvariantCulture, $"{X(point.FalsePositive):0.0},{Y(point.FalseNegative):0.0} ");
            page.Append(CultureInfo.InvariantCulture, $"\"/><text x=\"{Margin + Size + 12}\" y=\"{(i * 18) + 16}\" fill=\"{colour}\">{encoder.Encode(curves[i].Group)}</text>");
        }

        page.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin}\" y=\"{Size + 36}\">across: false positives; up: false negatives</text></svg>\n");
    }

    private static double X(double rate) => Margin + (Size * Share(rate));

    private static double Y(double rate) => Size - (Size * Share(rate));

    private static double Share(double rate) =>
        (Normal.Quantile(Math.Clamp(rate, Least, 1 - Least)) - Normal.Quantile(Least)) / (2 * Normal.Quantile(1 - Least));
}
