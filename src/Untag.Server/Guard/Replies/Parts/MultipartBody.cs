using System.Buffers;
using System.Text;
using Untag.Server.Guard.Replies.Json;

namespace Untag.Server.Guard.Replies.Parts;

/// <summary>A reply in parts (RFC 2046, 5.1). Each part is held until it is complete, and judged for itself; what stands
/// before the first and behind the last one does not go on.</summary>
internal class MultipartBody : BodyFilter
{
    private readonly PartFilter parts;
    private readonly byte[] delimiter;
    private readonly HeldBytes held = new();
    private int searched;
    private int count;
    private int headerBytes; // of the part; negative until its end has come
    private int? stated; // bytes of the part, when its header says so
    private byte[]? opening; // the line that the part began with; null before the first one
    private bool isClosed;
    private bool isReleased; // the part, and what divides it from the next one has not come

    /// <param name="settings">What JSON is judged with.</param>
    /// <param name="boundary">What the header of the reply says of what divides the parts.</param>
    /// <param name="opaque">Media types that pass without being inspected.</param>
    public MultipartBody(JsonSettings settings, string? boundary, IReadOnlySet<string> opaque)
        : this(settings, boundary, opaque, dashes: "--")
    {
    }

    /// <param name="settings">As above.</param>
    /// <param name="boundary">As above.</param>
    /// <param name="opaque">As above.</param>
    /// <param name="dashes">What stands before the boundary where a part begins.</param>
    protected MultipartBody(JsonSettings settings, string? boundary, IReadOnlySet<string> opaque, string dashes)
    {
        const int BoundaryMax = 70; // of the standard
        if (boundary is not { Length: > 0 and <= BoundaryMax } || !Ascii.IsValid(boundary))
            throw Refusal.Uninspectable(RefusalReason.Malformed, "the reply is in parts, and its header does not tell what divides them");
        Pass = settings.Pass;
        parts = new PartFilter(settings, opaque);
        delimiter = Encoding.ASCII.GetBytes(dashes + boundary);
    }

    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    protected ReplyPass Pass { get; }

    /// <summary>True once a part has begun.</summary>
    protected bool HasBegun => opening is not null;

    /// <summary>Parts that it may have.</summary>
    protected virtual int PartsMax => Pass.Limits.Parts;

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
        if (isClosed)
            return;
        if (isReleased)
            CheckBetween(delimiter.AsSpan().StartsWith(held.Span.Trim(Blanks)) ? [] : held.Span);
        else if (LastPart(held.Span) is { IsEmpty: false } last)
            Part(last);
    }

    public override void Dispose() => held.Dispose();

    /// <summary>Bytes of the part, with its header, that need nothing behind them to be complete; null when only what divides it from the next
    /// one tells.</summary>
    /// <param name="header">Its header, which has come.</param>
    protected virtual int? LengthOf(ReadOnlySpan<byte> header) => null;

    /// <summary>What of a part goes on that nothing divides from what comes next, because the reply ends.</summary>
    /// <exception cref="ReplyRefusedException">The reply must not end so.</exception>
    protected virtual ReadOnlySpan<byte> LastPart(ReadOnlySpan<byte> part) =>
        throw Refusal.Uninspectable(RefusalReason.Malformed, "the reply ends within a part");

    private void Read(bool isLast)
    {
        while (!isClosed && Next(isLast))
        {
        }

        if (held.Length > Pass.Limits.TokenBytes)
            throw Refusal.Uninspectable(RefusalReason.Limit, $"the reply holds a part of more than {Pass.Limits.TokenBytes} bytes");
    }

    // A delimiter stands at the beginning of a line, and fills it but for blanks.
    private bool Next(bool isLast)
    {
        var bytes = held.Span;
        if (opening is not null && !isReleased && headerBytes < 0)
            ReadHeader(bytes);
        var length = isReleased ? null : stated;
        for (var at = searched; bytes[at..].IndexOf(delimiter) is var next and >= 0; at++)
        {
            at += next;
            if (at > 0 && bytes[at - 1] != '\n')
                continue;
            if (at < length)
                throw Refusal.Uninspectable(RefusalReason.Malformed, "the reply holds a part that is shorter than it says");
            if (length is not null)
                break;
            var rest = bytes[(at + delimiter.Length)..];
            var isClosing = rest.StartsWith("--"u8);
            var end = rest.IndexOf((byte)'\n');
            if (!isClosing && end < 0 && !isLast)
                return false;
            var line = isClosing ? "--"u8.Length : end < 0 ? rest.Length : end + 1;
            if (!isClosing && !rest[..line].Trim(Blanks).IsEmpty)
                throw Refusal.Uninspectable(RefusalReason.Malformed, "the reply holds a line that only begins like one that divides its parts");
            Before(bytes[..at]);
            Open(at, delimiter.Length + line, isClosing);
            return true;
        }

        if (bytes.Length >= length)
        {
            Part(bytes[..length.Value]);
            held.RemoveFirst(length.Value);
            (searched, isReleased) = (0, true);
            return true;
        }

        searched = isLast ? bytes.Length : Math.Max(0, bytes.Length - delimiter.Length - 2);
        return false;
    }

    private void ReadHeader(ReadOnlySpan<byte> begun)
    {
        headerBytes = PartHeader.LengthIn(begun);
        if (headerBytes > PartHeader.BytesMax || (headerBytes < 0 && begun.Length > PartHeader.BytesMax))
            throw Refusal.Uninspectable(RefusalReason.Limit, $"the reply holds a part with a header of more than {PartHeader.BytesMax} bytes");
        if (headerBytes >= 0)
            stated = LengthOf(begun[..headerBytes]);
    }

    private void Open(int at, int length, bool isClosing)
    {
        (isClosed, isReleased, searched, headerBytes, stated) = (isClosing, false, 0, -1, null);
        opening = held.Span.Slice(at, length).ToArray();
        if (isClosing)
            Pass.Output.Write([.. opening, .. "\r\n"u8]);
        held.RemoveFirst(at + length);
    }

    // What stands before the first part is for nobody.
    private void Before(ReadOnlySpan<byte> bytes)
    {
        if (isReleased)
            CheckBetween(bytes);
        else if (opening is not null)
            Part(WithoutLineEnd(bytes));
    }

    private static void CheckBetween(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.Trim(Blanks).IsEmpty)
            throw Refusal.Uninspectable(RefusalReason.Malformed, "the reply holds a part that is longer than it says");
    }

    private void Part(ReadOnlySpan<byte> bytes)
    {
        if (++count > PartsMax)
            throw Refusal.Uninspectable(RefusalReason.Limit, $"the reply has more than {PartsMax} parts");
        if (parts.Filter(bytes) is not { } part)
            return;
        Pass.Output.Write(opening);
        Pass.Output.Write(part);
        Pass.Output.Write("\r\n"u8);
    }

    // The end of the line before a delimiter belongs to the delimiter.
    private static ReadOnlySpan<byte> WithoutLineEnd(ReadOnlySpan<byte> bytes) =>
        bytes.EndsWith("\r\n"u8) ? bytes[..^2] : bytes.EndsWith("\n"u8) ? bytes[..^1] : bytes;
}
