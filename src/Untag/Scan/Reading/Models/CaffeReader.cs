namespace Untag.Scan.Reading.Models;

/// <summary>Reads the weights of Caffe: a protobuf <c>NetParameter</c> of the published <c>caffe.proto</c>.</summary>
internal sealed class CaffeReader : IBinaryReader
{
    private const int LayersOfVersion1 = 2, Inputs = 3, Layers = 100;

    public string Name => "Caffe";

    public string Reads => "layers by name, outputs with their sizes; never the weights";

    public bool HidesText => true;

    public bool Recognises(string path, ReadOnlySpan<byte> head) =>
        path.EndsWith(".caffemodel", StringComparison.OrdinalIgnoreCase);

    public ReadResult Read(string path, Stream stream)
    {
        var source = new ByteSource(stream);
        var names = new ModelNames("caffe");
        if (source.Length < 4 || source.Byte(0) is not (0x0A or 0x12 or 0x1A or 0xA2))
            return names.ToResult(NotTheModel.Sentence(source, "weights of Caffe"));
        var graph = new LayerGraph(names);
        var net = new WireMessage(source, 0, source.Length);
        while (!names.IsFull && net.Next(out var field))
        {
            if (field.Is(1))
                names.Name("graph", source.Text(field.Start, field.Length));
            else if (field.Is(Inputs))
                names.Name(ModelNames.Inputs, source.Text(field.Start, field.Length));
            else if (field.Is(Layers) || field.Is(LayersOfVersion1))
                graph.Add(LayerOf(source, field));
        }

        graph.AddOutputs();
        if (graph.IsEmpty)
            source.Damage("holds no layer: it is cut off or no weights of Caffe");
        return names.ToResult(source.Problem);
    }

    private static Layer LayerOf(ByteSource source, WireField layer)
    {
        // The numbers differ between the two versions of a layer.
        var isOld = layer.Number == LayersOfVersion1;
        var (nameField, inputField, outputField, linearField) = isOld ? (4, 2, 3, 17) : (1, 3, 4, 117);
        var name = "";
        var size = 0L;
        var inputs = new List<string>();
        var outputs = new List<string>();
        var fields = new WireMessage(source, layer);
        while (fields.Next(out var field))
        {
            if (field.Is(nameField))
                name = source.Text(field.Start, field.Length);
            else if (field.Is(inputField))
                inputs.Add(source.Text(field.Start, field.Length));
            else if (field.Is(outputField))
                outputs.Add(source.Text(field.Start, field.Length));
            else if (field.Is(linearField))
                size = OutputsOf(source, field);
        }

        return new Layer(name, inputs, outputs, size);
    }

    private static long OutputsOf(ByteSource source, WireField linear)
    {
        var fields = new WireMessage(source, linear);
        while (fields.Next(out var field))
        {
            if (field is { Number: 1, Type: WireType.Varint })
                return (long)Math.Min(field.Value, long.MaxValue);
        }

        return 0;
    }
}
