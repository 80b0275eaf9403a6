using System.Numerics;

namespace Untag.Audit.Embeddings;

/// <summary>What is kept of the features of many rows: how many there are of each group, their sums by group, and the sum of their
/// squares and products. All are about a pivot, which keeps the digits that a far mean would cost.</summary>
/// <remarks>Symbols: n_j rows of group j, p_j = n_j / n, μ_j its mean, μ that of all, Σ the covariance of all rows. Groups can be nested in strata,
/// those of a stratum one behind the other: then μ is the mean of the stratum of the group, or of the row.</remarks>
internal sealed class ClassMoments
{
    private const int BlockRows = 64;
    private const int WorkersMax = 8; // a block is too little work for more

    private readonly double[] pivot;
    private readonly double[] block; // for each feature the numbers of the rows that are not in the squares yet
    private readonly double[][] sums;
    private readonly SymmetricMatrix sumOfSquares;
    private readonly int width; // groups of a stratum
    private SinglePanels? panels;
    private int waiting;

    /// <summary>Moments of no row yet.</summary>
    /// <param name="pivot">Any features of the kind that will be added, such as those of the first row.</param>
    /// <param name="groups">Number of groups of a stratum.</param>
    /// <param name="strata">Number of strata.</param>
    public ClassMoments(FeatureMap pivot, int groups, int strata = 1)
    {
        width = groups;
        groups *= strata;
        this.pivot = [.. pivot.Present];
        block = new double[Size * BlockRows];
        sums = [.. Enumerable.Range(0, groups).Select(_ => new double[Size])];
        sumOfSquares = new SymmetricMatrix(Size);
        Rows = new long[groups];
    }

    /// <summary>Moments of no row yet, about the first row of a block that is to be added.</summary>
    public ClassMoments(RowBlock rows, int groups)
    {
        width = groups;
        var first = rows.Kept.First() * rows.Dimensions;
        pivot = [.. rows.Numbers.Skip(first).Take(rows.Dimensions).Select(number => (double)number)];
        block = [];
        sums = [.. Enumerable.Range(0, groups).Select(_ => new double[Size])];
        sumOfSquares = new SymmetricMatrix(Size);
        Rows = new long[groups];
    }

    /// <summary>The moments that exact sums are of.</summary>
    public ClassMoments(ExactSums exact)
        : this(new FeatureMap(exact.Size), exact.Rows.Length)
    {
        exact.Rows.CopyTo(Rows, 0);
        for (var group = 0; group < Rows.Length; group++)
        {
            for (var i = 0; i < Size; i++)
                sums[group][i] = ExactSums.Real(exact.Sums[group][i]);
        }

        for (var (a, at) = (0, 0); a < Size; a++)
        {
            for (var b = 0; b <= a; b++, at++)
                sumOfSquares[a, b] = ExactSums.Real(exact.Products[at]);
        }
    }

    /// <summary>Number of features.</summary>
    public int Size => pivot.Length;

    /// <summary>How many threads add a block.</summary>
    private static int Workers { get; } = Math.Min(WorkersMax, Environment.ProcessorCount);

    /// <summary>How many strata there are.</summary>
    public int Strata => Rows.Length / width;

    /// <summary>How many groups a stratum has.</summary>
    public int Groups => width;

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

