using Untag.Audit.Embeddings;
using Untag.Audit.Statistics;
using Untag.Erase;

namespace Untag.Tests.Erase;

/// <summary>Embeddings drawn by lot, and the plain formulas that a map is compared with. Nobody is behind them.</summary>
internal sealed class DrawnPeople
{
    public DrawnPeople(IReadOnlyList<double[]> rows, IReadOnlyList<int> cells, MomentCells layout)
    {
        (Rows, Cells, Layout) = (rows, cells, layout);
        Moments = new ClassMoments(Features(rows[0]), layout.Count);
        for (var i = 0; i < rows.Count; i++)
            Moments.Add(Features(rows[i]), cells[i]);
    }

    public IReadOnlyList<double[]> Rows { get; }

    public IReadOnlyList<int> Cells { get; }

    public MomentCells Layout { get; }

    public ClassMoments Moments { get; }

    public int Dimensions => Rows[0].Length;

    /// <summary>Correlated coordinates with means that differ by group, far from 0. What each has of its own, when it is much,
    /// makes a covariance that any formula can invert.</summary>
    public static DrawnPeople Of(int seed, int people, int dimensions, int groups, int tasks = 1, double own = 0)
    {
        var random = new SeededRandom((ulong)seed);
        var mixing = Matrix(dimensions, (i, j) => random.NextNormal() + (i == j ? own : 0));
        var shifts = Enumerable.Range(0, groups * tasks).Select(_ => Vector(dimensions, () => 2 * random.NextNormal())).ToList();
        var layout = new MomentCells(groups, tasks);
        var cells = Enumerable.Range(0, people).Select(i => layout.Of(i % groups, i / groups % tasks)).ToList();
        return new DrawnPeople([.. cells.Select(cell =>
        {
            var noise = Vector(dimensions, () => random.NextNormal());
            return Vector(dimensions, i => 5 + shifts[cell][i] + Enumerable.Range(0, dimensions).Sum(j => mixing[i][j] * noise[j]));
        })], cells, layout);
    }

    public LinearEraser Fit(bool shrinks = false, bool centres = false) =>
        LinearEraser.Fit(Moments, Layout, Rows.Count, new EraserShape(shrinks, centres));

    /// <summary>The same people as other numbers.</summary>
    public DrawnPeople As(Func<double[], double[]> change) => new([.. Rows.Select(change)], Cells, Layout);

    public DrawnPeople Erased(LinearEraser eraser) => As(row => Erased(eraser, row));

    public static double[] Erased(LinearEraser eraser, double[] row) => Vector(row.Length, i =>
        row[i] + eraser.Offset[i, 0] - Enumerable.Range(0, eraser.Rank).Sum(j => eraser.Removed[i, j] * SymmetricMatrix.Dot(eraser.Read[j], row)));

    public double[] MeanOf(Func<int, bool> isOf)
    {
        var rows = Rows.Where((_, i) => isOf(Cells[i])).ToList();
        return Vector(Dimensions, i => rows.Average(row => row[i]));
    }

    public double[] Mean => MeanOf(_ => true);

    /// <summary>P = I − A C′.</summary>
    public static double[][] Projection(LinearEraser eraser) => Matrix(eraser.Dimensions, (i, j) =>
        (i == j ? 1 : 0) - Enumerable.Range(0, eraser.Rank).Sum(r => eraser.Removed[i, r] * eraser.Read[j, r]));

    public double[][] Covariance()
    {
        var mean = Mean;
        return Matrix(Dimensions, (i, j) => Rows.Average(row => (row[i] - mean[i]) * (row[j] - mean[j])));
    }

    /// <summary>I − Σ_xz (Σ_zx Σ⁻¹ Σ_xz)⁻¹ Σ_zx Σ⁻¹ with an indicator z for each group but the last, by elimination.</summary>
    public double[][] PlainProjection()
    {
        var mean = Mean;
        var cross = Enumerable.Range(0, Layout.Groups - 1).Select(g =>
        {
            var own = MeanOf(cell => cell / Layout.Tasks == g);
            var share = Cells.Count(cell => cell / Layout.Tasks == g) / (double)Cells.Count;
            return Vector(Dimensions, i => share * (own[i] - mean[i]));
        }).ToList();
        var inverse = Inverse(Covariance());
        var read = cross.Select(column => Vector(Dimensions, i => SymmetricMatrix.Dot(inverse[i], column))).ToList();
        var inner = Inverse(Matrix(cross.Count, (a, b) => SymmetricMatrix.Dot(cross[a], read[b])));
        return Matrix(Dimensions, (i, j) =>
        {
            var sum = i == j ? 1.0 : 0;
            for (var a = 0; a < cross.Count; a++)
            {
                for (var b = 0; b < cross.Count; b++)
                    sum -= cross[a][i] * inner[a][b] * read[b][j];
            }

            return sum;
        });
    }

    /// <summary>How far an eraser changes people: E |x′ − x|² in the norm of weights.</summary>
    public static double Change(double[][] projection, double[][] covariance, double[] weights)
    {
        var size = weights.Length;
        var off = Matrix(size, (i, j) => projection[i][j] - (i == j ? 1 : 0));
        return Enumerable.Range(0, size).Sum(i => weights[i] * Enumerable.Range(0, size).Sum(a => Enumerable.Range(0, size).Sum(b =>
            off[i][a] * covariance[a][b] * off[i][b])));
    }

    public static double[][] Inverse(double[][] matrix)
    {
        var n = matrix.Length;
        var left = matrix.Select(row => row.ToArray()).ToArray();
        var right = Matrix(n, (i, j) => i == j ? 1 : 0);
        for (var p = 0; p < n; p++)
        {
            var pivot = Enumerable.Range(p, n - p).MaxBy(i => Math.Abs(left[i][p]));
            (left[p], left[pivot], right[p], right[pivot]) = (left[pivot], left[p], right[pivot], right[p]);
            for (var i = 0; i < n; i++)
            {
                var factor = i == p ? 0 : left[i][p] / left[p][p];
                for (var j = 0; j < n; j++)
                {
                    left[i][j] -= factor * left[p][j];
                    right[i][j] -= factor * right[p][j];
                }
            }
        }

        return Matrix(n, (i, j) => right[i][j] / left[i][i]);
    }

    public static double Largest(IEnumerable<double> numbers) => numbers.Max(Math.Abs);

    public static double[] Vector(int size, Func<int, double> number) => [.. Enumerable.Range(0, size).Select(number)];

    public static double[] Vector(int size, Func<double> number) => Vector(size, _ => number());

    public static double[][] Matrix(int size, Func<int, int, double> number) =>
        [.. Enumerable.Range(0, size).Select(i => Vector(size, j => number(i, j)))];

    public static double[][] Matrix(int size, Func<double> number) => Matrix(size, (_, _) => number());

    private static FeatureMap Features(double[] row)
    {
        var features = new FeatureMap(row.Length);
        row.CopyTo(features.Present, 0);
        return features;
    }
}
