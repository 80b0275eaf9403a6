using System.Security.Cryptography;
using Untag.Audit;
using Untag.Audit.Tables;
using Untag.Policy;

namespace Untag.Erase.Onnx;

/// <summary>A model with a map in it: what it gives has no tag, and no file has to be kept secret for that.</summary>
/// <remarks>With y = x W + c, rows of W as columns of the length of y, the erased y − A C′ y + b is x (P W) + P c + b, P = I − A C′. Behind
/// anything else stands a layer of its own, y P′ + b.</remarks>
public sealed class FoldedModel
{
    private const long BytesMax = int.MaxValue - 64; // Protocol Buffers know no larger message
    private readonly ProtoMessage message;

    private FoldedModel(ProtoMessage message, string output, string? layer) => (this.message, Output, Layer) = (message, output, layer);

    /// <summary>The value that is erased.</summary>
    public string Output { get; }

    /// <summary>The layer that the map was folded into; null when one was appended.</summary>
    public string? Layer { get; }

    /// <summary>Folds a map into a model.</summary>
    /// <exception cref="AuditInputException">The map or the model cannot be used, or folding would change more than the value.</exception>
    public static FoldedModel Of(FoldRequest request)
    {
        var map = MapFile.Read(request.Map);
        var digest = DigestOf(request.Map);
        try
        {
            return Of(request, map, digest, new OnnxModel(Bytes(request.Model)));
        }
        catch (InvalidDataException)
        {
            throw new AuditInputException($"`{request.Model.Name}` is no model of ONNX, or was cut", "export it again");
        }
    }

    /// <summary>Writes the model.</summary>
    public void WriteTo(Stream output) => message.WriteTo(output);

    private static FoldedModel Of(FoldRequest request, ErasureMap map, string digest, OnnxModel model)
    {
        var output = Chosen(model, request);
        if (model.Weights.Any(weight => weight.IsExternal))
        {
            throw new AuditInputException(
                $"weights of `{request.Model.Name}` are in another file", "save it as one file: onnx.save(onnx.load(path), path, save_as_external_data=False)");
        }

        var key = $"untag.erased.{output}";
        if (model.Metadata(key) is not null)
            throw new AuditInputException($"a map is in `{output}` already", "fold into the model as it was exported");
        var layer = request.Place == FoldPlace.Behind ? null : LinearLayer.Behind(model, output, map.Eraser.Dimensions);
        if (layer is null && request.Place == FoldPlace.Layer)
            CheckLength(model, output);
        var graph = layer is null ? GraphAppending.Apply(model, output, map.Eraser) : LayerFolding.Apply(model, output, layer, map.Eraser);
        var text = $"{map.Note.Method}: {map.Note.Directions} of {map.Note.Dimensions} directions taken out; map sha256:{digest}";
        return new FoldedModel(model.With(graph, key, text), output, layer?.Node.Name);
    }

    private static string Chosen(OnnxModel model, FoldRequest request)
    {
        if (request.Output is null && model.Outputs.Count > 1)
        {
            throw new AuditInputException(
                $"`{request.Model.Name}` has {model.Outputs.Count} outputs: which one was the map fitted on?", $"name it: --output {model.Outputs[0]}");
        }

        var name = request.Output ?? model.Outputs[0];
        return model.Giver(name) is not null ? name : throw new AuditInputException(
            $"nothing in `{request.Model.Name}` gives `{name}`", Spelling.Hint(name, model.Outputs));
    }

    // Rows of length 1 lose it behind a map; whether that is meant only its owner knows.
    private static void CheckLength(OnnxModel model, string output)
    {
        if (Normalised(model, output) is { } before)
        {
            throw new AuditInputException(
                $"`{output}` are rows brought to length 1: behind a map they are not any more",
                $"fold a map that was fitted on the rows before: --output {before}, or write --append");
        }
    }

    // The value that is brought to length 1, as LpNormalization or by a division by its length.
    private static string? Normalised(OnnxModel model, string output)
    {
        if (model.Giver(output) is not { Inputs.Count: > 0 } giver)
            return null;
        if (giver.Kind == "LpNormalization")
            return giver.Inputs[0];
        if (giver.Kind != "Div" || giver.Inputs.Count != 2)
            return null;
        var length = model.Giver(giver.Inputs[1]);
        for (var steps = 0; steps < 6 && length is { Inputs.Count: > 0 }; steps++)
        {
            if (length.Kind is "ReduceL2" or "ReduceSumSquare" or "ReduceSum")
                return giver.Inputs[0];
            length = model.Giver(length.Inputs[0]);
        }

        return null;
    }

    private static byte[] Bytes(TableSource source)
    {
        using var stream = TableFile.Open(source);
        if (stream.Length > BytesMax)
            throw new InvalidDataException();
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static string DigestOf(TableSource source)
    {
        using var stream = TableFile.Open(source);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
