namespace Untag.Audit.Embeddings;

/// <summary>The linear discriminant of the people it was fitted on (Fisher 1936), with the covariance shrunk towards its diagonal by
/// d / (n + d): s_j(x) = w_j (x − μ) − ½ w_j (μ_j − μ).</summary>
internal sealed class LinearProbe : TrainedProbe
{
    private readonly double[][] weights;
    private readonly double[] offsets;

    /// <summary>Fits the probe.</summary>
    public LinearProbe(ClassMoments fitted)
        : base(fitted.Rows.Length)
    {
        var groups = fitted.Rows.Length;
        var lower = Shrunk(fitted).Cholesky() ?? throw new AuditInputException(
            "the embedding has coordinates without any variance", "leave out constant coordinates");
        weights = [.. Enumerable.Range(0, groups).Select(j =>
        {
            var weight = new double[fitted.Size];
            for (var i = 0; i < weight.Length; i++)
                weight[i] = fitted.Offset(j, i);
            lower.SolveLower(weight);
            lower.SolveUpper(weight);
            return weight;
        })];
        offsets = new double[groups];
        for (var j = 0; j < groups; j++)
        {
            for (var i = 0; i < fitted.Size; i++)
                offsets[j] -= weights[j][i] * (fitted.Mean(i) + (fitted.Offset(j, i) / 2));
        }
    }

    /// <inheritdoc/>
    public override void Weigh(FeatureMap features)
    {
        for (var j = 0; j < Scores.Length; j++)
            Scores[j] = SymmetricMatrix.Dot(weights[j], features.Present) + offsets[j];
    }

    private static SymmetricMatrix Shrunk(ClassMoments fitted)
    {
        var within = fitted.CovarianceWithin();
        var kept = fitted.Total / (double)(fitted.Total + fitted.Size);
        var least = 1e-9 * Enumerable.Range(0, within.Size).Average(i => within[i, i]);
        for (var a = 0; a < within.Size; a++)
        {
            for (var b = 0; b < a; b++)
                within[a, b] *= kept;
            within[a, a] += least;
        }

        return within;
    }
}
