using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Untag.Server.Guard.Requests;

/// <summary>Looks through the messages of a gRPC request on their way to the service: none is passed on before it was looked at whole.
/// Without descriptors the names of its fields are not known, but texts are: names of models, of attributes, of lists.</summary>
/// <param name="body">The body that the client sends.</param>
/// <param name="judge">Judges each text.</param>
/// <param name="json">Looks through a message that is JSON.</param>
/// <param name="messageBytesMax">Bytes that a message may have.</param>
internal sealed class GrpcLook(Stream body, FieldJudge judge, JsonLook json, int messageBytesMax) : BodyStream
{
    private const string Place = "a message";
    private const int HeadLength = 5; // whether it is packed, and its length
    private const int DepthMax = 32;

    private readonly byte[] head = new byte[HeadLength];
    private byte[] frame = [];
    private int at;

    /// <summary>Why the request is not passed on; null as long as it is.</summary>
    public Asked? Asked { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (at == frame.Length && !await NextAsync(cancellationToken))
            return 0;
        var length = Math.Min(buffer.Length, frame.Length - at);
        frame.AsSpan(at, length).CopyTo(buffer.Span);
        at += length;
        return length;
    }

    private async Task<bool> NextAsync(CancellationToken cancellation)
    {
        var read = await body.ReadAtLeastAsync(head, HeadLength, throwOnEndOfStream: false, cancellation);
        if (read == 0)
            return false;
        var length = read < HeadLength ? 0 : BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(1));
        if (read < HeadLength || length > messageBytesMax)
            Refuse(Requests.Asked.Uninspectable(StatusCodes.Status413PayloadTooLarge, "limit", "a message is cut, or larger than it may be"));
        if (head[0] != 0)
            Refuse(Requests.Asked.Uninspectable(StatusCodes.Status415UnsupportedMediaType, "encoding", "a packed message cannot be inspected: send it as it is"));
        var next = new byte[HeadLength + (int)length];
        head.CopyTo(next, 0);
        await body.ReadExactlyAsync(next.AsMemory(HeadLength), cancellation);
        var message = next.AsMemory(HeadLength);
        if ((Look(message.Span, depth: 0) ?? json.LookInside(Place, message)) is { } asked)
            Refuse(asked);
        if (!WireReader.IsMessage(message.Span))
            Refuse(Requests.Asked.Uninspectable(StatusCodes.Status415UnsupportedMediaType, "message", "a message that is none of Protocol Buffers cannot be inspected"));
        (frame, at) = (next, 0);
        return true;
    }

    private void Refuse(Asked asked)
    {
        Asked = asked;
        throw new InvalidDataException("the request is not passed on");
    }

    // A field of a length can be a text, bytes or a message: it is looked at as all that it can be.
    private Asked? Look(ReadOnlySpan<byte> message, int depth)
    {
        var reader = new WireReader(message);
        while (reader.Next(out var value))
        {
            if (value.Length == 0)
                continue;
            if (Utf8.IsValid(value) && judge.Judge(Place, "", Encoding.UTF8.GetString(value)) is { } asked)
                return asked;
            if (depth < DepthMax && WireReader.IsMessage(value) && Look(value, depth + 1) is { } inside)
                return inside;
        }

        return null;
    }
}
