using System.Buffers;
using System.Text.Json;
using Untag.Server.Guard.Replies.Json;

namespace Untag.Server.Guard.Replies.Grpc;

/// <summary>Takes the tags out of messages of Protocol Buffers. A field that the definition does not know goes as well.
/// </summary>
/// <param name="reply">What the messages are.</param>
/// <param name="settings">What they are judged with.</param>
internal sealed class MessageFilter(GrpcReply reply, JsonSettings settings)
{
    private readonly ReplyPass pass = settings.Pass;
    private byte[] buffer = new byte[256];

    /// <summary>The message without its tags.</summary>
    /// <exception cref="ReplyRefusedException">It is damaged, or means different things to different readers.</exception>
    public byte[] Filter(byte[] message)
    {
        using var texts = new HeldBytes();
        var tree = new MessageTree(reply, pass, message, texts);
        new TreeJudge(settings, tree.Tape, texts, new PathOfNames(settings.Outer, schema: null)).Root(0);
        var filtered = new ArrayBufferWriter<byte>(Math.Max(1, message.Length));
        Write(tree, texts, message, .., filtered);
        return filtered.WrittenSpan.ToArray();
    }

    private void Write(MessageTree tree, HeldBytes texts, byte[] message, Range content, ArrayBufferWriter<byte> output)
    {
        var fields = new WireFields(message, content);
        while (fields.Next(out var field))
        {
            if (!IsKept(tree, field))
                continue;
            if (IsChanged(tree, message, field))
                WriteChanged(tree, texts, message, field, output);
            else
                output.Write(message.AsSpan(field.Begin..field.End));
        }
    }

    private bool IsKept(MessageTree tree, in WireField field)
    {
        if (tree.IsKey(field))
            return true;
        if (tree.NodeOf(field) is not { } at)
            return !pass.Strikes(ReplyPass.UnknownField, "*");
        // A list in one piece cannot lose one of its values.
        return !tree.IsRemoved(at) && !(tree.Tape[at] is { Type: JsonTokenType.StartArray, IsChanged: true });
    }

    private static bool IsChanged(MessageTree tree, byte[] message, in WireField field) =>
        tree.NodeOf(field) is { } at && (tree.Tape[at].IsChanged || HoldsUnknown(tree, message, tree.Tape[at], field));

    private void WriteChanged(MessageTree tree, HeldBytes texts, byte[] message, in WireField field, ArrayBufferWriter<byte> output)
    {
        var at = tree.NodeOf(field)!.Value;
        var inner = new ArrayBufferWriter<byte>(Math.Max(1, field.End - field.Start));
        if (tree.Tape[at].Replacement is { } text)
            inner.Write(JsonTexts.Of(text, isEscaped: true, ref buffer));
        else
            Write(tree, texts, message, field.Content, inner);
        WriteVarint((ulong)field.Number << 3 | (ulong)Wire.Bytes, output);
        WriteVarint((ulong)inner.WrittenCount, output);
        output.Write(inner.WrittenSpan);
    }

    // A message can hold what the definition does not know however deep.
    private static bool HoldsUnknown(MessageTree tree, byte[] message, in Node node, in WireField field)
    {
        if (node.Type != JsonTokenType.StartObject)
            return false;
        var fields = new WireFields(message, field.Content);
        while (fields.Next(out var inner))
        {
            if (!tree.IsKey(inner) && (tree.NodeOf(inner) is not { } at || HoldsUnknown(tree, message, tree.Tape[at], inner)))
                return true;
        }

        return false;
    }

    private static void WriteVarint(ulong value, ArrayBufferWriter<byte> output)
    {
        for (; value >= 0x80; value >>= 7)
            output.Write([(byte)(value & 0x7F | 0x80)]);
        output.Write([(byte)value]);
    }
}
