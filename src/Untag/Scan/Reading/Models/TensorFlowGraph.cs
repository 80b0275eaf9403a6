namespace Untag.Scan.Reading.Models;

/// <summary>Reads the graphs of TensorFlow.</summary>
internal sealed class TensorFlowGraph(ByteSource source, ModelNames names)
{
    private readonly WireTexts texts = new(source, names);

    public void ReadMetaGraph(WireField metaGraph)
    {
        var fields = new WireMessage(source, metaGraph);
        while (!names.IsFull && fields.Next(out var field))
        {
            if (field.Is(2))
                ReadGraph(field);
            else if (field.Is(5))
                ReadEntry(field, (key, value) => ReadSignature(key, value));
            else if (field.Is(6))
                texts.Add(field, "packed files");
            else if (field.Is(7))
                texts.Add(field, "objects");
        }
    }

    public void ReadGraph(WireField graph)
    {
        var fields = new WireMessage(source, graph);
        while (!names.IsFull && fields.Next(out var field))
        {
            if (field.Is(1))
                ReadNode(field);
            else if (field.Is(2))
                ReadLibrary(field);
        }
    }

    private void ReadLibrary(WireField library)
    {
        var functions = new WireMessage(source, library);
        while (!names.IsFull && functions.Next(out var function))
        {
            if (!function.Is(1))
                continue;
            var parts = new WireMessage(source, function);
            while (parts.Next(out var part))
            {
                if (part.Is(1))
                    texts.Add(part, "functions");
                else if (part.Is(3))
                    ReadNode(part);
                else if (part.Is(4))
                    ReadEntry(part, (key, _) => names.Name("functions", key));
            }
        }
    }

    private void ReadNode(WireField node)
    {
        var name = "";
        var fields = new WireMessage(source, node);
        while (!names.IsFull && fields.Next(out var field))
        {
            if (field.Is(1))
                names.Name(ModelNames.Layers, name = Text(field));
            else if (field.Is(5))
                ReadEntry(field, (_, value) => ReadAttribute(value, name));
        }
    }

    private void ReadAttribute(WireField attribute, string node)
    {
        var fields = new WireMessage(source, attribute);
        while (fields.Next(out var field))
        {
            if (field.Is(1))
                texts.Add(field, $"attributes of {node}");
            else if (field.Is(2))
                texts.Add(attribute, $"attributes of {node}");
            else if (field.Is(8))
                ReadTensor(field, node);
        }
    }

    private void ReadTensor(WireField tensor, string node)
    {
        var labels = new List<string>();
        var fields = new WireMessage(source, tensor);
        while (fields.Next(out var field))
        {
            if (field.Is(8))
                labels.Add(Text(field));
        }

        names.Labels($"labels {node}", node, labels);
    }

    private void ReadSignature(string key, WireField signature)
    {
        names.Name("signatures", key);
        var fields = new WireMessage(source, signature);
        while (fields.Next(out var field))
        {
            if (field.Is(1))
                ReadEntry(field, (name, _) => names.Name(ModelNames.Inputs, name));
            else if (field.Is(2))
                ReadEntry(field, ReadOutput);
        }
    }

    private void ReadOutput(string name, WireField tensor)
    {
        names.Name(ModelNames.Outputs, name);
        var fields = new WireMessage(source, tensor);
        while (fields.Next(out var field))
        {
            if (field.Is(3))
                names.Head(name, LastDimension(field));
        }
    }

    private long LastDimension(WireField shape)
    {
        long last = 0;
        var dimensions = new WireMessage(source, shape);
        while (dimensions.Next(out var dimension))
        {
            var parts = new WireMessage(source, dimension);
            while (dimension.Is(2) && parts.Next(out var part))
                last = part is { Number: 1, Type: WireType.Varint } ? unchecked((long)part.Value) : last;
        }

        return last;
    }

    // An entry of a map: the key is a text, the value a message.
    private void ReadEntry(WireField entry, Action<string, WireField> read)
    {
        var key = "";
        var fields = new WireMessage(source, entry);
        while (fields.Next(out var field))
        {
            if (field.Is(1))
                key = Text(field);
            else if (field.Is(2))
                read(key, field);
        }
    }

    private string Text(WireField field) => source.Text(field.Start, field.Length);
}
