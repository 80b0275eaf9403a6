using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Untag.Audit.Embeddings;

/// <summary>Rows in float32, packed for their squares and products: a panel holds two vectors of coordinates of each row, row behind
/// row, so that what is read together lies together.</summary>
/// <remarks>Products are added in float32 over the rows of a block, and blocks in float64: what a block loses is 2⁻²⁴ of its own sum. A tile of
/// four coordinates by two vectors stays in registers over the whole block (Goto and van de Geijn, ACM TOMS 34, 2008).</remarks>
internal sealed class SinglePanels
{
    private const int TileRows = 4;

    private readonly float[][] panels;

    /// <summary>Panels without a row.</summary>
    public SinglePanels(int dimensions, int rowsMax)
    {
        Size = dimensions;
        panels = [.. Enumerable.Range(0, (dimensions + Width - 1) / Width).Select(_ => new float[rowsMax * Width])];
    }

    /// <summary>Coordinates of a panel.</summary>
    public static int Width => 2 * Vector<float>.Count;

    /// <summary>Coordinates of a row.</summary>
    public int Size { get; }

    /// <summary>Number of panels.</summary>
    public int Count => panels.Length;

    /// <summary>Rows in each panel.</summary>
    public int Rows { get; set; }

    /// <summary>A panel; coordinates beyond the last are 0.</summary>
    public float[] this[int panel] => panels[panel];

    /// <summary>Adds the squares and products of some coordinates: of those of a panel with all before.</summary>
    public void AddTo(SymmetricMatrix sums, int panel)
    {
        if (Rows == 0)
            return;
        for (var row = panel * Width; row < Math.Min(Size, (panel + 1) * Width); row += TileRows)
        {
            for (var other = 0; other <= panel; other++)
                AddTile(sums, row, other);
        }
    }

    private void AddTile(SymmetricMatrix sums, int row, int panel)
    {
        // The two checks that the loop needs: inside it nothing is checked.
        ref var left = ref MemoryMarshal.GetReference(panels[row / Width].AsSpan(0, Rows * Width)[(row % Width)..]);
        ref var right = ref MemoryMarshal.GetReference(panels[panel].AsSpan(0, Rows * Width));
        Vector<float> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        unchecked // places in arrays: they were checked
        {
            for (nuint at = 0, end = (nuint)(Rows * Width); at < end; at += (nuint)Width)
            {
                var first = Vector.LoadUnsafe(ref right, at);
                var second = Vector.LoadUnsafe(ref right, at + (nuint)Vector<float>.Count);
                var x = new Vector<float>(Unsafe.Add(ref left, at));
                c00 = Vector.MultiplyAddEstimate(x, first, c00);
                c01 = Vector.MultiplyAddEstimate(x, second, c01);
                x = new Vector<float>(Unsafe.Add(ref left, at + 1));
                c10 = Vector.MultiplyAddEstimate(x, first, c10);
                c11 = Vector.MultiplyAddEstimate(x, second, c11);
                x = new Vector<float>(Unsafe.Add(ref left, at + 2));
                c20 = Vector.MultiplyAddEstimate(x, first, c20);
                c21 = Vector.MultiplyAddEstimate(x, second, c21);
                x = new Vector<float>(Unsafe.Add(ref left, at + 3));
                c30 = Vector.MultiplyAddEstimate(x, first, c30);
                c31 = Vector.MultiplyAddEstimate(x, second, c31);
            }
        }

        Span<Vector<float>> tile = [c00, c01, c10, c11, c20, c21, c30, c31];
        var entries = MemoryMarshal.Cast<Vector<float>, float>(tile);
        var column = panel * Width;
        for (var i = row; i < Math.Min(Size, row + TileRows); i++, entries = entries[Width..])
        {
            var sum = sums.Row(i)[column..]; // of the lower half
            for (var j = 0; j < Math.Min(Width, sum.Length); j++)
                sum[j] += entries[j];
        }
    }
}
