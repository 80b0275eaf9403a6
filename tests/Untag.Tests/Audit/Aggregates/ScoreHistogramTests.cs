using CsCheck;
using Untag.Audit.Aggregates;

namespace Untag.Tests.Audit.Aggregates;

public sealed class ScoreHistogramTests
{
    // Few numbers are kept in another way than many, and either is added to either.
    [Fact]
    public void Parts_give_the_counts_of_the_whole() =>
        Gen.OneOf(Gen.Double[-3, 3], Gen.Int[0, 9].Select(number => (double)number)).Array[0, 120].Array[1, 4].Sample(parts =>
        {
            var sum = new ScoreHistogram();
            foreach (var part in parts)
                sum.Add(Histogram(part));
            var expected = parts.SelectMany(part => part).GroupBy(ScoreHistogram.BinOf).OrderBy(bin => bin.Key)
                .Select(bin => (bin.Key, (long)bin.Count())).ToList();
            Assert.Equal(expected, sum.Bins());
            Assert.Equal(parts.Sum(part => part.Length), sum.Total);
            foreach (var (bin, _) in expected)
                Assert.Equal(expected.Where(other => other.Key >= bin).Sum(other => other.Item2), sum.From(bin));
        });

    [Fact]
    public void Numbers_of_all_sizes_are_kept_apart() =>
        Gen.Double.Where(double.IsFinite).Array[0, 2_000].Sample(numbers => Assert.Equal(
            numbers.GroupBy(ScoreHistogram.BinOf).OrderBy(bin => bin.Key).Select(bin => (bin.Key, (long)bin.Count())),
            Histogram(numbers).Bins()), iter: 20);

    // A page counts to 2³².
    [Fact]
    public void More_rows_than_a_page_counts_are_counted()
    {
        var (histogram, sum) = (Histogram([.. Enumerable.Range(0, 100).Select(number => (double)number)]), new ScoreHistogram());
        histogram.Add(ScoreHistogram.BinOf(7), 6_000_000_000);
        histogram.Add(ScoreHistogram.BinOf(7), 6_000_000_000);
        sum.Add(histogram);
        sum.Add(histogram);
        Assert.Equal(24_000_000_002, sum.Bins().Single(bin => bin.Bin == ScoreHistogram.BinOf(7)).Count);
        Assert.Equal(24_000_000_002 + (2 * 92), sum.From(ScoreHistogram.BinOf(7)));
        Assert.Equal(24_000_000_200, sum.Total);
    }

    [Fact]
    public void Classes_are_of_about_equal_size() => Gen.Double[0, 1].Array[1, 500].Sample(numbers =>
    {
        var histogram = Histogram(numbers);
        var classes = new ScoreClasses(histogram, 4);
        double below = 0;
        foreach (var (bin, count) in histogram.Bins())
        {
            Assert.Equal((int)(4 * (below + (count / 2.0)) / numbers.Length), classes.Of(bin));
            below += count;
        }
    });

    private static ScoreHistogram Histogram(double[] numbers)
    {
        var histogram = new ScoreHistogram();
        foreach (var number in numbers)
            histogram.Add(number);
        return histogram;
    }
}
