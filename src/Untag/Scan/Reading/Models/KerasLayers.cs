using System.Globalization;
using System.Text.Json;

namespace Untag.Scan.Reading.Models;

/// <summary>Walks a network in JSON: what stands in a list called <c>layers</c> is a layer, all else metadata.</summary>
internal sealed class KerasLayers(ModelNames names, LayerGraph graph)
{
    private const string Metadata = "metadata";

    /// <summary>Reads an element with all inside.</summary>
    public void Read(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
            ReadList(element);
        else if (element.ValueKind == JsonValueKind.Object)
            ReadObject(element);
    }

    private void ReadObject(JsonElement element)
    {
        foreach (var property in element.EnumerateObject())
        {
            switch (property.Name)
            {
                case "layers" when property.Value.ValueKind == JsonValueKind.Array:
                    ReadLayers(property.Value);
                    break;
                case "weights" when property.Value.ValueKind == JsonValueKind.Array:
                    ReadNames(property.Value, ModelNames.Weights);
                    break;
                case "node" when property.Value.ValueKind == JsonValueKind.Array:
                    ReadNames(property.Value, ModelNames.Layers);
                    break;
                case "outputs" when property.Value.ValueKind == JsonValueKind.Object:
                    ReadOutputs(property.Value);
                    break;
                case "input_layers" or "output_layers":
                    break; // names of layers once more
                default:
                    ReadEntry(property);
                    break;
            }
        }
    }

    // The signature of a graph: {"race": {"name": "Identity:0", "tensorShape": {"dim": [{"size": "-1"}, {"size": "5"}]}}}
    private void ReadOutputs(JsonElement outputs)
    {
        foreach (var output in outputs.EnumerateObject())
        {
            names.Name(ModelNames.Outputs, output.Name);
            var size = 0L;
            if (Member(Member(output.Value, "tensorShape"), "dim") is { ValueKind: JsonValueKind.Array } shape)
            {
                foreach (var dimension in shape.EnumerateArray())
                    size = long.TryParse(Text(dimension, "size"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) ? count : 0;
            }

            names.Head(output.Name, size);
        }
    }

    private void ReadEntry(JsonProperty property)
    {
        names.Name(Metadata, property.Name);
        if (property.Value.ValueKind == JsonValueKind.String)
            names.Text(Metadata, property.Value.GetString()!);
        else
            Read(property.Value);
    }

    private void ReadList(JsonElement list)
    {
        var labels = new List<string>();
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String)
                labels.Add(item.GetString()!);
            else
                Read(item);
        }

        names.Labels(Metadata, labels);
    }

    // A network may be a layer of another one: it gives what its own last layer gives.
    private void ReadLayers(JsonElement layers)
    {
        var before = "";
        foreach (var layer in layers.EnumerateArray())
        {
            if (layer.ValueKind != JsonValueKind.Object)
                continue;
            var config = Member(layer, "config");
            var name = Text(layer, "name") ?? Text(config, "name") ?? "";
            if (Member(config, "layers").ValueKind == JsonValueKind.Array)
                Read(config);
            else
                ReadSettings(config);
            if (name.Length == 0)
                continue;
            var inputs = new List<string>();
            if (layer.TryGetProperty("inbound_nodes", out var nodes))
                AddInputs(nodes, inputs);
            else if (before.Length > 0)
                inputs.Add(before); // a sequence names no inputs
            graph.Add(new Layer(name, inputs, [name], SizeOf(config)));
            before = name;
        }
    }

    private void ReadSettings(JsonElement config)
    {
        if (config.ValueKind != JsonValueKind.Object)
            return;
        foreach (var setting in config.EnumerateObject())
        {
            // Vocabularies of text layers and lists of labels.
            if (setting.Value.ValueKind == JsonValueKind.Array)
                ReadList(setting.Value);
        }
    }

    // Version 2 names an input as the first of a list, [["dense_2", 0, 0, {}]]; version 3 in a history of its tensors.
    private static void AddInputs(JsonElement element, List<string> inputs)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            var isFirst = true;
            foreach (var item in element.EnumerateArray())
            {
                if (isFirst && item.ValueKind == JsonValueKind.String)
                    inputs.Add(item.GetString()!);
                else
                    AddInputs(item, inputs);
                isFirst = false;
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
                AddInputs(property.Value, inputs);
        }
    }

    private void ReadNames(JsonElement list, string family)
    {
        foreach (var item in list.EnumerateArray())
        {
            if (Text(item, "name") is { } name)
                names.Name(family, name);
        }
    }

    private static long SizeOf(JsonElement config) =>
        Member(config, "units") is { ValueKind: JsonValueKind.Number } units && units.TryGetInt64(out var size) ? size : 0;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;
}
