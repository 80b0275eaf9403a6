using CsCheck;
using Untag.Audit.Aggregates;
using Untag.Audit.Measures;
using Untag.Audit.Statistics;

namespace Untag.Tests.Audit.Measures;

public sealed class AssociationTests
{
    private const double Tail = 0.025;

    // The six groups of ProPublica's two-year file: rows selected (medium or high), and not.
    private static readonly Association Compas = Of([2174, 1522], [8, 24], [854, 1600], [190, 447], [12, 6], [79, 298]);

    [Fact]
    public void The_association_of_the_published_table_is_known()
    {
        Assert.Equal(0.273483, Compas.V, 6);
        Assert.Equal(0.038260, Compas.Information, 6);
        Assert.Equal(552.02022, Compas.G, 5);
    }

    // φ² = χ²/n − 5/7213, r = 6 − 25/7213, c = 2 − 1/7213.
    [Fact]
    public void What_chance_adds_is_taken_from_v_as_bergsma_does()
    {
        var phi = (539.557727 / 7214) - (5 / 7213.0);
        Assert.Equal(Math.Sqrt(phi / (1 - (1 / 7213.0))), Compas.CorrectedV, 6);
        Assert.Equal(0.038260 - (5 / 14428.0), Compas.CorrectedInformation, 1e-6);
    }

    [Fact]
    public void A_table_that_tells_the_group_for_certain_has_v_1_and_the_information_of_the_groups()
    {
        var table = Of([500, 0], [0, 500]);
        Assert.Equal(1, table.V, 12);
        Assert.Equal(Math.Log(2), table.Information, 12);
    }

    [Fact]
    public void A_table_of_equal_rows_tells_nothing()
    {
        var table = Of([30, 70], [300, 700]);
        Assert.Equal(0, table.V, 12);
        Assert.Equal(0, table.CorrectedV);
        Assert.Equal((0, 0), (table.VInterval(Tail).Low, table.CorrectedVInterval(Tail).Low));
        Assert.Equal(1, table.PermutationP(new SeededRandom(1)));
    }

    [Fact]
    public void One_group_or_one_value_leaves_nothing_to_tell()
    {
        foreach (var table in new[] { Of([5, 6]), Of([5, 0], [6, 0]), new Association([]) })
        {
            Assert.Equal((0, 0.0, 0.0), (table.Freedom, table.V, table.CorrectedV));
            Assert.Equal(new Interval(0, 0), table.VInterval(Tail));
            Assert.Equal(new Interval(0, 0), table.CorrectedVInterval(Tail));
            Assert.Equal(1, table.PermutationP(new SeededRandom(1)));
        }
    }

    // Of any table, however small, and whether or not people recur.
    [Fact]
    public void Each_estimate_lies_in_its_own_interval() =>
        Gen.Select(Gen.Int[0, 30].Array[2, 6].Array[2, 5], Gen.Int[1, 4], Gen.OneOf(Gen.Const(0.2), Gen.Const(Tail), Gen.Const(1e-4))).Sample((counts, copies, tail) =>
        {
            var width = counts.Min(row => row.Length);
            var table = new Association([new ContingencyTable(counts.Select(row => (IReadOnlyList<CellSums>)Recurring(row[..width], copies)))]);
            Holds(table.V, table.VInterval(tail));
            Holds(table.CorrectedV, table.CorrectedVInterval(tail));
            Holds(table.Information, table.InformationInterval(tail));
            Holds(table.CorrectedInformation, table.CorrectedInformationInterval(tail));

            static void Holds(double estimate, Interval interval) =>
                Assert.True(interval.Low <= estimate + 1e-9 && estimate <= interval.High + 1e-9, $"{estimate} in {interval}");
        });

    // Many values and few people: chance alone makes V as counted 0.44, and nothing is behind it.
    [Fact]
    public void What_chance_alone_adds_is_in_the_counted_form_and_not_in_the_corrected_one()
    {
        var random = new SeededRandom(2);
        var counts = new int[5][];
        for (var g = 0; g < 5; g++)
        {
            counts[g] = new int[80];
            for (var row = 0; row < 80; row++)
                counts[g][random.NextBelow(80)]++;
        }

        var table = Of(counts);
        Assert.InRange(table.V, 0.38, 0.50);
        Assert.InRange(table.CorrectedV, 0, 0.12);
        Assert.Equal(0, table.CorrectedVInterval(Tail).Low);
        Assert.InRange(table.V, table.VInterval(Tail).Low, table.VInterval(Tail).High);
    }