    /// <summary>Adds the rows of a block: sums in float64, squares and products as <see cref="SinglePanels"/> say.</summary>
    /// <remarks>Each worker has panels of its own: what is added to a sum, and in which order, hangs on no other.</remarks>
    public void Add(RowBlock rows)
    {
        var packed = panels ??= new SinglePanels(Size, rows.RowsMax);
        var kept = rows.Kept.ToArray();
        foreach (var row in kept)
            Rows[rows.Groups[row]]++;
        packed.Rows = kept.Length;
        Parallel.For(0, Workers, worker =>
        {
            for (var panel = worker; panel < packed.Count; panel += Workers)
                Pack(rows, kept, packed, panel);
        });
        Parallel.For(0, Workers, worker =>
        {
            for (var panel = worker; panel < packed.Count; panel += Workers)
                packed.AddTo(sumOfSquares, panel);
        });
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

    /// <summary>The sum of a feature over a group, less the pivot in each row.</summary>
    public double Sum(int group, int feature) => sums[group][feature];

    /// <summary>The sum of the products of two features, each less the pivot.</summary>
    public double ProductSum(int first, int second) => Squares()[first, second];

    /// <summary>The share of a group.</summary>
    public double Share(int group) => (double)Rows[group] / Total;

    /// <summary>The mean of a feature in a stratum; that of all rows for a stratum without a row.</summary>
    public double Mean(int feature, int stratum = 0) =>
        pivot[feature] + (RowsOf(stratum) > 0 ? CentredMean(feature, stratum) : SumOf(feature, 0, Rows.Length) / Total);

    /// <summary>Rows of a group in all strata.</summary>
    public long RowsOfGroup(int group)
    {
        var rows = 0L;
        for (var at = group; at < Rows.Length; at += width)
            rows += Rows[at];
        return rows;
    }

    /// <summary>Rows of a stratum.</summary>
    public long RowsOf(int stratum)
    {
        var rows = 0L;
        for (var at = stratum * width; at < (stratum + 1) * width; at++)
            rows += Rows[at];
        return rows;
    }

    /// <summary>One by the standard deviation of a feature; 0 for a constant.</summary>
    public double Precision(int feature)
    {
        var variance = Squares()[feature, feature] / Total;
        for (var stratum = 0; stratum < Strata; stratum++)
        {
            if (RowsOf(stratum) > 0)
                variance -= (double)RowsOf(stratum) / Total * CentredMean(feature, stratum) * CentredMean(feature, stratum);
        }

        return variance > 1e-12 ? 1 / Math.Sqrt(variance) : 0;
    }

    /// <summary>μ_j − μ for a feature; 0 for a group without a row.</summary>
    public double Offset(int group, int feature) =>
        Rows[group] == 0 ? 0 : (sums[group][feature] / Rows[group]) - CentredMean(feature, group / width);

    /// <summary>Σ: within strata where there are several.</summary>
    public SymmetricMatrix Covariance()
    {
        var covariance = new SymmetricMatrix(Size);
        var squares = Squares();
        for (var a = 0; a < Size; a++)
        {
            for (var b = 0; b <= a; b++)
                covariance[a, b] = squares[a, b] / Total;
        }

        for (var stratum = 0; stratum < Strata; stratum++)
        {
            if (RowsOf(stratum) == 0)
                continue;
            var share = (double)RowsOf(stratum) / Total;
            double[] means = [.. Enumerable.Range(0, Size).Select(i => CentredMean(i, stratum))];
            for (var a = 0; a < Size; a++)
            {
                for (var b = 0; b <= a; b++)
                    covariance[a, b] -= share * means[a] * means[b];
            }
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
            double[] offsets = [.. Enumerable.Range(0, Size).Select(i => Offset(group, i))];
            for (var a = 0; a < Size; a++)
            {
                var offset = share * offsets[a];
                for (var b = 0; b <= a; b++)
                    within[a, b] -= offset * offsets[b];
            }
        }

        return within;
    }

    // Takes the coordinates of a panel from the rows, less the pivot, and adds them to the sums of their groups.
    private void Pack(RowBlock rows, int[] kept, SinglePanels packed, int panel)
    {
        var column = panel * SinglePanels.Width;
        var width = Math.Min(SinglePanels.Width, Size - column);
        var to = packed[panel].AsSpan();
        foreach (var row in kept)
        {
            var from = rows.Numbers.AsSpan((row * rows.Dimensions) + column, width);
            var sum = sums[rows.Groups[row]].AsSpan(column, width);
            var centre = pivot.AsSpan(column, width);
            var at = 0;
            for (; at + Vector<float>.Count <= width; at += Vector<float>.Count)
            {
                var behind = at + Vector<double>.Count;
                Vector.Widen(new Vector<float>(from[at..]), out var low, out var high);
                low -= new Vector<double>(centre[at..]);
                high -= new Vector<double>(centre[behind..]);
                (new Vector<double>(sum[at..]) + low).CopyTo(sum[at..]);
                (new Vector<double>(sum[behind..]) + high).CopyTo(sum[behind..]);
                Vector.Narrow(low, high).CopyTo(to[at..]);
            }

            for (; at < width; at++)
            {
                var centred = from[at] - centre[at];
                sum[at] += centred;
                to[at] = (float)centred;
            }

            to = to[SinglePanels.Width..];
        }
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

    private double CentredMean(int feature, int stratum) =>
        SumOf(feature, stratum * width, (stratum + 1) * width) / RowsOf(stratum);

    private double SumOf(int feature, int first, int end)
    {
        var sum = 0.0;
        for (var group = first; group < end; group++)
            sum += sums[group][feature];
        return sum;
    }
}
