using CsCheck;
using Untag.Audit;
using Untag.Audit.Embeddings;
using Untag.Audit.Statistics;
using Untag.Erase;
using static Untag.Tests.Erase.DrawnPeople;

namespace Untag.Tests.Erase;

/// <summary>What a map promises for the people it was fitted on.</summary>
public sealed class LinearEraserTests
{
    private const int Rounds = 100;

    private static readonly Gen<DrawnPeople> Anybody = Gen.Select(Gen.Int[1, 1_000_000], Gen.Int[150, 300], Gen.Int[3, 10], Gen.Int[2, 4])
        .Select((seed, people, dimensions, groups) => DrawnPeople.Of(seed, people, dimensions, groups));

    [Fact]
    public void The_means_of_all_groups_are_one_afterwards_and_that_is_the_mean_of_before() => Anybody.Sample(
        people =>
        {
            var erased = people.Erased(people.Fit());
            var mean = people.Mean;
            return Enumerable.Range(0, people.Layout.Groups).All(group =>
                Largest(erased.MeanOf(cell => cell == group).Zip(mean, (a, b) => a - b)) < 1e-10 * Largest(mean));
        },
        iter: Rounds);

    [Fact]
    public void No_covariance_of_embedding_and_group_is_left_to_the_twelfth_digit() => Anybody.Sample(
        people =>
        {
            var eraser = people.Fit();
            var p = Projection(eraser);
            var means = people.Layout.GroupMeans(people.Moments);
            var before = Enumerable.Range(0, means.Count).Max(g => Largest(means[g].ToArray()));
            return Enumerable.Range(0, means.Count).Max(g =>
            {
                var mean = means[g].ToArray();
                return Largest(p.Select(row => SymmetricMatrix.Dot(row, mean)));
            }) <= 1e-12 * before;
        },
        iter: Rounds);

    [Fact]
    public void Erasing_twice_is_erasing_once() => Anybody.Sample(
        people =>
        {
            var eraser = people.Fit();
            var once = Erased(eraser, people.Rows[0]);
            return Largest(Erased(eraser, once).Zip(once, (a, b) => a - b)) < 1e-10 * Largest(once);
        },
        iter: Rounds);

    [Fact]
    public void At_most_one_direction_less_than_there_are_groups_is_taken_out() =>
        Anybody.Sample(people => people.Fit().Rank == Math.Min(people.Layout.Groups - 1, people.Dimensions), iter: Rounds);

    [Fact]
    public void It_is_the_plain_formula_to_the_tenth_digit() => Gen.Select(Gen.Int[1, 1_000_000], Gen.Int[3, 10], Gen.Int[2, 4])
        .Sample((seed, dimensions, groups) => IsThePlainFormula(DrawnPeople.Of(seed, 300, dimensions, groups, own: 8)), iter: Rounds);

    [Fact]
    public void Where_the_means_of_four_groups_almost_lie_in_a_plane_the_plain_formula_has_fewer_digits_and_the_map_has_all()
    {
        var people = DrawnPeople.Of(285430, 300, dimensions: 3, groups: 4, own: 8);
        var eraser = people.Fit();
        Assert.InRange(eraser.Correlations[^1].Squared, 0, 1e-8);
        Assert.True(Largest(Projection(eraser).Select(Largest)) < 1e-14); // three directions of three: nothing is left
        Assert.True(IsThePlainFormula(people));
    }

    [Fact]
    public void Rotated_or_in_other_units_the_same_people_are_erased_in_the_same_way() => Gen.Select(Gen.Int[1, 1_000_000], Gen.Int[3, 10], Gen.Int[2, 4]).Sample(
        (seed, d, groups) =>
        {
            var random = new SeededRandom(1);
            var turn = Matrix(d, (i, j) => random.NextNormal() + (i == j ? 8 : 0)); // a rotation, or any other change of coordinates
            var units = Vector(d, i => Math.Pow(10, (3 * i % 7) - 3));
            double[] Change(double[] row) => Vector(d, i => units[i] * SymmetricMatrix.Dot(turn[i], row));
            var people = DrawnPeople.Of(seed, 300, d, groups, own: 8);
            var changed = people.As(Change);
            var erased = Change(Erased(people.Fit(), people.Rows[3]));
            var other = Erased(changed.Fit(), changed.Rows[3]);
            var largest = Largest(people.Rows[3]) * 10;
            return Enumerable.Range(0, d).All(i => Math.Abs(erased[i] - other[i]) < 1e-10 * units[i] * largest);
        },
        iter: Rounds);

