using Untag.Audit.Statistics;

namespace Untag.Audit.Embeddings;

/// <summary>What is measured of an embedding: its coordinates, or what a straight line through them cannot see.</summary>
/// <remarks>The second kind joins the squares of the coordinates (a group can differ in its second moments alone) with random
/// Fourier features of the Gaussian kernel (Rahimi and Recht, NeurIPS 2007), the coordinates brought to mean 0 and
/// variance 1 first. The bandwidth is the median distance of such points, √(2d).</remarks>
internal sealed class FeatureMap
{
    /// <summary>Features that are waves; they stand behind the squares.</summary>
    public const int WaveFeatures = 2 * Waves;

    private const int Waves = 128;
    private const ulong Seed = 0x77617665;

    private readonly double[][] means = []; // by stratum
    private readonly double[] precisions = [];
    private readonly double[][] directions = [];
    private readonly double[] standard = [];

    /// <summary>The coordinates themselves.</summary>
    public FeatureMap(int dimensions) => Present = new double[dimensions];

    /// <summary>Squares and waves.</summary>
    /// <param name="scale">Moments of the coordinates of the people that a probe is fitted on.</param>
    public FeatureMap(ClassMoments scale)
    {
        means = [.. Enumerable.Range(0, scale.Strata).Select(stratum =>
            Enumerable.Range(0, scale.Size).Select(i => scale.Mean(i, stratum)).ToArray())];
        precisions = [.. Enumerable.Range(0, scale.Size).Select(scale.Precision)];
        var random = new SeededRandom(Seed);
        var width = 1 / Math.Sqrt(2.0 * scale.Size);
        directions = [.. Enumerable.Range(0, Waves).Select(_ =>
            Enumerable.Range(0, scale.Size).Select(_ => random.NextNormal() * width).ToArray())];
        standard = new double[scale.Size];
        Present = new double[scale.Size + WaveFeatures];
    }

    /// <summary>The features of the row that was taken last.</summary>
    public double[] Present { get; }

    /// <summary>The stratum of that row.</summary>
    public int Stratum { get; private set; }

    /// <summary>Takes the present row of an array.</summary>
    /// <param name="rows">The array.</param>
    /// <param name="stratum">The stratum of the row.</param>
    public void Take(NpyRows rows, int stratum = 0)
    {
        Stratum = stratum;
        if (directions.Length == 0)
        {
            rows.Numbers.CopyTo(Present, 0);
            return;
        }

        for (var i = 0; i < standard.Length; i++)
        {
            standard[i] = (rows.Numbers[i] - means[stratum][i]) * precisions[i];
            Present[i] = standard[i] * standard[i];
        }

        for (var w = 0; w < Waves; w++)
        {
            var (sin, cos) = Math.SinCos(SymmetricMatrix.Dot(directions[w], standard));
            Present[standard.Length + (2 * w)] = sin;
            Present[standard.Length + (2 * w) + 1] = cos;
        }
    }
}
