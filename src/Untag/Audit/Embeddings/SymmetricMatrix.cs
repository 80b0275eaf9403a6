using System.Numerics;
using System.Runtime.InteropServices;

namespace Untag.Audit.Embeddings;

/// <summary>A symmetric matrix, of which the lower half is kept.</summary>
internal sealed class SymmetricMatrix
{
    private readonly double[][] rows;

    /// <summary>A matrix of zeros.</summary>
    public SymmetricMatrix(int size) => rows = [.. Enumerable.Range(0, size).Select(i => new double[i + 1])];

    /// <summary>Rows, and columns.</summary>
    public int Size => rows.Length;

    /// <summary>An entry.</summary>
    public double this[int row, int column]
    {
        get => row >= column ? rows[row][column] : rows[column][row];
        set => rows[Math.Max(row, column)][Math.Min(row, column)] = value;
    }

    /// <summary>The entries of a row up to the diagonal.</summary>
    public Span<double> Row(int row) => rows[row];

    /// <summary>Adds X X′ for the vectors that stand side by side in X.</summary>
    /// <remarks>A tile of the sum, four rows by two columns, stays in registers while all vectors are gone through: each number of X is
    /// read from the cache once for a tile, and each of the sum once for a block.</remarks>
    /// <param name="x">A row of <paramref name="vectors"/> numbers for each row of this.</param>
    /// <param name="vectors">How many vectors there are: a multiple of 8.</param>
    public void AddSquares(ReadOnlySpan<double> x, int vectors)
    {
        var at = 0;
        for (; at + 4 <= rows.Length; at += 4)
        {
            for (var j = 0; j < at; j += 2)
                AddTile(x, vectors, at, j);
            AddEnds(x, vectors, at, at + 4, at);
        }

        AddEnds(x, vectors, at, rows.Length, 0);
    }

    /// <summary>Adds another matrix.</summary>
    public void Add(SymmetricMatrix other)
    {
        for (var i = 0; i < rows.Length; i++)
            AddScaled(rows[i], other.rows[i], 1);
    }

