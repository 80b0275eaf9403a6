namespace Untag.Scan.Reading.Models;

/// <summary>A layer of a network.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Inputs">Names of what it takes.</param>
/// <param name="Outputs">Names of what it gives.</param>
/// <param name="Size">Number of values it gives; 0 when it gives as many as it takes.</param>
internal sealed record Layer(string Name, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, long Size);

/// <summary>Follows the layers of a network, to tell what it gives in the end and how many values that has.</summary>
internal sealed class LayerGraph(ModelNames names)
{
    private readonly Dictionary<string, long> sizes = new(StringComparer.Ordinal);
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    public bool IsEmpty => sizes.Count == 0;

    /// <summary>Adds the next layer.</summary>
    public void Add(Layer layer)
    {
        names.Name(ModelNames.Layers, layer.Name);
        var size = layer.Size;
        if (size == 0 && layer.Inputs.Count > 0)
            size = sizes.GetValueOrDefault(layer.Inputs[0]);
        foreach (var input in layer.Inputs)
        {
            if (!layer.Outputs.Contains(input)) // a layer may work in place
                taken.Add(input);
        }

        foreach (var output in layer.Outputs)
        {
            names.Name(ModelNames.Layers, output);
            sizes[output] = size;
        }
    }

    /// <summary>Adds what no layer takes as the outputs.</summary>
    public void AddOutputs()
    {
        foreach (var (output, size) in sizes)
        {
            if (taken.Contains(output))
                continue;
            names.Name(ModelNames.Outputs, output);
            names.Head(output, size);
        }
    }
}
