namespace Untag.Erase.Onnx;

/// <summary>A node of a graph. Field numbers are those of the published <c>onnx.proto</c>.</summary>
internal sealed class OnnxNode
{
    private const int DepthMax = 16;

    /// <summary>Reads a node.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public OnnxNode(ProtoMessage message)
    {
        Message = message;
        Inputs = [.. message.All(1).Select(field => field.Text)];
        Outputs = [.. message.All(2).Select(field => field.Text)];
        Uses = [.. UsesOf(message, DepthMax)];
    }

    /// <summary>The message.</summary>
    public ProtoMessage Message { get; }

    /// <summary>Names of the values that go in.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>Names of the values that come out.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>Names of the values that it or a branch or loop inside it reads, once for each time.</summary>
    public IReadOnlyList<string> Uses { get; }

    /// <summary>Its name, or that of its first output when it has none.</summary>
    public string Name => Message.Text(3) is { Length: > 0 } name ? name : Outputs.FirstOrDefault("");

    /// <summary>Its operator; with its domain when that is not ONNX's own.</summary>
    public string Kind => Message.Text(7) is { Length: > 0 } domain and not "ai.onnx" ? $"{domain}.{Message.Text(4)}" : Message.Text(4);

    /// <summary>A whole number among its attributes.</summary>
    public long Whole(string name, long standard) =>
        Attribute(name)?.Number(3) is { } value ? unchecked((long)value) : standard;

    /// <summary>A number among its attributes.</summary>
    public double Real(string name, double standard) =>
        Attribute(name)?.Fields.LastOrDefault(field => field.Number == 2 && field.Type == ProtoType.Fixed32) is { Head.Length: > 0 } last
            ? BitConverter.UInt32BitsToSingle((uint)last.Value)
            : standard;

    /// <summary>A made node.</summary>
    public static ProtoMessage Made(string kind, string name, string output, params IEnumerable<string> inputs) =>
        new([.. inputs.Select(input => ProtoField.Of(1, input)), ProtoField.Of(2, output), ProtoField.Of(3, name), ProtoField.Of(4, kind)]);

    /// <summary>The node reading another value, also in its branches and loops; null when it does not read the value.</summary>
    public ProtoMessage? Reading(string from, string to) => Reading(Message, from, to, DepthMax);

    /// <summary>The node giving a value another name.</summary>
    public ProtoMessage Giving(string from, string to) =>
        Message.Changed(field => field.Is(2) && field.Text == from ? ProtoField.Of(2, to) : null) ?? Message;

    private ProtoMessage? Attribute(string name) =>
        Message.All(5).Select(field => field.Open()).LastOrDefault(attribute => attribute.Text(1) == name);

    private static IEnumerable<string> UsesOf(ProtoMessage node, int depth)
    {
        var inside = Graphs(node, depth).SelectMany(graph =>
            graph.All(1).SelectMany(field => UsesOf(field.Open(), depth - 1)).Concat(graph.All(12).Select(field => field.Open().Text(1))));
        return node.All(1).Select(field => field.Text).Concat(inside).Where(name => name.Length > 0);
    }

    // The graphs of a node: those of branches and loops.
    private static IEnumerable<ProtoMessage> Graphs(ProtoMessage node, int depth)
    {
        foreach (var attribute in node.All(5))
        {
            foreach (var field in attribute.Open().Fields)
            {
                if (field.Is(6) || field.Is(11))
                    yield return depth > 0 ? field.Open() : throw new InvalidDataException();
            }
        }
    }

    private static ProtoMessage? Reading(ProtoMessage node, string from, string to, int depth) => node.Changed(field =>
    {
        if (field.Is(1))
            return field.Text == from ? ProtoField.Of(1, to) : null;
        return field.Is(5) && ReadingGraphs(field.Open(), from, to, depth) is { } attribute ? ProtoField.Of(5, attribute) : null;
    });

    private static ProtoMessage? ReadingGraphs(ProtoMessage attribute, string from, string to, int depth) => attribute.Changed(field =>
        (field.Is(6) || field.Is(11)) && ReadingGraph(field.Open(), from, to, depth - 1) is { } graph ? ProtoField.Of(field.Number, graph) : null);

    private static ProtoMessage? ReadingGraph(ProtoMessage graph, string from, string to, int depth) => graph.Changed(field =>
    {
        if (field.Is(1))
            return Reading(field.Open(), from, to, depth) is { } node ? ProtoField.Of(1, node) : null;
        return field.Is(12) && field.Open() is var output && output.Text(1) == from ? ProtoField.Of(12, Named(output, to)) : null;
    });

    private static ProtoMessage Named(ProtoMessage value, string name) =>
        value.Changed(field => field.Is(1) ? ProtoField.Of(1, name) : null) ?? value;
}
