using System.Globalization;

namespace Untag.Scan.Reading.Models;

/// <summary>Reads networks that are written as text: Caffe's <c>.prototxt</c> and NCNN's <c>.param</c>. A layer takes
/// many lines, and its neighbours are layers, so that they are read as names rather than as lines.</summary>
internal sealed class NetworkTextReader : IReader
{
    private const string NcnnMark = "7767517";

    public string Name => "Caffe and NCNN as text";

    public string Reads => "layers by name, outputs with their sizes, remarks";

    public bool Recognises(string path, string text) =>
        Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".prototxt" => text.Contains("layer", StringComparison.Ordinal),
            ".param" => text.AsSpan().TrimStart().StartsWith(NcnnMark),
            _ => false,
        };

    public ReadResult Read(string path, string text)
    {
        var isNcnn = text.AsSpan().TrimStart().StartsWith(NcnnMark);
        var names = new ModelNames(isNcnn ? "ncnn" : "caffe");
        var graph = new LayerGraph(names);
        var problem = isNcnn ? ReadNcnn(text, graph) : new PrototxtLayers(names, graph).Read(text);
        graph.AddOutputs();
        return names.ToResult(problem);
    }

    // Type, name, how many it takes and gives, their names, then numbered settings: 0=7 is what a linear layer gives.
    private static string? ReadNcnn(string text, LayerGraph graph)
    {
        var layers = 0;
        var expected = -1;
        foreach (var line in Lines.Of(text))
        {
            var words = line.Text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (line.Number == 2 && words.Length > 0 && int.TryParse(words[0], CultureInfo.InvariantCulture, out var count))
                expected = count;
            if (words.Length < 4 || !TryCount(words[2], out var inputs) || !TryCount(words[3], out var outputs)
                || inputs + outputs > words.Length - 4)
                continue;
            layers++;
            var setting = Array.FindLast(words, word => word.StartsWith("0=", StringComparison.Ordinal));
            graph.Add(new Layer(words[1], words[4..(4 + inputs)], words[(4 + inputs)..(4 + inputs + outputs)],
                words[0] == "InnerProduct" && setting is not null && TryCount(setting[2..], out var size) ? size : 0));
        }

        return layers == expected
            ? null
            : $"says that it has {expected} layers, and {layers} can be read: it is cut off or damaged";
    }

    private static bool TryCount(string word, out int count) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count <= int.MaxValue / 4;
}
