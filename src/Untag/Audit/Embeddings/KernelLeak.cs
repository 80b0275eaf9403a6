using Untag.Audit.Statistics;

namespace Untag.Audit.Embeddings;

/// <summary>How much of the groups a kernel can see: the Hilbert-Schmidt independence criterion by random waves, ‖Cov(φ(x), z)‖² =
/// Σ_j p_j² |μ_j − μ|² (Zhang, Filippi, Gretton and Sejdinovic, Statistics and Computing 28, 2018).</summary>
/// <remarks>Without any leak Σ_j n_j |μ_j − μ|² is a sum of chi-squared numbers with k − 1 degrees of freedom and the eigenvalues of
/// Σ as weights; its chance is that of the gamma distribution with the same mean (k − 1) tr Σ and variance 2 (k − 1) tr Σ²
/// (Satterthwaite 1946).</remarks>
/// <param name="Criterion">The criterion.</param>
/// <param name="Chance">The chance of so much when groups are drawn by lot.</param>
internal sealed record KernelLeak(double Criterion, double Chance)
{
    /// <summary>The leak of the waves among the features.</summary>
    /// <param name="moments">Of all rows.</param>
    /// <param name="firstWave">The first feature that is a wave; all behind it are.</param>
    /// <param name="design">How many rows stand for one when rows of a person are alike.</param>
    public static KernelLeak? Of(ClassMoments moments, int firstWave, double design)
    {
        var groups = Enumerable.Range(0, moments.Rows.Length).Where(j => moments.Rows[j] > 0).ToList();
        var free = groups.Count - Enumerable.Range(0, moments.Strata).Count(stratum => moments.RowsOf(stratum) > 0); // k − 1 of one stratum
        if (free < 1)
            return null;
        var covariance = moments.Covariance();
        double trace = 0, traceOfSquare = 0;
        for (var a = firstWave; a < moments.Size; a++)
        {
            trace += covariance[a, a];
            for (var b = firstWave; b < moments.Size; b++)
                traceOfSquare += covariance[a, b] * covariance[a, b];
        }

        double criterion = 0, statistic = 0;
        foreach (var j in groups)
        {
            var distance = 0.0;
            for (var i = firstWave; i < moments.Size; i++)
                distance += moments.Offset(j, i) * moments.Offset(j, i);
            criterion += moments.Share(j) * moments.Share(j) * distance;
            statistic += moments.Rows[j] * distance;
        }

        var (mean, variance) = (free * trace, 2 * free * traceOfSquare);
        return variance <= 0 ? null
            : new KernelLeak(criterion, GammaFunction.Upper(mean * mean / variance, statistic / design * mean / variance));
    }
}
