using System.Buffers;
using System.Text;
using Untag.Server.Guard.Replies.Json;

namespace Untag.Server.Guard.Replies.Parts;

/// <summary>A reply in parts (RFC 2046, 5.1). Each part is held until it is complete, and judged for itself; what stands
/// before the first and behind the last one does not go on.</summary>
internal sealed class MultipartBody : BodyFilter
{
    private readonly ReplyPass pass;
    private readonly PartFilter parts;
    private readonly byte[] delimiter;
    private readonly HeldBytes held = new();
    private int searched;
    private int count;
    private byte[]? opening; // the line that the part began with; null before the first one
    private bool isClosed;

    public MultipartBody(JsonSettings settings, string? boundary, IReadOnlySet<string> opaque)
    {
        const int BoundaryMax = 70; // of the standard
        if (boundary is not { Length: > 0 and <= BoundaryMax } || !Ascii.IsValid(boundary))
            throw Refusal.Uninspectable(RefusalReason.Malformed, "the reply is in parts, and its header does not tell what divides them");
        pass = settings.Pass;
        parts = new PartFilter(settings, opaque);
        delimiter = Encoding.ASCII.GetBytes("--" + boundary);
    }

    public override void Take(ReadOnlySpan<byte> bytes)
    {
        if (isClosed)
            return;
        held.Add(bytes);
        Read(isLast: false);
    }

    public override void End()
    {
        if (!isClosed)
            Read(isLast: true);
        if (!isClosed)
            throw Refusal.Uninspectable(RefusalReason.Malformed, "the reply ends within a part");
    }

    public override void Dispose() => held.Dispose();

    private void Read(bool isLast)
    {
        while (!isClosed && Next(isLast))
        {
        }

        if (held.Length > pass.Limits.TokenBytes)
            throw Refusal.Uninspectable(RefusalReason.Limit, $"the reply holds a part of more than {pass.Limits.TokenBytes} bytes");
    }

    // A delimiter stands at the beginning of a line, and fills it but for blanks.
    private bool Next(bool isLast)
    {
        var bytes = held.Span;
        for (var at = searched; bytes[at..].IndexOf(delimiter) is var next and >= 0; at++)
        {
            at += next;
            if (at > 0 && bytes[at - 1] != '\n')
                continue;
            var rest = bytes[(at + delimiter.Length)..];
            var isClosing = rest.StartsWith("--"u8);
            var end = rest.IndexOf((byte)'\n');
            if (!isClosing && end < 0)
                return false;
            Part(bytes[..at]);
            isClosed = isClosing;
            opening = bytes.Slice(at, delimiter.Length + (isClosing ? 2 : end + 1)).ToArray();
            if (isClosing)
                pass.Output.Write([.. opening, .. "\r\n"u8]);
            held.RemoveFirst(at + opening.Length);
            searched = 0;
            return true;
        }

        searched = isLast ? bytes.Length : Math.Max(0, bytes.Length - delimiter.Length - 2);
        return false;
    }

    private void Part(ReadOnlySpan<byte> bytes)
    {
        if (opening is null)
            return; // what stands before the first part is for nobody
        if (++count > pass.Limits.Parts)
            throw Refusal.Uninspectable(RefusalReason.Limit, $"the reply has more than {pass.Limits.Parts} parts");
        if (parts.Filter(WithoutLineEnd(bytes)) is not { } part)
            return;
        pass.Output.Write(opening);
        pass.Output.Write(part);
        pass.Output.Write("\r\n"u8);
    }

    // The end of the line before a delimiter belongs to the delimiter.
    private static ReadOnlySpan<byte> WithoutLineEnd(ReadOnlySpan<byte> bytes) =>
        bytes.EndsWith("\r\n"u8) ? bytes[..^2] : bytes.EndsWith("\n"u8) ? bytes[..^1] : bytes;
}
