namespace Untag.Scan.Reading.Models;

/// <summary>Reads TensorFlow: SavedModel, a graph that was frozen, and what Keras writes beside them. All are protobuf;
/// field numbers are those of the published schemas.</summary>
internal sealed class TensorFlowReader : IBinaryReader
{
    private enum Content
    {
        None,
        SavedModel,
        Graph,
        KerasMetadata,
    }

    public string Name => "TensorFlow";

    public string Reads =>
        "signatures with their outputs and sizes, nodes, string tensors and attributes; never the weights";

    public bool HidesText => true;

    public bool Recognises(string path, ReadOnlySpan<byte> head) => ContentOf(path, head) != Content.None;

    public ReadResult Read(string path, Stream stream)
    {
        var source = new ByteSource(stream);
        var names = new ModelNames("tensorflow");
        var graph = new TensorFlowGraph(source, names);
        var whole = new WireField(0, WireType.Bytes, 0, 0, source.Length);
        switch (ContentOf(path, source.Bytes(0, Math.Min(source.Length, Readers.HeadBytes))))
        {
            case Content.SavedModel:
                var model = new WireMessage(source, whole);
                while (model.Next(out var field))
                {
                    if (field.Is(2))
                        graph.ReadMetaGraph(field);
                }

                break;
            case Content.Graph:
                graph.ReadGraph(whole);
                break;
            case Content.KerasMetadata:
                new WireTexts(source, names).Add(whole, "configuration");
                break;
        }

        return names.ToResult(source.Problem);
    }

    private static Content ContentOf(string path, ReadOnlySpan<byte> head)
    {
        if (path.EndsWith("keras_metadata.pb", StringComparison.OrdinalIgnoreCase) && head.StartsWith("\n"u8))
            return Content.KerasMetadata;
        // The version, then a graph with its own description.
        if (head.StartsWith((ReadOnlySpan<byte>)[0x08, 0x01, 0x12])
            && MessageAt(head, 3) is > 0 and var inner && head[inner] == 0x0A)
            return Content.SavedModel;
        return path.EndsWith(".pb", StringComparison.OrdinalIgnoreCase) && IsNode(head) ? Content.Graph : Content.None;
    }

    // A graph begins with a node, and that with its name and the name of its operation.
    private static bool IsNode(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("\n"u8) || MessageAt(head, 1) is not (> 0 and var node) || head[node] != 0x0A)
            return false;
        var name = MessageAt(head, node + 1);
        if (name == 0)
            return false;
        var behind = name + head[node + 1];
        return head[name] > ' ' && behind < head.Length && head[behind] == 0x12;
    }

    // Where the content begins whose length stands here; 0 when that is beyond the head.
    private static int MessageAt(ReadOnlySpan<byte> head, int at)
    {
        while (at < head.Length && head[at] >= 0x80)
            at++;
        return at + 1 < head.Length ? at + 1 : 0;
    }
}
