using Untag.Audit;
using Untag.Audit.Embeddings;

namespace Untag.Erase;

/// <summary>A fitted map, with what it says of itself. <see cref="MapFile"/> writes and reads it.</summary>
public sealed class ErasureMap
{
    internal ErasureMap(LinearEraser eraser, MapNote note) => (Eraser, Note) = (eraser, note);

    /// <summary>What it says of itself.</summary>
    public MapNote Note { get; }

    internal LinearEraser Eraser { get; }

    /// <summary>Looks whether an array has as many coordinates as the map.</summary>
    internal void CheckFits(NpyRows rows, string name)
    {
        if (rows.Dimensions != Eraser.Dimensions)
        {
            throw new AuditInputException(
                $"`{name}` has {rows.Dimensions} coordinates, the map {Eraser.Dimensions}", "use the map that was fitted on embeddings of this model");
        }
    }
}
