namespace Untag.Audit.Embeddings;

/// <summary>What is kept of the features of many rows: how many there are of each group, their sums by group, and the sum of their
/// squares and products. All are about a pivot, which keeps the digits that a far mean would cost.</summary>
/// <remarks>Symbols: n_j rows of group j, p_j = n_j / n, μ_j its mean, μ that of all, Σ the covariance of all rows.</remarks>
internal sealed class ClassMoments
{
    private const int BlockRows = 64;

    private readonly double[] pivot;
    private readonly double[] block; // for each feature the numbers of the rows that are not in the squares yet
    private readonly double[][] sums;
    private readonly SymmetricMatrix sumOfSquares;
    private int waiting;

    /// <summary>Moments of no row yet.</summary>
    /// <param name="pivot">Any features of the kind that will be added, such as those of the first row.</param>
    /// <param name="groups">Number of groups.</param>
    public ClassMoments(FeatureMap pivot, int groups)
    {
        this.pivot = [.. pivot.Present];
        block = new double[Size * BlockRows];
        sums = [.. Enumerable.Range(0, groups).Select(_ => new double[Size])];
        sumOfSquares = new SymmetricMatrix(Size);
        Rows = new long[groups];
    }

    /// <summary>Number of features.</summary>
    public int Size => pivot.Length;

    /// <summary>n_j.</summary>
    public long[] Rows { get; }

    /// <summary>n.</summary>
    public long Total => Rows.Sum();

    /// <summary>Adds the present row of a map.</summary>
    public void Add(FeatureMap features, int group)
    {
        Rows[group]++;
        var sum = sums[group];
        for (var i = 0; i < pivot.Length; i++)
        {
            var centred = features.Present[i] - pivot[i];
            block[(i * BlockRows) + waiting] = centred;
            sum[i] += centred;
        }

        if (++waiting == BlockRows)
            AddBlock();
    }

    /// <summary>Adds all that another has added about the same pivot.</summary>
    public void Add(ClassMoments other)
    {
        for (var j = 0; j < Rows.Length; j++)
        {
            Rows[j] += other.Rows[j];
            for (var i = 0; i < Size; i++)
                sums[j][i] += other.sums[j][i];
        }

        sumOfSquares.Add(other.Squares());
    }

    /// <summary>The share of a group.</summary>
    public double Share(int group) => (double)Rows[group] / Total;

    /// <summary>The mean of a feature.</summary>
    public double Mean(int feature) => pivot[feature] + CentredMean(feature);

    /// <summary>One by the standard deviation of a feature; 0 for a constant.</summary>
    public double Precision(int feature)
    {
        var variance = (Squares()[feature, feature] / Total) - (CentredMean(feature) * CentredMean(feature));
        return variance > 1e-12 ? 1 / Math.Sqrt(variance) : 0;
    }

    /// <summary>μ_j − μ for a feature; 0 for a group without a row.</summary>
    public double Offset(int group, int feature) =>
        Rows[group] == 0 ? 0 : (sums[group][feature] / Rows[group]) - CentredMean(feature);

    /// <summary>Σ.</summary>
    public SymmetricMatrix Covariance()
    {
        var covariance = new SymmetricMatrix(Size);
        var squares = Squares();
        for (var a = 0; a < Size; a++)
        {
            for (var b = 0; b <= a; b++)
                covariance[a, b] = (squares[a, b] / Total) - (CentredMean(a) * CentredMean(b));
        }

        return covariance;
    }

    /// <summary>Σ without the differences of the groups' means.</summary>
    public SymmetricMatrix CovarianceWithin()
    {
        var within = Covariance();
        for (var group = 0; group < Rows.Length; group++)
        {
            var share = Share(group);
            for (var a = 0; a < Size; a++)
            {
                var offset = share * Offset(group, a);
                for (var b = 0; b <= a; b++)
                    within[a, b] -= offset * Offset(group, b);
            }
        }

        return within;
    }

    private SymmetricMatrix Squares()
    {
        if (waiting > 0)
            AddBlock();
        return sumOfSquares;
    }

    private void AddBlock()
    {
        for (var at = waiting; waiting < BlockRows && at < block.Length; at += BlockRows)
            block.AsSpan(at, BlockRows - waiting).Clear();
        sumOfSquares.AddSquares(block, BlockRows);
        waiting = 0;
    }

    private double CentredMean(int feature)
    {
        var sum = 0.0;
        foreach (var group in sums)
            sum += group[feature];
        return sum / Total;
    }
}