    // Groups get the values with these chances. The counted form means what tables of so many rows show: the root of the mean of V².
    [Theory]
    [InlineData(300, new[] { 0.5, 0.5 }, new[] { 0.3, 0.7 })]
    [InlineData(100, new[] { 0.5, 0.5 }, new[] { 0.5, 0.5 })]
    [InlineData(150, new[] { 0.2, 0.3, 0.3, 0.2 }, new[] { 0.3, 0.2, 0.2, 0.3 })]
    [InlineData(80, new[] { 0.1, 0.1, 0.2, 0.2, 0.2, 0.2 }, new[] { 0.25, 0.15, 0.15, 0.15, 0.15, 0.15 })]
    public void Both_intervals_cover_what_they_say(int people, double[] first, double[] second)
    {
        var random = new SeededRandom(5);
        var behind = Math.Sqrt(first.Zip(second, (a, b) => (a - b) * (a - b) / (2 * (a + b))).Sum());
        var tables = Enumerable.Range(0, 600).Select(_ => Of(Drawn(first), Drawn(second))).ToList();
        var shown = Math.Sqrt(tables.Average(table => table.V * table.V));
        Assert.InRange(tables.Count(table => Covers(table.CorrectedVInterval(Tail), behind)) / 600.0, 0.93, 1);
        Assert.InRange(tables.Count(table => Covers(table.VInterval(Tail), shown)) / 600.0, 0.93, 1);

        int[] Drawn(double[] chances)
        {
            var counts = new int[chances.Length];
            for (var i = 0; i < people; i++)
            {
                var left = random.NextUnit();
                var value = 0;
                while (value + 1 < chances.Length && left >= chances[value])
                    left -= chances[value++];
                counts[value]++;
            }

            return counts;
        }
    }

    // 2 × 2: the permutation test is Fisher's, whose p for Fisher's own tea (4 cups of each, 3 right) is 34/70 two-sided.
    [Fact]
    public void The_permutation_test_of_fishers_tea_gives_fishers_answer() =>
        Assert.Equal(34 / 70.0, Of([3, 1], [1, 3]).PermutationP(new SeededRandom(3)), 0.015);

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

            if (Of(counts).PermutationP(random) <= 0.05)
                below++;
        }

        Assert.InRange(below, 8, 32);
    }

    [Fact]
    public void Rows_that_are_copies_of_each_other_tell_no_more_than_one_of_them()
    {
        var once = Of([60, 40], [45, 55]);
        var tables = new ContingencyTable([Recurring([60, 40], 5), Recurring([45, 55], 5)]);
        var copied = new Association([tables]);
        Assert.Equal(5, tables.DesignEffect, 9);
        Assert.Equal(once.V, copied.V, 12);
        Assert.Equal(once.CorrectedV, copied.CorrectedV, 12);
        Assert.Equal(once.CorrectedVInterval(Tail).High, copied.CorrectedVInterval(Tail).High, 9);
    }

    // Each camera is used for one group more than for the other, and names the same class more often. Neither says anything by itself.
    [Fact]
    public void What_the_stratum_explains_is_nothing_within_strata()
    {
        var (one, two) = (Of([720, 80], [180, 20]), Of([20, 180], [80, 720]));
        Assert.InRange(Of([740, 260], [260, 740]).V, 0.47, 0.49);
        Assert.Equal((0.0, 0.0), (one.V, two.V));
        Assert.Equal(0, Strata([[720, 80], [180, 20]], [[20, 180], [80, 720]]).V, 12);
    }

    [Fact]
    public void What_strata_hide_from_each_other_shows_within_them()
    {
        Assert.Equal(0, Of([50, 50], [50, 50]).V);
        Assert.Equal(0.8, Strata([[45, 5], [5, 45]], [[5, 45], [45, 5]]).V, 12);
    }

    [Fact]
    public void One_stratum_is_the_table() =>
        Assert.Equal(Compas.CorrectedVInterval(Tail), new Association([Table([2174, 1522], [8, 24], [854, 1600], [190, 447], [12, 6], [79, 298])], 3).CorrectedVInterval(Tail));

    // The same people before two cameras that see the same: no more is known than from one of them.
    [Fact]
    public void People_who_are_in_two_strata_count_once()
    {
        int[][] table = [[60, 40], [45, 55]];
        var (once, twice) = (new Association([Table(table)]), new Association([Table(table), Table(table)], 2));
        Assert.Equal(once.V, twice.V, 12);
        Assert.Equal(once.CorrectedVInterval(Tail).High, twice.CorrectedVInterval(Tail).High, 0.01);
        Assert.Equal(once.ChanceP, twice.ChanceP, 0.01);
    }

    private static bool Covers(Interval interval, double truth) => interval.Low <= truth && truth <= interval.High;

    private static ContingencyTable Table(params int[][] counts) => new(counts.Select(row => (IReadOnlyList<CellSums>)Recurring(row, 1)));

    private static Association Of(params int[][] counts) => new([Table(counts)]);

    private static Association Strata(params int[][][] strata) => new([.. strata.Select(Table)]);

    // Each person has so many rows, all of one value.
    private static CellSums[] Recurring(int[] people, int rows)
    {
        if (rows == 1)
            return [.. people.Select(count => CellSums.OfSingles(people.Sum(), count))];
        var sums = new CellSums[people.Length];
        for (var value = 0; value < people.Length; value++)
        {
            for (var i = 0; i < people[value]; i++)
            {
                for (var other = 0; other < people.Length; other++)
                    sums[other] += CellSums.OfPerson(rows, other == value ? rows : 0);
            }
        }

        return sums;
    }
}
