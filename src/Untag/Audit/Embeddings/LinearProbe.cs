namespace Untag.Audit.Embeddings;

/// <summary>The linear discriminant of the people it was fitted on (Fisher 1936), with the covariance shrunk towards its diagonal by
/// d / (n + d): s_j(x) = w_j (x − μ) − ½ w_j (μ_j − μ). Within strata μ is the mean of the stratum: what a stratum shifts is not looked at.</summary>
internal sealed class LinearProbe : TrainedProbe
{
    private readonly double[][] weights;
    private readonly double[][] offsets; // by stratum

    /// <summary>Fits the probe.</summary>
    public LinearProbe(ClassMoments fitted)
        : base(fitted.Groups)
    {
        var lower = Shrunk(fitted).Cholesky() ?? throw new AuditInputException(
            "the embedding has coordinates without any variance", "leave out constant coordinates");
        double[][] means = [.. Enumerable.Range(0, fitted.Groups).Select(j => MeanOf(fitted, j))];
        weights = [.. Enumerable.Range(0, fitted.Groups).Select(j =>
        {
            double[] weight = [.. means[j]];
            lower.SolveLower(weight);
            lower.SolveUpper(weight);
            return weight;
        })];
        offsets = [.. Enumerable.Range(0, fitted.Strata).Select(stratum => new double[fitted.Groups])];
        for (var stratum = 0; stratum < offsets.Length; stratum++)
        {
            for (var j = 0; j < fitted.Groups; j++)
            {
                for (var i = 0; i < fitted.Size; i++)
                    offsets[stratum][j] -= weights[j][i] * (fitted.Mean(i, stratum) + (means[j][i] / 2));
            }
        }
    }

    /// <inheritdoc/>
    public override void Weigh(FeatureMap features)
    {
        for (var j = 0; j < Scores.Length; j++)
            Scores[j] = SymmetricMatrix.Dot(weights[j], features.Present) + offsets[features.Stratum][j];
    }

    // μ_j − μ; of several strata the mean of it over the rows of the group.
    private static double[] MeanOf(ClassMoments fitted, int group)
    {
        var mean = new double[fitted.Size];
        double rows = fitted.RowsOfGroup(group);
        for (var at = group; at < fitted.Rows.Length && rows > 0; at += fitted.Groups)
        {
            for (var i = 0; i < mean.Length; i++)
                mean[i] += fitted.Rows[at] / rows * fitted.Offset(at, i);
        }

        return mean;
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
