using Untag.Audit.Aggregates;
using Untag.Audit.Measures;
using Untag.Audit.Statistics;

namespace Untag.Tests.Audit.Measures;

public sealed class ContingencyTableTests
{
    // The six groups of ProPublica's two-year file: rows selected (medium or high), and not.
    private static readonly ContingencyTable Compas = Table([2174, 1522], [8, 24], [854, 1600], [190, 447], [12, 6], [79, 298]);

    [Fact]
    public void The_association_of_the_published_table_is_known()
    {
        Assert.Equal(7214, Compas.Total);
        Assert.Equal(5, Compas.Freedom);
        Assert.Equal(539.557727, Compas.ChiSquared, 6);
        Assert.Equal(0.273483, Compas.CramersV, 6);
        Assert.Equal(0.038260, Compas.MutualInformation, 6);
        Assert.Equal(552.02022, Compas.G, 5);
    }

    // φ² = χ²/n − 5/7213, r = 6 − 25/7213, c = 2 − 1/7213.
    [Fact]
    public void What_chance_adds_is_taken_from_v_as_bergsma_does()
    {
        var phi = (539.557727 / 7214) - (5 / 7213.0);
        Assert.Equal(Math.Sqrt(phi / (1 - (1 / 7213.0))), Compas.CramersVCorrected, 6);
        Assert.Equal(0.038260 - (5 / 14428.0), Compas.MutualInformationCorrected, 1e-6);
    }

    [Fact]
    public void A_table_that_tells_the_group_for_certain_has_v_1_and_the_information_of_the_groups()
    {
        var table = Table([500, 0], [0, 500]);
        Assert.Equal(1, table.CramersV, 12);
        Assert.Equal(Math.Log(2), table.MutualInformation, 12);
    }

    [Fact]
    public void A_table_of_equal_rows_tells_nothing()
    {
        var table = Table([30, 70], [300, 700]);
        Assert.Equal(0, table.CramersV, 12);
        Assert.Equal(0, table.CramersVCorrected);
        Assert.Equal(0, table.CramersVInterval(0.025).Low);
        Assert.Equal(1, table.PermutationP(new SeededRandom(1)));
    }

    [Fact]
    public void One_group_or_one_value_leaves_nothing_to_tell()
    {
        foreach (var table in new[] { Table([5, 6]), Table([5, 0], [6, 0]), Table() })
        {
            Assert.Equal(0, table.Freedom);
            Assert.Equal(0, table.CramersV);
            Assert.Equal(new Interval(0, 0), table.CramersVInterval(0.025));
            Assert.Equal(1, table.PermutationP(new SeededRandom(1)));
        }
    }

    // 2 × 2: the permutation test is Fisher's, whose p for Fisher's own tea (4 cups of each, 3 right) is 34/70 two-sided.
    [Fact]
    public void The_permutation_test_of_fishers_tea_gives_fishers_answer() =>
        Assert.Equal(34 / 70.0, Table([3, 1], [1, 3]).PermutationP(new SeededRandom(3)), 0.015);

    [Fact]
    public void By_chance_a_p_below_5_percent_comes_in_5_percent_of_tables()
    {
        var random = new SeededRandom(11);
        var below = 0;
        for (var i = 0; i < 400; i++)
        {
            var counts = new int[3][];
            for (var g = 0; g < 3; g++)
            {
                counts[g] = new int[4];
                for (var row = 0; row < 60; row++)
                    counts[g][random.NextBelow(4)]++;
            }

            if (Table(counts).PermutationP(random) <= 0.05)
                below++;
        }

        Assert.InRange(below, 8, 32);
    }

    [Fact]
    public void The_interval_of_v_holds_the_true_value_in_95_percent_of_samples()
    {
        // Group A gets the value with 0.5, group B with 0.3, equally large: φ = 0.2 / √(0.4 · 0.6 · 4).
        var truth = 0.2 / Math.Sqrt(0.4 * 0.6 * 4);
        var random = new SeededRandom(5);
        var covered = 0;
        for (var i = 0; i < 400; i++)
        {
            int Count(double rate) => Enumerable.Range(0, 300).Count(_ => random.NextUnit() < rate);
            var (a, b) = (Count(0.5), Count(0.3));
            var interval = Table([a, 300 - a], [b, 300 - b]).CramersVInterval(0.025);
            covered += interval.Low <= truth && truth <= interval.High ? 1 : 0;
        }

        Assert.InRange(covered, 368, 394);
    }

    [Fact]
    public void Rows_that_are_copies_of_each_other_tell_no_more_than_one_of_them()
    {
        var once = Table([60, 40], [45, 55]);
        var copied = new ContingencyTable([Copies(60, 40), Copies(45, 55)]);
        Assert.Equal(once.CramersV, copied.CramersV, 12);
        Assert.Equal(5, copied.DesignEffect, 9);
        Assert.Equal(once.CramersVInterval(0.025).High, copied.CramersVInterval(0.025).High, 9);

        static CellSums[] Copies(int yes, int no)
        {
            var sums = new CellSums[2];
            for (var i = 0; i < yes + no; i++)
            {
                sums[0] += CellSums.OfPerson(5, i < yes ? 5 : 0);
                sums[1] += CellSums.OfPerson(5, i < yes ? 0 : 5);
            }

            return sums;
        }
    }

    private static ContingencyTable Table(params int[][] counts) => new(
        counts.Select(row => (IReadOnlyList<CellSums>)[.. row.Select(count => CellSums.OfSingles(row.Sum(), count))]));
}