    // Any other map P + D that erases has D B = 0. In no norm does a step that way change people less.
    [Fact]
    public void No_step_to_another_map_that_erases_changes_people_less() => Gen.Select(Anybody, Gen.Int[1, 1_000_000]).Sample(
        (people, seed) =>
        {
            var random = new SeededRandom((ulong)seed);
            var d = people.Dimensions;
            var p = Projection(people.Fit());
            var covariance = people.Covariance();
            var weights = Vector(d, () => random.NextUnit() + 0.1);
            var any = Matrix(d, () => random.NextNormal());
            var step = Matrix(d, (i, j) => Enumerable.Range(0, d).Sum(a => any[i][a] * p[a][j])); // D = E P, so D B = E P B = 0
            var least = DrawnPeople.Change(p, covariance, weights);
            return new[] { 1e-4, -1e-4, 1e-2, -1e-2 }.All(size =>
                DrawnPeople.Change(Matrix(d, (i, j) => p[i][j] + (size * step[i][j])), covariance, weights) >= least * (1 - 1e-12));
        },
        iter: Rounds);

    [Fact]
    public void A_task_that_is_kept_keeps_its_covariance_and_the_group_has_none_left() => Gen.Select(Gen.Int[1, 1_000_000], Gen.Int[6, 10], Gen.Int[2, 3], Gen.Int[2, 3]).Sample(
        (seed, dimensions, groups, tasks) =>
        {
            var people = DrawnPeople.Of(seed, 400, dimensions, groups, tasks);
            var p = Projection(people.Fit());
            Columns group = people.Layout.GroupMeans(people.Moments), task = people.Layout.TaskMeans(people.Moments);
            double Left(Columns means, bool kept) => Enumerable.Range(0, means.Count).Max(g =>
            {
                var mean = means[g].ToArray();
                return Largest(p.Select((row, i) => SymmetricMatrix.Dot(row, mean) - (kept ? mean[i] : 0)));
            });
            return Left(group, kept: false) < 1e-9 && Left(task, kept: true) < 1e-9;
        },
        iter: Rounds);

