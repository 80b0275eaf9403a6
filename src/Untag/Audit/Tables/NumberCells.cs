using Untag.Audit.Aggregates;

namespace Untag.Audit.Tables;

/// <summary>The cells of a block of a column of numbers of which hardly two are alike: what would be words elsewhere.</summary>
internal sealed class NumberCells
{
    private double[] values = new double[TableRows.RowsMax];
    private long[] digits = new long[TableRows.RowsMax];
    private int count;

    /// <summary>The numbers, by their places; NaN for a cell that holds no finite number.</summary>
    public double[] Values => values;

    /// <summary>What is counted of a number, which is finite.</summary>
    public WrittenNumber WrittenAt(int place) => new(ScoreHistogram.BinOf(values[place]), digits[place]);

    /// <summary>Begins a block.</summary>
    public void Clear() => count = 0;

    /// <summary>Takes a number.</summary>
    /// <param name="value">The number; what is not finite is none.</param>
    /// <param name="written">What is written behind its point: <see cref="DigitCounts.DigitsOf"/>.</param>
    /// <returns>Its place.</returns>
    public int Add(double value, long written)
    {
        if (count == values.Length) // there can be numbers that no row has: those of a dictionary
        {
            Array.Resize(ref values, count * 2);
            Array.Resize(ref digits, count * 2);
        }

        values[count] = double.IsFinite(value) ? value : double.NaN;
        digits[count] = written;
        return count++;
    }
}
