using Untag.Columnar;

namespace Untag.Audit.Tables.Typed;

/// <summary>Walks over a column of which each row holds a list of numbers, all of one length, one row at a time.</summary>
internal abstract class Vectors(string place) : IDisposable
{
    /// <summary>More coordinates than this are no embedding.</summary>
    public const int DimensionsMax = 16_384;

    private const string Hint = "write a list of finite numbers in each row, all of one length";

    /// <summary>Those of the present row, of which the first makes room.</summary>
    private protected double[] numbers = [];

    /// <summary>Coordinates of a row: 0 for a table without rows.</summary>
    public int Dimensions => Numbers.Length;

    /// <summary>The present row.</summary>
    public double[] Numbers => numbers;

    /// <summary>Bytes of a number: 2, 4 or 8.</summary>
    public abstract int Width { get; }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="AuditInputException">The row is no list like the others, or the file is damaged.</exception>
    public bool Next()
    {
        try
        {
            return NextRow();
        }
        catch (Exception damage) when (damage is InvalidDataException or OverflowException)
        {
            throw new AuditInputException($"{place} cannot be read: {damage.Message}", Hint);
        }
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    private protected abstract bool NextRow();

    /// <summary>True for a type of number that can be a coordinate.</summary>
    public static bool AreOf(ColumnType type) => type is { Kind: ValueKind.Float };

    /// <summary>The number of some bits.</summary>
    private protected double NumberOf(long raw) => Width switch
    {
        2 => (double)BitConverter.Int16BitsToHalf(unchecked((short)raw)),
        sizeof(float) => BitConverter.Int32BitsToSingle(unchecked((int)raw)),
        _ => BitConverter.Int64BitsToDouble(raw),
    };
}
