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

    private static ScoreHistogram Histogram(double[] numbers)
    {
        var histogram = new ScoreHistogram();
        foreach (var number in numbers)
            histogram.Add(number);
        return histogram;
    }
}
