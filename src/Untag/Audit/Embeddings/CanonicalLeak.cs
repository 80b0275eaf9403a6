using Untag.Audit.Statistics;

namespace Untag.Audit.Embeddings;

/// <summary>How much of the groups a straight line through the features can see, as counted on all rows.</summary>
/// <remarks>With B = [p_j (μ_j − μ)], Σ = L L′, Y = L⁻¹ B and G = Y′ Y, the eigenvalues of D^−½ G D^−½, D = diag(p), are the squared
/// canonical correlations ρ² of features and groups, from 0 to 1, whatever the scale of the features; their sum is Pillai's V.
/// Without any leak V has the mean d (k − 1) / (n − 1). Its F (Pillai 1955; Anderson, An Introduction to Multivariate Statistical
/// Analysis, 8.6) has s(2a + s + 1) and s(2b + s + 1) degrees of freedom with s = min(k − 1, d), a = (|k − 1 − d| − 1)/2 and
/// b = (n − k − d − 1)/2. Groups in strata are nested: in the stead of k − 1 stands the number of groups of all strata less that of strata, and k is
/// the number of the groups of all strata.</remarks>
/// <param name="LargestCorrelation">The largest ρ².</param>
/// <param name="Pillai">V.</param>
/// <param name="PillaiCorrected">V without what chance adds.</param>
/// <param name="Chance">The chance of so much when groups are drawn by lot.</param>
/// <param name="Groups">Each group against the rest.</param>
internal sealed record CanonicalLeak(double LargestCorrelation, double Pillai, double PillaiCorrected, double Chance, IReadOnlyList<GroupLeak> Groups)
{
    /// <summary>The leak of some moments; null when there are too few rows for so many features.</summary>
    /// <param name="moments">Of all rows.</param>
    /// <param name="design">How many rows stand for one when rows of a person are alike.</param>
    public static CanonicalLeak? Of(ClassMoments moments, double design)
    {
        var groups = Enumerable.Range(0, moments.Rows.Length).Where(j => moments.Rows[j] > 0).ToList();
        int k = groups.Count, d = moments.Size;
        var strata = Enumerable.Range(0, moments.Strata).Count(stratum => moments.RowsOf(stratum) > 0);
        var free = k - strata; // k − 1 of one stratum
        var n = moments.Total / design;
        if (free < 1 || n < d + (10 * k))
            return null;
        var covariance = moments.Covariance();
        var lower = covariance.Cholesky() ?? Ridged(covariance).Cholesky();
        if (lower is null)
            return null;
        var whitened = groups.Select(j =>
        {
            var column = new double[d];
            for (var i = 0; i < d; i++)
                column[i] = moments.Share(j) * moments.Offset(j, i);
            lower.SolveLower(column);
            return column;
        }).ToList();
        var scaled = new SymmetricMatrix(k);
        for (var a = 0; a < k; a++)
        {
            for (var b = 0; b <= a; b++)
                scaled[a, b] = SymmetricMatrix.Dot(whitened[a], whitened[b]) / Math.Sqrt(moments.Share(groups[a]) * moments.Share(groups[b]));
        }

        var correlations = scaled.Eigenvalues().Select(value => Math.Clamp(value, 0, 1)).ToList();
        var pillai = correlations.Sum();
        return new CanonicalLeak(
            correlations[0], pillai, Math.Max(0, pillai - (d * free / (n - strata))), ChanceOf(pillai, n, d, k, free),
            strata > 1 ? [] : [.. groups.Select((group, at) => new GroupLeak(group, Math.Clamp(scaled[at, at] / (1 - moments.Share(group)), 0, 1), n, d))]);
    }

    private static double ChanceOf(double pillai, double n, int d, int k, int free)
    {
        double s = Math.Min(free, d), a = (Math.Abs(free - d) - 1) / 2.0, b = (n - k - d - 1) / 2;
        if (pillai >= s)
            return 0;
        double first = s * ((2 * a) + s + 1), second = s * ((2 * b) + s + 1);
        var f = ((2 * b) + s + 1) / ((2 * a) + s + 1) * pillai / (s - pillai);
        return BetaFunction.Lower(second / (second + (first * f)), second / 2, first / 2);
    }

    // Features that depend on each other: a little of the mean variance on each makes the matrix one that can be solved.
    private static SymmetricMatrix Ridged(SymmetricMatrix matrix)
    {
        var mean = Enumerable.Range(0, matrix.Size).Average(i => matrix[i, i]);
        for (var i = 0; i < matrix.Size; i++)
            matrix[i, i] += 1e-9 * mean;
        return matrix;
    }
}

/// <summary>How much of one group a straight line can see: the share of the variance of being of it, R², that the features explain.</summary>
/// <remarks>R² = p_j / (1 − p_j) (μ_j − μ)′ Σ⁻¹ (μ_j − μ), and F = R² / d · (n − d − 1) / (1 − R²) has d and n − d − 1 degrees of freedom and the
/// non-centrality n ρ² / (1 − ρ²), ρ² the share in the population (Hotelling 1931).</remarks>
/// <param name="Group">Its number.</param>
/// <param name="Explained">R².</param>
/// <param name="Rows">n, in effective rows.</param>
/// <param name="Size">d.</param>
internal sealed record GroupLeak(int Group, double Explained, double Rows, int Size)
{
    private double Error => Rows - Size - 1;

    private double F => Explained / Size * Error / Math.Max(1e-12, 1 - Explained);

    /// <summary>The chance of so much when groups are drawn by lot.</summary>
    public double Chance => FisherF.Above(F, Size, Error, 0);

    /// <summary>ρ², free of what chance adds.</summary>
    /// <param name="tail">The chance that each bound may leave out.</param>
    public Interval Interval(double tail)
    {
        var behind = FisherF.Noncentrality(F, Size, Error, tail);
        return new Interval(behind.Low / (behind.Low + Rows), behind.High / (behind.High + Rows));
    }
}
