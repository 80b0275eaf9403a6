using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Untag.Server.Guard.Replies.Json;

namespace Untag.Server.Guard.Replies.Grpc;

/// <summary>The messages of a gRPC reply, each behind five bytes that tell its length. They go on unpacked.</summary>
/// <param name="reply">What the messages are.</param>
/// <param name="settings">What they are judged with.</param>
/// <param name="packing">How packed messages are packed (<c>grpc-encoding</c>).</param>
/// <param name="hasTrailers">True for gRPC-Web, whose trailers are a frame of their own.</param>
internal sealed class GrpcBody(GrpcReply reply, JsonSettings settings, string? packing, bool hasTrailers) : BodyFilter
{
    private const int PrefixBytes = 5;
    private const byte Packed = 0x01, Trailers = 0x80;

    private readonly HeldBytes held = new();
    private readonly MessageFilter filter = new(reply, settings);

    public override bool IsLive => true;

    public override void Take(ReadOnlySpan<byte> bytes)
    {
        held.Add(bytes);
        var at = 0;
        while (held.Length - at >= PrefixBytes)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(held.Span[(at + 1)..]);
            if (length > settings.Pass.Limits.TokenBytes)
                throw TooLong();
            if (length > held.Length - at - PrefixBytes)
                break;
            var end = at + PrefixBytes + (int)length;
            Frame(held.Span[at], held[(at + PrefixBytes)..end]);
            at = end;
        }

        held.RemoveFirst(at);
    }

    public override void End()
    {
        if (held.Length > 0)
            throw Refusal.Uninspectable(RefusalReason.Malformed, "the reply ends within a message");
    }

    public override void Dispose() => held.Dispose();

    private void Frame(byte flags, ReadOnlySpan<byte> content)
    {
        if (flags == Trailers && hasTrailers)
            WriteFrame(Trailers, KeptTrailers(content));
        else if (flags is 0 or Packed)
            WriteFrame(0, filter.Filter(flags == Packed ? Unpacked(content) : content.ToArray()));
        else
            throw Refusal.Uninspectable(RefusalReason.Malformed, "the reply holds a frame that is no message");
    }

    private void WriteFrame(byte flags, ReadOnlySpan<byte> content)
    {
        Span<byte> prefix = stackalloc byte[PrefixBytes];
        prefix[0] = flags;
        BinaryPrimitives.WriteInt32BigEndian(prefix[1..], content.Length);
        settings.Pass.Output.Write(prefix);
        settings.Pass.Output.Write(content);
    }

    // The only one that a client needs; the others can hold anything.
    private static byte[] KeptTrailers(ReadOnlySpan<byte> content)
    {
        var status = Encoding.Latin1.GetString(content).Split('\n')
            .Where(line => line.StartsWith("grpc-status:", StringComparison.OrdinalIgnoreCase)).Select(line => line.Trim() + "\r\n");
        return Encoding.Latin1.GetBytes(string.Concat(status));
    }

    private byte[] Unpacked(ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream(content.ToArray());
        using Stream unpacked = packing?.ToLowerInvariant() switch
        {
            "gzip" => new GZipStream(packed, CompressionMode.Decompress),
            "deflate" => new ZLibStream(packed, CompressionMode.Decompress),
            _ => throw Refusal.Uninspectable(RefusalReason.Encoding, "the reply holds a message that is packed in a way that is not unpacked"),
        };
        var message = new byte[settings.Pass.Limits.TokenBytes + 1];
        try
        {
            var length = unpacked.ReadAtLeast(message, message.Length, throwOnEndOfStream: false);
            return length < message.Length ? message[..length] : throw TooLong();
        }
        catch (InvalidDataException)
        {
            throw Refusal.Uninspectable(RefusalReason.Encoding, "the reply holds a packed message that is damaged or cut");
        }
    }

    private ReplyRefusedException TooLong() => Refusal.Uninspectable(
        RefusalReason.Limit, $"the reply holds a message of more than {settings.Pass.Limits.TokenBytes} bytes");
}
