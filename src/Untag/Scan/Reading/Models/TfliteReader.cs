namespace Untag.Scan.Reading.Models;

/// <summary>Reads TensorFlow Lite: a FlatBuffers file whose fields are numbered as in the published <c>schema.fbs</c>
/// and <c>metadata_schema.fbs</c>, with files packed behind it.</summary>
internal sealed class TfliteReader : IBinaryReader
{
    private const int TensorsMax = 1_000_000;

    private static ReadOnlySpan<byte> Mark => "TFL3"u8;

    public string Name => "TensorFlow Lite";

    public string Reads =>
        "tensors, inputs and outputs by name with their sizes, metadata, and the files packed behind the model";

    public bool HidesText => true;

    public bool Recognises(string path, ReadOnlySpan<byte> head) =>
        path.EndsWith(".tflite", StringComparison.OrdinalIgnoreCase)
        || (head.Length >= 8 && head[4..8].SequenceEqual(Mark));

    public ReadResult Read(string path, Stream stream)
    {
        var source = new ByteSource(stream);
        var names = new ModelNames("tflite");
        if (!source.Has(4, Mark))
            return names.ToResult(NotTheModel.Sentence(source, "a TensorFlow Lite model"));
        ReadModel(FlatTable.Behind(source, 0), names);
        var read = names.ToResult(source.Problem);
        var packed = PackedFiles.Read(stream, source.Farthest);
        return read with { Passages = [.. read.Passages, .. packed.Passages], Problem = read.Problem ?? packed.Problem };
    }

    private static void ReadModel(FlatTable model, ModelNames names)
    {
        names.Text(ModelNames.Descriptions, model.Text(3));
        foreach (var graph in model.Tables(2))
            ReadGraph(graph, names);
        foreach (var signature in model.Tables(7))
        {
            names.Name("signatures", signature.Text(2));
            foreach (var input in signature.Tables(0))
                names.Name(ModelNames.Inputs, input.Text(0));
            foreach (var output in signature.Tables(1))
                names.Name(ModelNames.Outputs, output.Text(0));
        }

        var buffers = model.Tables(4).Take(TensorsMax).ToList();
        foreach (var buffer in buffers)
            buffer.List(0, sizeof(byte)); // a cut file lacks the end of one of them
        foreach (var metadata in model.Tables(6))
        {
            names.Name("metadata", metadata.Text(0));
            var index = metadata.UInt32(1);
            if (metadata.Text(0) == "TFLITE_METADATA" && index < buffers.Count)
                ReadMetadata(buffers[(int)index], names);
        }
    }

    private static void ReadGraph(FlatTable graph, ModelNames names)
    {
        names.Name("graph", graph.Text(4));
        var tensors = graph.Tables(0).Take(TensorsMax).ToList();
        foreach (var tensor in tensors)
        {
            names.Name(ModelNames.Layers, tensor.Text(3));
            if (names.IsFull)
                return;
        }

        foreach (var input in graph.Int32s(1))
        {
            if (input >= 0 && input < tensors.Count)
                names.Name(ModelNames.Inputs, tensors[input].Text(3));
        }

        foreach (var output in graph.Int32s(2))
        {
            if (output < 0 || output >= tensors.Count)
                continue;
            var name = tensors[output].Text(3);
            names.Name(ModelNames.Outputs, name);
            names.Head(name, tensors[output].Int32s(0).LastOrDefault());
        }
    }

    // A FlatBuffers file inside the buffer of the other.
    private static void ReadMetadata(FlatTable buffer, ModelNames names)
    {
        var (start, count) = buffer.List(0, sizeof(byte));
        if (count < 8 || !buffer.Source.Has(start + 4, "M001"u8))
            return;
        var model = FlatTable.Behind(buffer.Source, start);
        names.Name("metadata", model.Text(0));
        names.Text(ModelNames.Descriptions, model.Text(1));
        foreach (var file in model.Tables(6))
            ReadFile(file, names);
        foreach (var graph in model.Tables(3))
        {
            names.Name("metadata", graph.Text(0));
            names.Text(ModelNames.Descriptions, graph.Text(1));
            foreach (var tensor in graph.Tables(2))
                ReadTensor(tensor, "metadata of inputs", names);
            foreach (var tensor in graph.Tables(3))
                ReadTensor(tensor, "metadata of outputs", names);
            foreach (var file in graph.Tables(4))
                ReadFile(file, names);
        }
    }

    private static void ReadTensor(FlatTable tensor, string family, ModelNames names)
    {
        names.Name(family, tensor.Text(0));
        names.Text(ModelNames.Descriptions, tensor.Text(1));
        names.Labels($"{family}, dimensions", [.. tensor.Texts(2)]);
        foreach (var file in tensor.Tables(6))
            ReadFile(file, names);
    }

    private static void ReadFile(FlatTable file, ModelNames names)
    {
        names.Name("packed files", file.Text(0));
        names.Text(ModelNames.Descriptions, file.Text(1));
    }
}
