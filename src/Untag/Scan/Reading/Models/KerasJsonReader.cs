using System.Text.Json;

namespace Untag.Scan.Reading.Models;

/// <summary>Reads networks that Keras and TensorFlow.js write as JSON: <c>model.to_json()</c> and <c>model.json</c>. Its
/// layers are records of one shape, of which the reader of JSON keeps the keys only; here their names count.</summary>
internal sealed class KerasJsonReader : IReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 256 };

    public string Name => "Keras and TensorFlow.js as JSON";

    public string Reads => "layers and weights by name, outputs with their sizes, metadata";

    public bool Recognises(string path, string text) =>
        path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
        && text.AsSpan().TrimStart().StartsWith("{")
        && (Holds(text, "modelTopology") || (Holds(text, "class_name") && Holds(text, "layers") && HoldsOneOf(text)));

    public ReadResult Read(string path, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            var names = new ModelNames("keras");
            var graph = new LayerGraph(names);
            new KerasLayers(names, graph).Read(document.RootElement);
            graph.AddOutputs();
            return names.ToResult(problem: null);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return JsonReader.Read(text); // which says where it is broken
        }
    }

    // Other documents have layers with names of classes too.
    private static bool HoldsOneOf(string text) =>
        Holds(text, "inbound_nodes") || Holds(text, "batch_input_shape") || Holds(text, "batch_shape") || Holds(text, "keras_version");

    private static bool Holds(string text, string key) => text.Contains($"\"{key}\"", StringComparison.Ordinal);
}
