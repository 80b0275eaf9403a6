using CsCheck;
using Untag.Audit.Judging;
using Untag.Audit.Statistics;

namespace Untag.Tests.Audit.Judging;

public sealed class MultiplicityTests
{
    [Fact]
    public void Holm_multiplies_by_what_is_left_and_never_falls() =>
        Assert.Equal([0.03, 0.06, 0.06, 0.5], Multiplicity.Holm([new Chance(0.0075), new Chance(0.02), new Chance(0.03), new Chance(0.5)]).Select(p => Math.Round(p, 12)));

    // Draws that are all alike: several measures are one.
    [Fact]
    public void Measures_that_are_one_are_adjusted_as_one()
    {
        var random = new SeededRandom(1);
        var draws = Enumerable.Range(0, 1_000).Select(i => i == 0 ? 2.5 : random.NextNormal()).ToList();
        var alone = Adjusted([.. draws.Select(draw => new[] { draw })])[0];
        Assert.Equal([alone, alone, alone, alone], Adjusted([.. draws.Select(draw => new[] { draw, draw, draw, draw })]));
    }

    [Fact]
    public void Independent_measures_are_adjusted_about_as_sidak_does()
    {
        var random = new SeededRandom(2);
        IReadOnlyList<double[]> draws = [.. Enumerable.Range(0, 20_000).Select(i => new[] { i == 0 ? 3 : random.NextNormal(), random.NextNormal(), random.NextNormal() })];
        const double Alone = 0.001350; // P(Z > 3)
        Assert.Equal(1 - Math.Pow(1 - Alone, 3), Adjusted(draws)[0], 0.0012);
    }

    [Fact]
    public void The_order_of_measures_changes_nothing_and_more_of_them_never_help() =>
        Gen.Double[-3, 3].Array[4].Array[20, 60].Sample(draws =>
        {
            var adjusted = Adjusted(draws);
            var mirrored = Adjusted([.. draws.Select(draw => draw.Reverse().ToArray())]);
            Assert.Equal(adjusted, mirrored.Reverse());
            var fewer = Adjusted([.. draws.Select(draw => draw[..2])]);
            Assert.True(adjusted[0] >= fewer[0] && adjusted[1] >= fewer[1]);
            for (var i = 0; i < 4; i++)
                Assert.True(adjusted[i] >= draws.Count(draw => draw[i] >= draws[0][i]) / (double)draws.Length);
        });

    private static IReadOnlyList<double> Adjusted(IReadOnlyList<double[]> draws) => Multiplicity.WestfallYoung([.. draws.Select(sizes =>
    {
        var draw = new Draw(sizes.Length);
        for (var i = 0; i < sizes.Length; i++)
            draw[i] = sizes[i];
        return draw;
    })]);
}
