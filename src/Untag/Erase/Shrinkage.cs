using Untag.Audit.Embeddings;

namespace Untag.Erase;

/// <summary>Brings a covariance of few rows towards a multiple of the identity. What is erased stays erased, since that hangs on the
/// means alone; only the edit is no longer the least.</summary>
/// <remarks>Oracle approximating shrinkage (Chen, Wiesel, Eldar and Hero, IEEE Transactions on Signal Processing 58, 2010, eq. 23): it asks
/// for the traces of Σ and Σ² only, which moments give; Ledoit and Wolf (2004) ask for fourth powers of the rows.</remarks>
internal static class Shrinkage
{
    /// <summary>Shrinks a covariance in place.</summary>
    /// <param name="covariance">Σ.</param>
    /// <param name="rows">n.</param>
    /// <returns>How far, from 0 to 1.</returns>
    public static double Apply(SymmetricMatrix covariance, long rows)
    {
        double d = covariance.Size, trace = 0, traceOfSquare = 0;
        for (var a = 0; a < covariance.Size; a++)
        {
            trace += covariance[a, a];
            traceOfSquare += covariance[a, a] * covariance[a, a];
            for (var b = 0; b < a; b++)
                traceOfSquare += 2 * covariance[a, b] * covariance[a, b];
        }

        var scatter = (rows + 1 - (2 / d)) * (traceOfSquare - (trace * trace / d));
        var share = scatter <= 0 ? 1 : Math.Min(1, (((1 - (2 / d)) * traceOfSquare) + (trace * trace)) / scatter);
        for (var a = 0; a < covariance.Size; a++)
        {
            for (var b = 0; b < a; b++)
                covariance[a, b] *= 1 - share;
            covariance[a, a] = ((1 - share) * covariance[a, a]) + (share * trace / d);
        }

        return share;
    }
}
