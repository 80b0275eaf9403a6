using Untag.Server.Guard.Replies.Json;

namespace Untag.Server.Guard.Replies.Parts;

/// <summary>The stream of a camera (<c>multipart/x-mixed-replace</c>): pictures and texts, each of which takes the place of the one before it.
/// </summary>
/// <remarks>It has no end and no number of parts. A part that states its length goes on as soon as it is judged, and does not wait for the next one.
/// The last one is seldom closed: the connection ends.</remarks>
/// <param name="settings">What JSON is judged with.</param>
/// <param name="boundary">What the header of the reply says of what divides the parts. Many cameras put the dashes into it that others put before
/// it, and so do browsers read it.</param>
/// <param name="opaque">Media types that pass without being inspected.</param>
internal sealed class LivePartsBody(JsonSettings settings, string? boundary, IReadOnlySet<string> opaque)
    : MultipartBody(settings, boundary, opaque, boundary?.StartsWith("--", StringComparison.Ordinal) == true ? "" : "--")
{
    public override bool IsLive => true;

    public override bool IsEndless => true;

    protected override int PartsMax => int.MaxValue;

    protected override int? LengthOf(ReadOnlySpan<byte> header)
    {
        if (PartHeader.Read(header).ContentLength is not { } content)
            return null;
        return content <= Pass.Limits.TokenBytes
            ? header.Length + content
            : throw Refusal.Uninspectable(RefusalReason.Limit, $"the reply holds a part of more than {Pass.Limits.TokenBytes} bytes");
    }

    // One that is cut does not go on; one that does not state its length has the length that it has.
    protected override ReadOnlySpan<byte> LastPart(ReadOnlySpan<byte> part)
    {
        if (!HasBegun)
            throw Refusal.Uninspectable(RefusalReason.Malformed, "the reply is to be in parts, and none of them begins");
        var header = PartHeader.LengthIn(part);
        return header < 0 || LengthOf(part[..header]) is not null ? [] : part;
    }
}
