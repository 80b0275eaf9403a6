namespace Untag.Audit.Embeddings;

/// <summary>Some rows of an array that are in memory together, as float32.</summary>
internal sealed class RowBlock(int rowsMax, int dimensions)
{
    /// <summary>Said of a row that is not to be added.</summary>
    public const int LeftOut = -1;

    /// <summary>The rows, one behind the other.</summary>
    public float[] Numbers { get; } = new float[rowsMax * dimensions];

    /// <summary>The group of each row.</summary>
    public int[] Groups { get; } = new int[rowsMax];

    /// <summary>Coordinates of a row.</summary>
    public int Dimensions => dimensions;

    /// <summary>Rows that there is room for.</summary>
    public int RowsMax => rowsMax;

    /// <summary>Rows that are there.</summary>
    public int Rows { get; set; }

    /// <summary>The rows that are to be added.</summary>
    public IEnumerable<int> Kept => Enumerable.Range(0, Rows).Where(row => Groups[row] != LeftOut);
}
