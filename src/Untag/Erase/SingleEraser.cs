using Untag.Audit.Embeddings;

namespace Untag.Erase;

/// <summary>A map for rows in float32, many at a time: what lies along a direction is added in float64, and taken out in float32 while the
/// row is in the first cache.</summary>
/// <remarks>x − A C′ x + b = x − A C′ (x − b) + P b, since C′ A = I. Without a centre P b is 0, and what is taken out is small where x is near the
/// mean: nothing large is added that something large takes away again.</remarks>
internal sealed class SingleEraser
{
    private const int WorkersMax = 8;

    private readonly LinearEraser eraser;
    private readonly float[][] removed;
    private readonly double[] seenOfOffset;
    private readonly float[] moved;
    private readonly bool moves;

    /// <summary>Takes the numbers of a map as float32.</summary>
    public SingleEraser(LinearEraser eraser)
    {
        this.eraser = eraser;
        removed = [.. Enumerable.Range(0, eraser.Rank).Select(j => Singles(eraser.Removed, j))];
        seenOfOffset = [.. Enumerable.Range(0, eraser.Rank).Select(j => eraser.Read.Dot(j, eraser.Offset, 0))];
        var projected = eraser.Offset.First(1);
        eraser.Project(projected);
        moved = Singles(projected, 0);
        moves = Math.Sqrt(projected.Dot(0, projected, 0)) > 1e-12 * Math.Sqrt(eraser.Offset.Dot(0, eraser.Offset, 0));
    }

    /// <summary>Erases the rows of a block, in place.</summary>
    public void Apply(RowBlock block)
    {
        var workers = Math.Min(WorkersMax, Environment.ProcessorCount);
        Parallel.For(0, workers, worker =>
        {
            var end = (int)((long)block.Rows * (worker + 1) / workers);
            Span<float> seen = stackalloc float[removed.Length];
            for (var row = (int)((long)block.Rows * worker / workers); row < end; row++)
            {
                var x = block.Numbers.AsSpan(row * block.Dimensions, block.Dimensions);
                for (var j = 0; j < seen.Length; j++)
                    seen[j] = (float)(SymmetricMatrix.Dot(eraser.Read[j], x) - seenOfOffset[j]);
                for (var j = 0; j < seen.Length; j++)
                    SymmetricMatrix.AddScaled(x, removed[j], -seen[j]);
                if (moves)
                    SymmetricMatrix.AddScaled(x, moved, 1);
            }
        });
    }

    private static float[] Singles(Columns columns, int column) => [.. columns[column].ToArray().Select(number => (float)number)];
}
