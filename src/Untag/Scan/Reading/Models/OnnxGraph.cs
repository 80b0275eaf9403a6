namespace Untag.Scan.Reading.Models;

/// <summary>Reads the graph of an ONNX model. Field numbers are those of the published <c>onnx.proto</c>.</summary>
internal sealed class OnnxGraph(ByteSource source, ModelNames names)
{
    private const int DepthMax = 16;

    private int depth;

    /// <summary>Whose outputs these are.</summary>
    public enum Place
    {
        /// <summary>The model's own.</summary>
        Model,

        /// <summary>Those of a branch or loop inside it.</summary>
        Inside,
    }

    public void ReadGraph(WireField graph, Place place)
    {
        if (++depth > DepthMax)
            source.Damage($"has graphs inside each other, more than {DepthMax} deep");
        var fields = new WireMessage(source, graph);
        while (!names.IsFull && fields.Next(out var field))
        {
            switch (field)
            {
                case { Number: 1, Type: WireType.Bytes }:
                    ReadNode(field);
                    break;
                case { Number: 2, Type: WireType.Bytes }:
                    names.Name("graph", Text(field));
                    break;
                case { Number: 5, Type: WireType.Bytes }:
                    ReadTensor(field, ModelNames.Weights);
                    break;
                case { Number: 10, Type: WireType.Bytes }:
                    names.Text(ModelNames.Descriptions, Text(field));
                    break;
                case { Number: 11, Type: WireType.Bytes }:
                    ReadValue(field, ModelNames.Inputs);
                    break;
                case { Number: 12, Type: WireType.Bytes }:
                    var output = ReadValue(field, ModelNames.Outputs);
                    if (place == Place.Model)
                        names.Head(output.Name, output.Size);
                    break;
                case { Number: 13, Type: WireType.Bytes }:
                    ReadValue(field, ModelNames.Layers);
                    break;
                case { Number: 15, Type: WireType.Bytes }:
                    ReadSparseTensor(field);
                    break;
                case { Number: 16, Type: WireType.Bytes }:
                    ReadMetadata(field);
                    break;
            }
        }

        depth--;
    }

    public void ReadFunction(WireField function)
    {
        var fields = new WireMessage(source, function);
        while (!names.IsFull && fields.Next(out var field))
        {
            if (field.Is(7))
                ReadNode(field);
            else if (field.Is(8))
                names.Text(ModelNames.Descriptions, Text(field));
            else if (field.Is(14))
                ReadMetadata(field);
            else if (field.Number is 1 or 4 or 5 or 6 && field.Type == WireType.Bytes)
                names.Name("functions", Text(field));
        }
    }

    /// <summary>Reads a key with its text.</summary>
    public void ReadMetadata(WireField entry)
    {
        string key = "", text = "";
        var fields = new WireMessage(source, entry);
        while (fields.Next(out var field))
        {
            if (field.Is(1))
                key = Text(field);
            else if (field.Is(2))
                text = Text(field);
        }

        names.Entry($"metadata {key}", key, text);
    }

    private void ReadNode(WireField node)
    {
        var name = "";
        var attributes = new List<WireField>();
        var fields = new WireMessage(source, node);
        while (fields.Next(out var field))
        {
            switch (field)
            {
                case { Number: 2, Type: WireType.Bytes }:
                    names.Name(ModelNames.Layers, Text(field));
                    break;
                case { Number: 3, Type: WireType.Bytes }:
                    name = Text(field);
                    names.Name(ModelNames.Layers, name);
                    break;
                case { Number: 5, Type: WireType.Bytes }:
                    attributes.Add(field);
                    break;
                case { Number: 6, Type: WireType.Bytes }:
                    names.Text(ModelNames.Descriptions, Text(field));
                    break;
                case { Number: 9, Type: WireType.Bytes }:
                    ReadMetadata(field);
                    break;
            }
        }

        foreach (var attribute in attributes)
            ReadAttribute(attribute, name);
    }

    private void ReadAttribute(WireField attribute, string node)
    {
        var name = "";
        var strings = new List<string>();
        var fields = new WireMessage(source, attribute);
        while (!names.IsFull && fields.Next(out var field))
        {
            switch (field)
            {
                case { Number: 1, Type: WireType.Bytes }:
                    name = Text(field);
                    break;
                case { Number: 4, Type: WireType.Bytes }:
                    names.Text($"attribute {name}", Text(field));
                    break;
                case { Number: 5 or 10, Type: WireType.Bytes }:
                    ReadTensor(field, ModelNames.Weights);
                    break;
                case { Number: 6 or 11, Type: WireType.Bytes }:
                    ReadGraph(field, Place.Inside);
                    break;
                case { Number: 9, Type: WireType.Bytes }:
                    strings.Add(Text(field));
                    break;
                case { Number: 13, Type: WireType.Bytes }:
                    names.Text(ModelNames.Descriptions, Text(field));
                    break;
                case { Number: 22 or 23, Type: WireType.Bytes }:
                    ReadSparseTensor(field);
                    break;
            }
        }

        names.Labels(node.Length > 0 ? $"labels {name} of {node}" : $"labels {name}", strings);
    }

    private void ReadSparseTensor(WireField sparse)
    {
        var fields = new WireMessage(source, sparse);
        while (fields.Next(out var field))
        {
            if (field.Is(1))
                ReadTensor(field, ModelNames.Weights);
        }
    }

    private void ReadTensor(WireField tensor, string family)
    {
        var name = "";
        var strings = new List<string>();
        var fields = new WireMessage(source, tensor);
        while (!names.IsFull && fields.Next(out var field))
        {
            if (field.Is(6))
                strings.Add(Text(field));
            else if (field.Is(8))
                name = Text(field);
            else if (field.Is(12))
                names.Text(ModelNames.Descriptions, Text(field));
        }

        names.Name(family, name);
        names.Labels($"labels {name}".TrimEnd(), strings);
    }

    private OutputHead ReadValue(WireField value, string family)
    {
        var name = "";
        long size = 0;
        var fields = new WireMessage(source, value);
        while (fields.Next(out var field))
        {
            if (field.Is(1))
                name = Text(field);
            else if (field.Is(2))
                size = LastDimension(field);
            else if (field.Is(3))
                names.Text(ModelNames.Descriptions, Text(field));
        }

        names.Name(family, name);
        return new OutputHead(name, size is > 0 and <= int.MaxValue ? (int)size : 0);
    }

    // A tensor's type: its shape is a list of dimensions, each a number or a name.
    private long LastDimension(WireField type)
    {
        long last = 0;
        var kinds = new WireMessage(source, type);
        while (kinds.Next(out var tensor))
        {
            if (!tensor.Is(1))
                continue;
            var parts = new WireMessage(source, tensor);
            while (parts.Next(out var shape))
            {
                if (shape.Is(2))
                    last = LastOfShape(shape);
            }
        }

        return last;
    }

    private long LastOfShape(WireField shape)
    {
        long last = 0;
        var dimensions = new WireMessage(source, shape);
        while (dimensions.Next(out var dimension))
        {
            last = 0;
            var values = new WireMessage(source, dimension);
            while (dimension.Is(1) && values.Next(out var value))
                last = value is { Number: 1, Type: WireType.Varint } ? unchecked((long)value.Value) : last;
        }

        return last;
    }

    private string Text(WireField field) => source.Text(field.Start, field.Length);
}
