namespace Untag.Audit.Embeddings;

/// <summary>What was fitted on the groups of some people. It lives in memory only: <see cref="HeldOutProbe"/> measures with it.</summary>
internal abstract class TrainedProbe(int groups)
{
    /// <summary>Of the row that was weighed last, for each group how much it speaks for it beyond the size of the group, as a
    /// logarithm.</summary>
    public double[] Scores { get; } = new double[groups];

    /// <summary>Weighs the present row of a map.</summary>
    public abstract void Weigh(FeatureMap features);
}
