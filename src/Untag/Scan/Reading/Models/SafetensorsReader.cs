using System.Text.Json;

namespace Untag.Scan.Reading.Models;

/// <summary>Reads the header of safetensors: JSON with metadata and the name, shape and place of every tensor.</summary>
internal sealed class SafetensorsReader : IBinaryReader
{
    private const int HeaderBytesMax = 100_000_000; // the format's own limit
    private const int HeaderAt = sizeof(ulong);

    public string Name => "safetensors";

    public string Reads => "the header: tensors by name, with the sizes of outputs, and metadata";

    public bool HidesText => true;

    public bool Recognises(string path, ReadOnlySpan<byte> head) =>
        path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase)
        || (head.Length > HeaderAt + 2 && head[4..HeaderAt].IndexOfAnyExcept((byte)0) < 0
            && head[HeaderAt..].StartsWith("{\""u8));

    public ReadResult Read(string path, Stream stream)
    {
        var source = new ByteSource(stream);
        var names = new ModelNames("safetensors");
        if (source.Length <= HeaderAt || source.Byte(HeaderAt) != (byte)'{')
            return names.ToResult(NotTheModel.Sentence(source, "a safetensors file"));
        var length = source.Int64(0);
        var json = source.Bytes(HeaderAt, length, HeaderBytesMax);
        var weights = new List<(string, IReadOnlyList<long>)>();
        try
        {
            using var header = JsonDocument.Parse(json);
            long end = 0;
            foreach (var entry in header.RootElement.EnumerateObject())
            {
                if (entry.NameEquals("__metadata__"))
                    AddMetadata(entry.Value, names);
                else
                    end = Math.Max(end, AddTensor(entry, names, weights));
            }

            source.Holds(HeaderAt + length, end);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            source.Damage("its header is damaged: the names of its tensors were not all read");
        }

        WeightHeads.Add(weights, names);
        return names.ToResult(source.Problem);
    }

    private static void AddMetadata(JsonElement metadata, ModelNames names)
    {
        foreach (var entry in metadata.EnumerateObject())
            names.Entry($"metadata {entry.Name}", entry.Name, entry.Value.ToString());
    }

    // Returns where its bytes end, counted from the end of the header.
    private static long AddTensor(JsonProperty entry, ModelNames names, List<(string, IReadOnlyList<long>)> weights)
    {
        names.Name(ModelNames.Weights, entry.Name);
        var shape = new List<long>();
        if (entry.Value.TryGetProperty("shape", out var dimensions))
        {
            foreach (var dimension in dimensions.EnumerateArray())
                shape.Add(dimension.TryGetInt64(out var size) ? size : 0);
        }

        weights.Add((entry.Name, shape));
        return entry.Value.TryGetProperty("data_offsets", out var offsets) && offsets.GetArrayLength() == 2
            && offsets[1].TryGetInt64(out var end) ? end : 0;
    }
}
