using System.Globalization;
using System.Text;
using Untag.Audit.Aggregates;
using Untag.Audit.Judging;
using Untag.Audit.Measures;
using Untag.Audit.Statistics;

namespace Untag.Tests.Audit;

/// <summary>How often an interval of a rate covers it: Wilson's as an audit prints it, Clopper and Pearson's as a verdict rests on,
/// and the textbook's ± 1.96 standard errors of rows.</summary>
internal readonly record struct Coverage(int Rows, double Rate, bool Clustered, double Printed, double Judged, double Textbook, double PrintedWidth, double TextbookWidth);

/// <summary>How often a verdict is given on two groups of one size.</summary>
internal readonly record struct Power(int People, double Gap, double Holds, double Fails);

/// <summary>Simulations with fixed seeds, and the page that shows them.</summary>
internal static class PowerPage
{
    private const double Z = 1.959963984540054;
    private const int RowsOfPerson = 5;
    private const double Alike = 0.3; // correlation of the rows of a person
    private static readonly int[] Sizes = [50, 200, 1_000, 10_000];
    private static readonly double[] Rates = [0.001, 0.01, 0.05, 0.2, 0.5];

    public static IReadOnlyList<Coverage> Coverages { get; } =
        [.. Sizes.SelectMany(rows => Rates.SelectMany(rate => new[] { Exact(rows, rate), Simulated(rows, rate) }))];

    public static IReadOnlyList<Power> Powers { get; } =
        [.. new[] { 200, 500, 1_000, 2_000, 5_000 }.SelectMany(people => new[] { 0, 0.05, 0.10 }.Select(gap => OfGap(people, gap)))];

