namespace Untag.Scan.Reading.Models;

/// <summary>Reads ONNX: a protobuf <c>ModelProto</c>. Weights are passed over without being read.</summary>
internal sealed class OnnxReader : IBinaryReader
{
    private const int IrVersionMax = 64; // 13 in 2025; the number goes up once a year

    public string Name => "ONNX";

    public string Reads =>
        "outputs, inputs, layers and weights by name, sizes of the outputs, labels in attributes and string tensors, "
        + "metadata and descriptions";

    public bool HidesText => true;

    public bool Recognises(string path, ReadOnlySpan<byte> head) =>
        path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) || LooksLikeModel(head);

    public ReadResult Read(string path, Stream stream)
    {
        var source = new ByteSource(stream);
        var names = new ModelNames("onnx");
        if (!LooksLikeModel(source.Bytes(0, Math.Min(source.Length, Readers.HeadBytes))))
            return names.ToResult(NotTheModel.Sentence(source, "an ONNX model"));
        var graph = new OnnxGraph(source, names);
        var hasGraph = false;
        var model = new WireMessage(source, 0, source.Length);
        while (!names.IsFull && model.Next(out var field))
        {
            hasGraph |= field.Is(7) || field.Is(25);
            ReadField(field, source, names, graph);
        }

        if (!hasGraph)
            source.Damage("holds no graph: it is cut off or not an ONNX model");
        return names.ToResult(source.Problem);
    }

    // ir_version, then the producer's name (a text), the domain, the graph or the sets of operators.
    private static bool LooksLikeModel(ReadOnlySpan<byte> head) =>
        head.Length >= 4 && head[0] == 0x08 && head[1] is > 0 and <= IrVersionMax
        && head[2] switch
        {
            // A model of TensorFlow or Core ML has a message there.
            0x12 => head[3] == 0 || (head[3] < 0x80 && head.Length > 4 && head[4] >= ' '),
            0x3A or 0x42 => true,
            _ => false,
        };

    private static void ReadField(WireField field, ByteSource source, ModelNames names, OnnxGraph graph)
    {
        if (field.Is(6))
            names.Text(ModelNames.Descriptions, source.Text(field.Start, field.Length));
        else if (field.Is(7))
            graph.ReadGraph(field, OnnxGraph.Place.Model);
        else if (field.Is(14))
            graph.ReadMetadata(field);
        else if (field.Is(20))
            ReadTraining(field, source, graph);
        else if (field.Is(25))
            graph.ReadFunction(field);
    }

    // The graphs that initialise and that train.
    private static void ReadTraining(WireField field, ByteSource source, OnnxGraph graph)
    {
        var training = new WireMessage(source, field);
        while (training.Next(out var inner))
        {
            if (inner.Is(1) || inner.Is(2))
                graph.ReadGraph(inner, OnnxGraph.Place.Inside);
        }
    }
}
