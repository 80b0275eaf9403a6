using Untag.Audit.Statistics;

namespace Untag.Tests.Audit.Statistics;

public sealed class FisherFTests
{
    // Powers that G*Power 3.1 prints: two groups of 64 that differ by half a standard deviation; four of 45 with f = 0.25.
    [Theory]
    [InlineData(3.916325, 1, 126, 0, 0.05)]
    [InlineData(3.916325, 1, 126, 8, 0.8014596)]
    [InlineData(2.655939, 3, 176, 0, 0.05)]
    [InlineData(2.655939, 3, 176, 11.25, 0.8039869)]
    public void Chances_are_those_that_are_published(double f, double first, double second, double noncentrality, double chance) =>
        Assert.Equal(chance, FisherF.Above(f, first, second, noncentrality), 4);

    [Fact]
    public void Bounds_give_their_chances_back()
    {
        var interval = FisherF.Noncentrality(4.2, 7, 300, 0.025);
        Assert.Equal(0.025, FisherF.Above(4.2, 7, 300, interval.Low), 6);
        Assert.Equal(0.975, FisherF.Above(4.2, 7, 300, interval.High), 6);
        Assert.Equal(0, FisherF.Noncentrality(0.5, 7, 300, 0.025).Low);
    }
}