    public static string Text()
    {
        var page = new StringBuilder("""
            # How sure an audit is

            Written by a test from fixed seeds (`PowerPageTests`); nothing here was chosen by hand.

            ## Intervals of a rate, 95 %

            Each person has one row (computed from the binomial distribution), or five rows that resemble each other with a correlation of
            0.3 (500 tables of people drawn by lot). *Printed* is Wilson's interval with effective rows, *judged* Clopper and Pearson's, on which
            verdicts rest; both count fewer rows where their number is estimated from few people (Korn and Graubard 1998). *Textbook* is ± 1.96
            standard errors of rows. A verdict asks for 50 people: 50 rows of 10 people are shown, and judged by
            nobody.

            | rows | rate | rows of a person | printed covers | judged covers | textbook covers | printed width | textbook width |
            |---|---|---|---|---|---|---|---|

            """);
        foreach (var point in Coverages)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {point.Rows} | {point.Rate} | {(point.Clustered ? RowsOfPerson : 1)} | {Percent(point.Printed)} | ")
                .Append(CultureInfo.InvariantCulture, $"{Percent(point.Judged)} | {Percent(point.Textbook)} | {point.PrintedWidth:0.0000} | {point.TextbookWidth:0.0000} |\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"| mean | | | {Percent(Coverages.Average(p => p.Printed))} | {Percent(Coverages.Average(p => p.Judged))} | ")
            .Append(CultureInfo.InvariantCulture, $"{Percent(Coverages.Average(p => p.Textbook))} | {Coverages.Average(p => p.PrintedWidth):0.0000} | {Coverages.Average(p => p.TextbookWidth):0.0000} |\n")
            .Append(CultureInfo.InvariantCulture, $"| worst | | | {Percent(Coverages.Min(p => p.Printed))} | {Percent(Coverages.Min(p => p.Judged))} | {Percent(Coverages.Min(p => p.Textbook))} | | |\n")
            .Append("""

            ## Verdicts on a gap, tolerance 0.05

            Two groups of the same size, one with a rate of 0.20, the other with that and the gap; 400 tables each. At a gap of 0.05 every
            verdict but *insufficient* is wrong.

            | people in each group | gap | holds | fails | insufficient |
            |---|---|---|---|---|

            """);
        foreach (var power in Powers)
            page.Append(CultureInfo.InvariantCulture, $"| {power.People} | {power.Gap:0.00} | {Percent(power.Holds)} | {Percent(power.Fails)} | {Percent(1 - power.Holds - power.Fails)} |\n");
        return page.ToString();
    }

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static Coverage Exact(int rows, double rate)
    {
        double printed = 0, judged = 0, textbook = 0, printedWidth = 0, textbookWidth = 0;
        for (var hits = 0; hits <= rows; hits++)
        {
            var chance = Math.Exp(
                GammaFunction.Log(rows + 1) - GammaFunction.Log(hits + 1) - GammaFunction.Log(rows - hits + 1)
                + (hits * Math.Log(rate)) + ((rows - hits) * Math.Log(1 - rate)));
            if (chance < 1e-12)
                continue;
            var share = (double)hits / rows;
            var wilson = RateIntervals.Wilson(share, rows, Z);
            var wald = Wald(share, rows);
            printed += chance * Holds(wilson, rate);
            judged += chance * Holds(RateIntervals.ClopperPearson(hits, rows, 0.95), rate);
            textbook += chance * Holds(wald, rate);
            printedWidth += chance * (wilson.High - wilson.Low);
            textbookWidth += chance * (wald.High - wald.Low);
        }

        return new Coverage(rows, rate, false, printed, judged, textbook, printedWidth, textbookWidth);
    }

    private static Coverage Simulated(int rows, double rate)
    {
        const int Tables = 500;
        var random = new SeededRandom((ulong)rows * 7919 + (ulong)(rate * 1_000));
        double printed = 0, judged = 0, textbook = 0, printedWidth = 0, textbookWidth = 0;
        const double Shape = (1 - Alike) / Alike;
        for (var table = 0; table < Tables; table++)
        {
            var sums = default(CellSums);
            for (var person = 0; person < rows / RowsOfPerson; person++)
            {
                var own = random.NextBeta(rate * Shape, (1 - rate) * Shape);
                var hits = 0;
                for (var row = 0; row < RowsOfPerson; row++)
                    hits += random.NextUnit() < own ? 1 : 0;
                sums += CellSums.OfPerson(RowsOfPerson, hits);
            }

            var found = Rate.Of(sums)!.Value;
            var wilson = found.Interval(Z);
            var wald = Wald(found.Estimate, rows);
            printed += Holds(wilson, rate) / (double)Tables;
            judged += Holds(found.Exact(0.95), rate) / (double)Tables;
            textbook += Holds(wald, rate) / (double)Tables;
            printedWidth += (wilson.High - wilson.Low) / Tables;
            textbookWidth += (wald.High - wald.Low) / Tables;
        }

        return new Coverage(rows, rate, true, printed, judged, textbook, printedWidth, textbookWidth);
    }

    private static Power OfGap(int people, double gap)
    {
        const int Tables = 400;
        var random = new SeededRandom((ulong)people + (ulong)(gap * 1_000));
        double holds = 0, fails = 0;
        for (var table = 0; table < Tables; table++)
        {
            Rate Drawn(double rate) => Rate.Of(CellSums.OfSingles(people, Enumerable.Range(0, people).Count(_ => random.NextUnit() < rate)))!.Value;
            var verdict = Verdicts.Of(GuaranteedGap.Between(Drawn(0.2 + gap), Drawn(0.2), 0.95).Size(), 0.05);
            holds += verdict == Verdict.Holds ? 1.0 / Tables : 0;
            fails += verdict == Verdict.Fails ? 1.0 / Tables : 0;
        }

        return new Power(people, gap, holds, fails);
    }

    private static Interval Wald(double share, int rows)
    {
        var spread = Z * Math.Sqrt(share * (1 - share) / rows);
        return new Interval(share - spread, share + spread);
    }

    private static int Holds(Interval interval, double truth) => interval.Low <= truth && truth <= interval.High ? 1 : 0;
}