    [Fact]
    public void A_task_that_is_the_group_cannot_be_kept()
    {
        var people = DrawnPeople.Of(7, 400, 6, 2);
        var same = new DrawnPeople(people.Rows, [.. people.Cells.Select(cell => cell * 3)], new MomentCells(2, 2));
        Assert.Contains("in the same direction", Assert.Throws<AuditInputException>(() => same.Fit()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shrunk_covariance_erases_as_well()
    {
        var people = DrawnPeople.Of(11, 40, 60, 2);
        Assert.Equal(
            "40 people are too few for 39 coordinates and 2 groups", Assert.Throws<AuditInputException>(() => people.Fit()).Message);
        var eraser = people.Fit(shrinks: true);
        var erased = people.Erased(eraser);
        Assert.InRange(eraser.Shrunk, 0.01, 0.99);
        Assert.True(Largest(erased.MeanOf(cell => cell == 0).Zip(erased.MeanOf(cell => cell == 1), (a, b) => a - b)) < 1e-10);
    }

    [Fact]
    public void A_constant_coordinate_and_one_that_follows_from_others_stay_as_they_are()
    {
        var people = DrawnPeople.Of(5, 200, 4, 3);
        var wider = people.As(row => [row[0], 7.25, row[1], row[2], row[0] - (2 * row[3]), row[3]]);
        var erased = wider.Erased(wider.Fit());
        Assert.All(erased.Rows, row => Assert.Equal(7.25, row[1], 12));
        Assert.All(erased.Rows, row => Assert.Equal(row[0] - (2 * row[5]), row[4], 9));
        var plain = people.Erased(people.Fit());
        Assert.True(Largest(erased.Rows.Zip(plain.Rows, (a, b) => a[5] - b[3])) < 1e-9);
    }

    [Fact]
    public void A_map_that_centres_brings_the_mean_to_0()
    {
        var people = DrawnPeople.Of(5, 200, 4, 3);
        Assert.True(Largest(people.Erased(people.Fit(centres: true)).Mean) < 1e-12);
    }

    [Fact]
    public void One_group_alone_is_refused() => Assert.Equal(
        "all rows are of one group: there is nothing to erase",
        Assert.Throws<AuditInputException>(() => DrawnPeople.Of(5, 200, 4, 1).Fit()).Message);

    [Fact]
    public void An_array_that_is_the_same_for_everybody_is_refused() => Assert.Equal(
        "the means of the groups are the same: there is nothing to erase",
        Assert.Throws<AuditInputException>(() => DrawnPeople.Of(5, 200, 4, 2).As(_ => [1, 2, 3, 4]).Fit()).Message);

    // 100 of 50,000 people. A tolerance on Σ^−½ Σ_xz is a tolerance on p_j, not on how well a group can be told: with the 0.01 of the
    // concept-erasure library the direction of the rare group is dropped, and its people are as far from all others as before.
    [Fact]
    public void A_group_of_one_in_500_is_erased_as_well_as_a_large_one_where_a_fixed_tolerance_leaves_it_tagged()
    {
        const int Dimensions = 512, Rare = 3;
        var random = new SeededRandom(20);
        var layout = new MomentCells(4, 1);
        var moments = (ClassMoments?)null;
        for (var i = 0; i < 50_000; i++)
        {
            var group = i % 500 == 0 ? Rare : i % 3;
            var features = new FeatureMap(Dimensions);
            for (var at = 0; at < Dimensions; at++)
                features.Present[at] = random.NextNormal() + (at == group ? 2.5 : 0);
            (moments ??= new ClassMoments(features, 4)).Add(features, group);
        }

        var eraser = LinearEraser.Fit(moments!, layout, 50_000, new EraserShape(Shrinks: false, Centres: false));
        Assert.Equal(3, eraser.Rank);
        Assert.True(Distance(moments!, eraser, Rare) < 1e-9);
        Assert.True(Distance(moments!, eraser, 0) < 1e-9);

        var fixedTolerance = WithFixedTolerance(moments!, layout, 0.01);
        Assert.Equal(2, fixedTolerance.Rank);
        Assert.True(Distance(moments!, fixedTolerance, 0) < 0.1);
        Assert.True(Distance(moments!, fixedTolerance, Rare) > 2.5);
    }

    /// <summary>How far a group's mean lies from that of all after erasing, in standard deviations of its coordinates, which are 1.</summary>
    private static double Distance(ClassMoments moments, LinearEraser eraser, int group)
    {
        var offset = Vector(moments.Size, i => moments.Offset(group, i));
        var left = Vector(moments.Size, i => offset[i] - Enumerable.Range(0, eraser.Rank).Sum(j => eraser.Removed[i, j] * SymmetricMatrix.Dot(eraser.Read[j], offset)));
        return Math.Sqrt(SymmetricMatrix.Dot(left, left));
    }

    // Singular values of L⁻¹ Σ_xz, with indicators z: those of L⁻¹ [p_j (μ_j − μ)].
    private static LinearEraser WithFixedTolerance(ClassMoments moments, MomentCells cells, double tolerance)
    {
        var root = new PivotedCholesky(moments.Covariance());
        var cross = cells.GroupMeans(moments);
        for (var j = 0; j < cells.Groups; j++)
            cross.Scale(j, Math.Sqrt(moments.Share(j)));
        var (squares, basis, removed) = OrthogonalColumns.Of(root.Whitened(cross), cross);
        var kept = squares.Count(square => Math.Sqrt(square.Squared) > tolerance);
        return new LinearEraser(removed.First(kept), root.Read(basis.First(kept)), new Columns(moments.Size, 1), squares, 0);
    }

    // The plain formula inverts a matrix whose eigenvalues are the squared correlations, and loses the digits that the least of them costs.
    private static bool IsThePlainFormula(DrawnPeople people)
    {
        var eraser = people.Fit();
        var plain = people.PlainProjection();
        var digits = Math.Max(1e-10, 1e-13 / eraser.Correlations[^1].Squared);
        var apart = Projection(eraser).Zip(plain, (a, b) => Largest(a.Zip(b, (x, y) => x - y))).Max();
        return apart < digits * Math.Max(1, plain.Max(Largest));
    }
}
