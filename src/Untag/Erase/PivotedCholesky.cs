using Untag.Audit.Embeddings;

namespace Untag.Erase;

/// <summary>A root of a covariance: Σ = S L L′ S with the standard deviations S, for the coordinates that do not follow from
/// others.</summary>
/// <remarks>The coordinate of the largest remaining variance is next (LAPACK's pstrf; Higham, Accuracy and Stability of Numerical
/// Algorithms, 10.3). It ends when what remains is rounding: d ε of the variance of a coordinate by itself. Since S is divided out
/// first, the unit of a coordinate decides nothing.</remarks>
internal sealed class PivotedCholesky
{
    private const double RoundingUnit = 2.220446049250313e-16; // 2⁻⁵²

    private readonly double[][] lower;
    private readonly double[] deviations;
    private readonly int[] order;
    private readonly double[] remaining;

    /// <summary>Factors a covariance.</summary>
    public PivotedCholesky(SymmetricMatrix covariance)
    {
        var size = covariance.Size;
        deviations = [.. Enumerable.Range(0, size).Select(i => Math.Sqrt(Math.Max(0, covariance[i, i])))];
        order = [.. Enumerable.Range(0, size)];
        lower = [.. Enumerable.Range(0, size).Select(_ => new double[size])];
        remaining = [.. deviations.Select(deviation => deviation > 0 ? 1.0 : 0)];
        for (; Rank < size; Rank++)
        {
            var next = Rank;
            for (var i = Rank + 1; i < size; i++)
                next = remaining[order[i]] > remaining[order[next]] ? i : next;
            if (remaining[order[next]] <= size * RoundingUnit)
            {
                LeastShare = order[Rank..].Any(i => deviations[i] > 0) ? 0 : LeastShare;
                break;
            }

            (order[Rank], order[next]) = (order[next], order[Rank]);
            (lower[Rank], lower[next]) = (lower[next], lower[Rank]);
            LeastShare = remaining[order[Rank]];
            AddColumn(covariance);
        }
    }

    /// <summary>The least share of the variance of a coordinate, from 0 to 1, that does not follow from those before; 0 when one follows
    /// altogether, and 1 when all are constant.</summary>
    public double LeastShare { get; private set; } = 1;

    /// <summary>How many coordinates do not follow from others.</summary>
    public int Rank { get; private set; }

    /// <summary>L⁻¹ S⁻¹ b of each column, in the coordinates that are kept.</summary>
    public Columns Whitened(Columns b)
    {
        var whitened = new Columns(Rank, b.Count);
        for (var j = 0; j < b.Count; j++)
        {
            var column = whitened[j];
            for (var i = 0; i < Rank; i++)
            {
                var rest = (b[order[i], j] / deviations[order[i]]) - SymmetricMatrix.Dot(lower[i].AsSpan(0, i), column[..i]);
                column[i] = rest / lower[i][i];
            }
        }

        return whitened;
    }

    /// <summary>S⁻¹ L′⁻¹ y of each column; 0 in the coordinates that are not kept.</summary>
    public Columns Read(Columns y)
    {
        var read = new Columns(order.Length, y.Count);
        for (var j = 0; j < y.Count; j++)
        {
            var rest = y[j].ToArray();
            for (var i = Rank - 1; i >= 0; i--)
            {
                rest[i] /= lower[i][i];
                for (var a = 0; a < i; a++)
                    rest[a] -= lower[i][a] * rest[i];
                read[order[i], j] = rest[i] / deviations[order[i]];
            }
        }

        return read;
    }

    // The column of the coordinate that was brought to the place Rank.
    private void AddColumn(SymmetricMatrix covariance)
    {
        var pivot = order[Rank];
        var root = Math.Sqrt(remaining[pivot]);
        lower[Rank][Rank] = root;
        for (var i = Rank + 1; i < order.Length; i++)
        {
            var at = order[i];
            if (remaining[at] <= 0)
                continue;
            var correlation = covariance[at, pivot] / (deviations[at] * deviations[pivot]);
            var entry = (correlation - SymmetricMatrix.Dot(lower[i].AsSpan(0, Rank), lower[Rank].AsSpan(0, Rank))) / root;
            lower[i][Rank] = entry;
            remaining[at] -= entry * entry;
        }
    }
}
