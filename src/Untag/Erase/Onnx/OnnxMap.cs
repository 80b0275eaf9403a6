using System.Text.Json;

namespace Untag.Erase.Onnx;

/// <summary>A map as a model of ONNX: <c>erased = embedding P′ + b</c>, rows in float32, any number of them.</summary>
internal static class OnnxMap
{
    private const long FormatVersion = 8; // of 2021: what runs today reads it
    private const long OperatorsVersion = 13;

    /// <summary>Writes the map; its note stands in the metadata, its warning in the description.</summary>
    public static void Write(ErasureMap map, Stream output) => new ProtoMessage(
        ProtoField.Of(1, FormatVersion), ProtoField.Of(2, "untag"), ProtoField.Of(6, $"An erasure map: {MapNote.Warning}."),
        ProtoField.Of(7, Graph(map)),
        ProtoField.Of(8, new ProtoMessage(ProtoField.Of(1, ""), ProtoField.Of(2, OperatorsVersion))),
        ProtoField.Of(14, new ProtoMessage(
            ProtoField.Of(1, "untag"), ProtoField.Of(2, JsonSerializer.Serialize(map.Note, EraseJson.Readable.MapNote))))).WriteTo(output);

    private static ProtoMessage Graph(ErasureMap map) => new(
        ProtoField.Of(1, OnnxNode.Made("MatMul", "product", "product", "embedding", "weight")),
        ProtoField.Of(1, OnnxNode.Made("Add", "erased", "erased", "product", "bias")),
        ProtoField.Of(2, "erasure_map"),
        ProtoField.Of(5, GraphAppending.Weight("weight", OnnxType.Float32, map.Eraser)),
        ProtoField.Of(5, GraphAppending.Bias("bias", OnnxType.Float32, map.Eraser)),
        ProtoField.Of(11, Value("embedding", map.Eraser.Dimensions)),
        ProtoField.Of(12, Value("erased", map.Eraser.Dimensions)));

    // A tensor of rows, as many as there are, by d.
    private static ProtoMessage Value(string name, int dimensions)
    {
        var shape = new ProtoMessage(
            ProtoField.Of(1, new ProtoMessage(ProtoField.Of(2, "rows"))), ProtoField.Of(1, new ProtoMessage(ProtoField.Of(1, dimensions))));
        var tensor = new ProtoMessage(ProtoField.Of(1, (long)OnnxType.Float32), ProtoField.Of(2, shape));
        return new ProtoMessage(ProtoField.Of(1, name), ProtoField.Of(2, new ProtoMessage(ProtoField.Of(1, tensor))));
    }
}
