using CsCheck;
using Untag.Audit.Aggregates;
using Untag.Audit.Measures;
using Untag.Audit.Statistics;

namespace Untag.Tests.Audit.Measures;

public sealed class SeparationTests
{
    [Fact]
    public void The_area_is_the_share_of_pairs_in_order_and_ties_count_half()
    {
        Assert.Equal(0.75, Of([0.35, 0.8], [0.1, 0.4]).Area, 15);
        Assert.Equal(0.5, Of([0.2, 0.2], [0.2]).Area, 15);
        Assert.Equal(1, Of([3, 4], [-1, 2]).Area);
        Assert.Equal(0.875, Of([1, 2], [1, 0]).Area, 15);
    }

    // The definition, pair by pair: DeLong's components are the means of each row's comparisons.
    [Fact]
    public void Area_and_interval_are_those_of_the_definition() =>
        Gen.Select(Numbers, Numbers).Sample((x, y) =>
        {
            static double Order(double a, double b) => a > b ? 1 : a == b ? 0.5 : 0;
            var ofX = x.Select(a => y.Average(b => Order(a, b))).ToList();
            var ofY = y.Select(b => x.Average(a => Order(a, b))).ToList();
            var area = ofX.Average();
            var found = Of(x, y);
            Assert.Equal(area, found.Area, 12);
            var variance = (ofX.Sum(v => (v - area) * (v - area)) / (x.Length - 1) / x.Length) + (ofY.Sum(v => (v - area) * (v - area)) / (y.Length - 1) / y.Length);
            if (area is 0 or 1 || variance < 1e-12)
                return;
            var spread = 1.96 * Math.Sqrt(variance) / (area * (1 - area));
            Assert.Equal(1 / (1 + Math.Exp(-(Math.Log(area / (1 - area)) - spread))), found.Interval(1.96).Low, 9);
        });

    [Fact]
    public void Exchanging_the_two_mirrors_the_area() =>
        Gen.Select(Numbers, Numbers).Sample((x, y) => Assert.Equal(1, Of(x, y).Area + Of(y, x).Area, 12));

    [Fact]
    public void The_interval_covers_the_true_area_and_chance_is_uniform_when_nothing_is_behind_it()
    {
        var random = new SeededRandom(31);
        int covered = 0, rare = 0;
        const double Shift = 0.5;
        var truth = 1 - (ChiSquared.Above(Shift * Shift / 2, 1) / 2); // Φ(shift / √2)
        for (var i = 0; i < 500; i++)
        {
            double[] Draw(int n, double shift) => [.. Enumerable.Range(0, n).Select(_ => random.NextNormal() + shift)];
            var interval = Of(Draw(80, Shift), Draw(120, 0)).Interval(1.959964);
            covered += interval.Low <= truth && truth <= interval.High ? 1 : 0;
            rare += Of(Draw(80, 0), Draw(120, 0)).Chance <= 0.05 ? 1 : 0;
        }

        Assert.InRange(covered, 465, 488);
        Assert.InRange(rare, 12, 40);
    }

    [Fact]
    public void A_part_against_what_is_left_of_the_whole_is_a_part_against_the_rest() => Gen.Select(Numbers, Numbers).Sample((group, rest) =>
    {
        var (plain, ofPart) = (Of(group, rest), Separation.OfPart(Histogram(group), 1, Histogram([.. group, .. rest]), 1)!);
        Assert.Equal((plain.Area, plain.Chance, plain.Interval(2)), (ofPart.Area, ofPart.Chance, ofPart.Interval(2)));
    });

    [Fact]
    public void Numbers_in_any_order_of_parts_give_the_same_histogram() =>
        Numbers.Sample(x =>
        {
            var whole = Histogram(x);
            var parts = Histogram(x[..(x.Length / 2)]);
            parts.Add(Histogram(x[(x.Length / 2)..]));
            Assert.Equal(whole.Bins(), parts.Bins());
            Assert.Equal(x.Length, whole.Total);
        });

    [Fact]
    public void Bins_are_in_the_order_of_numbers_and_know_their_least() =>
        Gen.Select(Gen.Double, Gen.Double).Sample((a, b) =>
        {
            if (double.IsFinite(a) && double.IsFinite(b) && a <= b)
                Assert.True(ScoreHistogram.BinOf(a) <= ScoreHistogram.BinOf(b));
            if (double.IsFinite(a))
                Assert.Equal(ScoreHistogram.BinOf(a), ScoreHistogram.BinOf(ScoreHistogram.LeastOf(ScoreHistogram.BinOf(a))));
        });

    [Theory]
    [InlineData("0.1234567", 7, 7)]
    [InlineData("-12.05", 2, 5)]
    [InlineData("3", 1, 0)]
    [InlineData(".5", 1, 5)]
    [InlineData("1.5e-3", 4, 5)]
    [InlineData("7E2", 1, 0)]
    [InlineData(" 0.25 ", 2, 5)]
    public void A_digit_stands_at_its_place(string number, int place, int digit)
    {
        var counts = new DigitCounts();
        counts.AddDigits(DigitCounts.DigitsOf(System.Text.Encoding.UTF8.GetBytes(number)), 1);
        Assert.Equal(1, counts.At(place)[digit]);
        Assert.Equal(1, counts.At(place).Sum());
    }

    private static readonly Gen<double[]> Numbers = Gen.Int[-9, 9].Select(i => i / 4.0).Array[2, 40];

    private static Separation Of(double[] group, double[] rest) => Separation.Of(Histogram(group), 1, Histogram(rest), 1)!;

    private static ScoreHistogram Histogram(double[] numbers)
    {
        var histogram = new ScoreHistogram();
        foreach (var number in numbers)
            histogram.Add(number);
        return histogram;
    }
}
