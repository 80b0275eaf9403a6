namespace Untag.Erase.Onnx;

/// <summary>A model of ONNX: its graph, as far as folding a map into it asks. Field numbers are those of the published
/// <c>onnx.proto</c>.</summary>
internal sealed class OnnxModel
{
    private readonly Dictionary<string, ProtoMessage> values = new(StringComparer.Ordinal);

    /// <summary>Reads a model.</summary>
    /// <exception cref="InvalidDataException">It is none, or it is damaged.</exception>
    public OnnxModel(ReadOnlyMemory<byte> bytes)
        : this(ProtoMessage.Read(bytes))
    {
    }

    private OnnxModel(ProtoMessage message)
    {
        Message = message;
        if (message.All(7).ToList() is not [var graph])
            throw new InvalidDataException();
        Graph = graph.Open();
        Nodes = [.. Graph.All(1).Select(field => new OnnxNode(field.Open()))];
        Weights = [.. Graph.All(5).Select(field => new OnnxTensor(field.Open()))];
        Outputs = [.. Graph.All(12).Select(field => field.Open().Text(1))];
        foreach (var value in Graph.Fields.Where(field => field.Is(11) || field.Is(12) || field.Is(13)).Select(field => field.Open()))
            values[value.Text(1)] = value;
        if (Nodes.Count == 0 || Outputs.Count == 0)
            throw new InvalidDataException();
    }

    /// <summary>The message.</summary>
    public ProtoMessage Message { get; }

    /// <summary>The graph in it.</summary>
    public ProtoMessage Graph { get; }

    /// <summary>The nodes, in their order.</summary>
    public IReadOnlyList<OnnxNode> Nodes { get; }

    /// <summary>The weights.</summary>
    public IReadOnlyList<OnnxTensor> Weights { get; }

    /// <summary>Names of the outputs.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>Version of ONNX's own operators; 1 when it states none.</summary>
    public long OperatorsVersion => (long)Math.Min(int.MaxValue, Message.All(8).Select(sets => sets.Open())
        .Where(set => set.Text(1) is "" or "ai.onnx").Select(set => set.Number(2) ?? 1).DefaultIfEmpty(1UL).Max());

    /// <summary>The node that gives a value; null when none does.</summary>
    public OnnxNode? Giver(string value) => Nodes.FirstOrDefault(node => node.Outputs.Contains(value));

    /// <summary>The weight of a name; null when there is none.</summary>
    public OnnxTensor? Weight(string name) => Weights.FirstOrDefault(weight => weight.Name == name);

    /// <summary>How often nodes read a value, and one more when it is an output.</summary>
    public int Uses(string value) => Nodes.Sum(node => node.Uses.Count(name => name == value)) + Outputs.Count(name => name == value);

    /// <summary>The outputs that hang on a value.</summary>
    public IReadOnlyList<string> Reached(string value)
    {
        var reached = new HashSet<string>([value], StringComparer.Ordinal);
        foreach (var node in Nodes) // in an order in which what is read was given before
        {
            if (node.Uses.Any(reached.Contains))
                reached.UnionWith(node.Outputs);
        }

        return [.. Outputs.Where(reached.Contains)];
    }

    /// <summary>The type of a value's numbers; null when it is not one that can be folded into, or is not said.</summary>
    public OnnxType? TypeOf(string value) => OnnxTensor.Known(Tensor(value)?.Number(1));

    /// <summary>The last dimension of a value; null when the model does not say it as a number.</summary>
    public long? WidthOf(string value)
    {
        var shape = Tensor(value)?.All(2).LastOrDefault();
        if (shape is not { Head.Length: > 0 } known || known.Open().All(1).ToList() is not [.., var last])
            return null;
        return last.Open().Number(1) is { } width ? unchecked((long)width) : null;
    }

    /// <summary>A name that no value has, beginning as told.</summary>
    public string NewName(string beginning)
    {
        var known = Nodes.SelectMany(node => node.Outputs.Concat(node.Uses).Append(node.Name))
            .Concat(Weights.Select(weight => weight.Name)).Concat(values.Keys).ToHashSet(StringComparer.Ordinal);
        var name = beginning;
        for (var i = 2; known.Contains(name); i++)
            name = $"{beginning}.{i}";
        return name;
    }

    /// <summary>The model with another graph, and with one more line of metadata.</summary>
    public ProtoMessage With(ProtoMessage graph, string key, string text)
    {
        var changed = Message.Changed(field => field.Is(7) ? ProtoField.Of(7, graph) : null)!;
        return changed.With(ProtoField.Of(14, new ProtoMessage(ProtoField.Of(1, key), ProtoField.Of(2, text))));
    }

    /// <summary>The text of metadata; null when there is none of this key.</summary>
    public string? Metadata(string key) => Message.All(14).Select(field => field.Open()).FirstOrDefault(entry => entry.Text(1) == key)?.Text(2);

    private ProtoMessage? Tensor(string value) =>
        values.GetValueOrDefault(value) is { } told && told.All(2).LastOrDefault() is { Head.Length: > 0 } type
            && type.Open().All(1).LastOrDefault() is { Head.Length: > 0 } tensor
            ? tensor.Open()
            : null;
}