    /// <summary>The lower triangle L with L L′ = this; null when the matrix is not positive definite.</summary>
    public SymmetricMatrix? Cholesky()
    {
        var lower = new SymmetricMatrix(Size);
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rest = rows[i][j] - Dot(lower.rows[i].AsSpan(0, j), lower.rows[j].AsSpan(0, j));
                if (i > j)
                {
                    lower.rows[i][j] = rest / lower.rows[j][j];
                    continue;
                }

                if (rest <= 1e-14 * Math.Abs(rows[i][i]) || rows[i][i] <= 0)
                    return null;
                lower.rows[i][i] = Math.Sqrt(rest);
            }
        }

        return lower;
    }

    /// <summary>Solves L y = b for this as L, in place.</summary>
    public void SolveLower(Span<double> b)
    {
        for (var i = 0; i < Size; i++)
            b[i] = (b[i] - Dot(rows[i].AsSpan(0, i), b[..i])) / rows[i][i];
    }

    /// <summary>Solves L′ x = y for this as L, in place.</summary>
    public void SolveUpper(Span<double> y)
    {
        for (var i = Size - 1; i >= 0; i--)
        {
            y[i] /= rows[i][i];
            AddScaled(y[..i], rows[i].AsSpan(0, i), -y[i]);
        }
    }

    /// <summary>The eigenvalues, largest first (cyclic Jacobi: for small matrices).</summary>
    public IEnumerable<double> Eigenvalues()
    {
        var a = new SymmetricMatrix(Size);
        for (var i = 0; i < Size; i++)
            rows[i].CopyTo(a.rows[i], 0);
        for (var sweep = 0; sweep < 60; sweep++)
        {
            for (var p = 0; p < Size; p++)
            {
                for (var q = p + 1; q < Size; q++)
                    a.Rotate(p, q);
            }
        }

        return Enumerable.Range(0, Size).Select(i => a[i, i]).OrderDescending();
    }

    /// <summary>The inner product of two vectors of one length.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var wideA = MemoryMarshal.Cast<double, Vector<double>>(a);
        var wideB = MemoryMarshal.Cast<double, Vector<double>>(b);
        var sums = Vector<double>.Zero;
        for (var i = 0; i < wideA.Length; i++)
            sums += wideA[i] * wideB[i];
        var sum = Vector.Sum(sums);
        for (var i = wideA.Length * Vector<double>.Count; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary>The inner product of a vector and one in float32, added in float64.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<float> b)
    {
        var wideA = MemoryMarshal.Cast<double, Vector<double>>(a);
        var wideB = MemoryMarshal.Cast<float, Vector<float>>(b);
        var (sums, others) = (Vector<double>.Zero, Vector<double>.Zero);
        for (var i = 0; i < wideB.Length; i++)
        {
            Vector.Widen(wideB[i], out var low, out var high);
            sums = Vector.MultiplyAddEstimate(wideA[2 * i], low, sums);
            others = Vector.MultiplyAddEstimate(wideA[(2 * i) + 1], high, others);
        }

        var sum = Vector.Sum(sums + others);
        for (var i = wideB.Length * Vector<float>.Count; i < b.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary>Adds a multiple of a vector to another, in float32.</summary>
    public static void AddScaled(Span<float> to, ReadOnlySpan<float> x, float scale)
    {
        var wideTo = MemoryMarshal.Cast<float, Vector<float>>(to);
        var wideX = MemoryMarshal.Cast<float, Vector<float>>(x);
        for (var i = 0; i < wideTo.Length && i < wideX.Length; i++)
            wideTo[i] += wideX[i] * scale;
        for (var i = wideTo.Length * Vector<float>.Count; i < to.Length; i++)
            to[i] += x[i] * scale;
    }

    // The entries of some rows from a column on.
    private void AddEnds(ReadOnlySpan<double> x, int vectors, int from, int to, int column)
    {
        for (var i = from; i < to; i++)
        {
            for (var j = column; j <= i; j++)
                rows[i][j] += Dot(x.Slice(i * vectors, vectors), x.Slice(j * vectors, vectors));
        }
    }

    private void AddTile(ReadOnlySpan<double> x, int vectors, int row, int column)
    {
        var a = Wide(x, vectors, row);
        var b = Wide(x, vectors, row + 1);
        var c = Wide(x, vectors, row + 2);
        var d = Wide(x, vectors, row + 3);
        var e = Wide(x, vectors, column);
        var f = Wide(x, vectors, column + 1);
        Vector<double> ae = default, af = default, be = default, bf = default, ce = default, cf = default, de = default, df = default;
        for (var v = 0; v < a.Length && v < b.Length && v < c.Length && v < d.Length && v < e.Length && v < f.Length; v++)
        {
            ae = Vector.MultiplyAddEstimate(a[v], e[v], ae);
            af = Vector.MultiplyAddEstimate(a[v], f[v], af);
            be = Vector.MultiplyAddEstimate(b[v], e[v], be);
            bf = Vector.MultiplyAddEstimate(b[v], f[v], bf);
            ce = Vector.MultiplyAddEstimate(c[v], e[v], ce);
            cf = Vector.MultiplyAddEstimate(c[v], f[v], cf);
            de = Vector.MultiplyAddEstimate(d[v], e[v], de);
            df = Vector.MultiplyAddEstimate(d[v], f[v], df);
        }

        rows[row][column] += Vector.Sum(ae);
        rows[row][column + 1] += Vector.Sum(af);
        rows[row + 1][column] += Vector.Sum(be);
        rows[row + 1][column + 1] += Vector.Sum(bf);
        rows[row + 2][column] += Vector.Sum(ce);
        rows[row + 2][column + 1] += Vector.Sum(cf);
        rows[row + 3][column] += Vector.Sum(de);
        rows[row + 3][column + 1] += Vector.Sum(df);
    }

    private static ReadOnlySpan<Vector<double>> Wide(ReadOnlySpan<double> x, int vectors, int row) =>
        MemoryMarshal.Cast<double, Vector<double>>(x.Slice(row * vectors, vectors));

    /// <summary>Adds a multiple of a vector to another.</summary>
    public static void AddScaled(Span<double> to, ReadOnlySpan<double> x, double scale)
    {
        var wideTo = MemoryMarshal.Cast<double, Vector<double>>(to);
        var wideX = MemoryMarshal.Cast<double, Vector<double>>(x);
        for (var i = 0; i < wideTo.Length; i++)
            wideTo[i] += wideX[i] * scale;
        for (var i = wideTo.Length * Vector<double>.Count; i < to.Length; i++)
            to[i] += x[i] * scale;
    }

    private void Rotate(int p, int q)
    {
        if (Math.Abs(this[p, q]) < 1e-300)
            return;
        var theta = (this[q, q] - this[p, p]) / (2 * this[p, q]);
        var t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var c = 1 / Math.Sqrt((t * t) + 1);
        var s = t * c;
        var pq = this[p, q];
        this[p, p] -= t * pq;
        this[q, q] += t * pq;
        this[p, q] = 0;
        for (var i = 0; i < Size; i++)
        {
            if (i == p || i == q)
                continue;
            var (ip, iq) = (this[i, p], this[i, q]);
            this[i, p] = (c * ip) - (s * iq);
            this[i, q] = (s * ip) + (c * iq);
        }
    }
}
