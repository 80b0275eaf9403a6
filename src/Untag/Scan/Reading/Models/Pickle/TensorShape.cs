namespace Untag.Scan.Reading.Models.Pickle;

/// <summary>The shape of a tensor of PyTorch, as its pickle describes it.</summary>
internal static class TensorShape
{
    /// <summary>The dimensions of the tensor that an object stands for; null when it stands for none.</summary>
    public static IReadOnlyList<long>? Of(PickleObject made)
    {
        if (made.Callee is not PickleGlobal { Module: "torch._utils" or "torch._tensor" } rebuild
            || made.Arguments is not PickleList arguments)
            return null;
        // A parameter is a tensor with a flag; a tensor is a storage, an offset and a shape.
        if (rebuild.Name.StartsWith("_rebuild_parameter", StringComparison.Ordinal))
            return arguments.Items is [PickleObject { Arguments: PickleList tensor }, ..] ? ShapeIn(tensor) : null;
        return rebuild.Name.StartsWith("_rebuild_", StringComparison.Ordinal) ? ShapeIn(arguments) : null;
    }

    private static List<long>? ShapeIn(PickleList arguments) =>
        arguments.Items is [_, _, var shape, ..] ? NumpyArray.ShapeOf(shape) : null;
}
