namespace Untag.Scan.Reading.Models;

/// <summary>Tells the outputs of a model of which only the weights are known: they are the linear layers whose results
/// no other linear layer takes.</summary>
internal static class WeightHeads
{
    /// <summary>Adds the outputs that the weights tell of.</summary>
    /// <param name="weights">The weights by name, with their shapes. A linear layer has a matrix, and a bias of as many
    /// numbers as outputs: PyTorch writes outputs by inputs and calls it <c>weight</c>, Keras inputs by outputs and
    /// calls it <c>kernel</c>.</param>
    /// <param name="names">Where they are kept.</param>
    public static void Add(IReadOnlyList<(string Name, IReadOnlyList<long> Shape)> weights, ModelNames names)
    {
        var taken = new HashSet<long>();
        var biases = new HashSet<(string Layer, long Size)>();
        foreach (var (name, shape) in weights)
        {
            if (shape.Count >= 2)
                taken.Add(PartOf(name, "kernel") is not null ? shape[^2] : shape[1]);
            else if (shape.Count == 1 && PartOf(name, "bias") is { } layer)
                biases.Add((layer, shape[0]));
        }

        foreach (var (name, shape) in weights)
        {
            if (shape.Count != 2)
                continue;
            var layer = PartOf(name, "weight");
            var size = shape[0];
            if (layer is null)
                (layer, size) = (PartOf(name, "kernel"), shape[1]);
            if (layer is not null && biases.Contains((layer, size)) && !taken.Contains(size))
                names.Head(layer, size);
        }
    }

    // The layer whose part this is: `fc` of `fc.weight`, `race` of `race/kernel:0`; null for another part.
    private static string? PartOf(string name, string part)
    {
        var whole = name.EndsWith(":0", StringComparison.Ordinal) ? name[..^2] : name;
        if (!whole.EndsWith(part, StringComparison.Ordinal))
            return null;
        var layer = whole[..^part.Length];
        return layer.Length == 0 ? "" : layer[^1] is '.' or '/' ? layer[..^1] : null;
    }
}
