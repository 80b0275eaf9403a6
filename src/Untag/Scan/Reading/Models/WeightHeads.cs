namespace Untag.Scan.Reading.Models;

/// <summary>Tells the outputs of a model of which only the weights are known: they are the linear layers whose results
/// no other linear layer takes.</summary>
internal static class WeightHeads
{
    /// <summary>Adds the outputs that the weights tell of.</summary>
    /// <param name="weights">The weights by name, with their shapes: a linear layer has outputs by inputs, and a bias
    /// of as many numbers as outputs.</param>
    /// <param name="names">Where they are kept.</param>
    public static void Add(IReadOnlyList<(string Name, IReadOnlyList<long> Shape)> weights, ModelNames names)
    {
        var taken = new HashSet<long>();
        var biases = new HashSet<(string Layer, long Size)>();
        foreach (var (name, shape) in weights)
        {
            if (shape.Count >= 2)
                taken.Add(shape[1]);
            else if (shape.Count == 1 && LayerOf(name, "bias") is { } layer)
                biases.Add((layer, shape[0]));
        }

        foreach (var (name, shape) in weights)
        {
            if (shape.Count == 2 && LayerOf(name, "weight") is { } layer && biases.Contains((layer, shape[0]))
                && !taken.Contains(shape[0]))
                names.Head(layer, shape[0]);
        }
    }

    private static string? LayerOf(string name, string part)
    {
        if (!name.EndsWith(part, StringComparison.Ordinal))
            return null;
        return name.Length == part.Length ? "" : name[^(part.Length + 1)] == '.' ? name[..^(part.Length + 1)] : null;
    }
}
