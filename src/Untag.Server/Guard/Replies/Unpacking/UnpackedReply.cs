using System.IO.Compression;
using ZstdSharp;

namespace Untag.Server.Guard.Replies.Unpacking;

/// <summary>A body as its media type describes it, unpacked within limits. What goes to the client is not packed again.
/// </summary>
internal sealed class UnpackedReply : IAsyncDisposable
{
    private readonly CountedStream packed;
    private readonly Stream unpacked;
    private readonly ReplyLimits limits;
    private long count;

    private UnpackedReply(CountedStream packed, Stream unpacked, ReplyLimits limits)
    {
        this.packed = packed;
        this.unpacked = unpacked;
        this.limits = limits;
    }

    /// <summary>Opens a body.</summary>
    /// <param name="body">The body; it is left open.</param>
    /// <param name="encodings">Its content encodings.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="ReplyRefusedException">It is packed more than once, or in a way that is not known.</exception>
    public static async ValueTask<UnpackedReply> OpenAsync(
        Stream body, IReadOnlyList<string> encodings, ReplyLimits limits, CancellationToken cancellation)
    {
        var packings = encodings.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Where(value => !value.Equals("identity", StringComparison.OrdinalIgnoreCase)).ToList();
        var counted = new CountedStream(body);
        if (packings.Count == 0)
            return new UnpackedReply(counted, counted, limits);
        if (packings.Count > 1)
            throw Refusal.Uninspectable(RefusalReason.Encoding, "the reply is packed more than once");
        var unpacked = packings[0].ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" => new GZipStream(counted, CompressionMode.Decompress, leaveOpen: true),
            "br" => new BrotliStream(counted, CompressionMode.Decompress, leaveOpen: true),
            "zstd" => new DecompressionStream(counted, leaveOpen: true),
            "deflate" => await InflatedAsync(counted, cancellation),
            _ => throw Refusal.Uninspectable(RefusalReason.Encoding, "the reply is packed in a way that is not unpacked"),
        };
        return new UnpackedReply(counted, unpacked, limits);
    }

    /// <summary>Reads the next bytes.</summary>
    /// <exception cref="ReplyRefusedException">They are damaged, cut, or too many.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        var read = await ReadUncheckedAsync(buffer, cancellation);
        count += read;
        if (Math.Max(count, packed.Count) > limits.TotalBytes)
            throw Refusal.Uninspectable(RefusalReason.Limit, $"the reply has more than {limits.TotalBytes} bytes");
        if (count > limits.HoldBytes && count > limits.Ratio * Math.Max(1, packed.Count))
            throw Refusal.Uninspectable(RefusalReason.Limit, $"the reply unpacks to more than {limits.Ratio} times its size");
        return read;
    }

    /// <summary>Lets go of the decoder. What it still finds wrong is not new: its bytes were read before.</summary>
    public async ValueTask DisposeAsync()
    {
        if (unpacked == packed)
            return;
        try
        {
            await unpacked.DisposeAsync();
        }
        catch (Exception problem) when (problem is SystemException or ZstdException)
        {
            // Nothing is left to be done with it.
        }
    }

    private async ValueTask<int> ReadUncheckedAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        if (unpacked == packed)
            return await packed.ReadAsync(buffer, cancellation);
        try
        {
            return await unpacked.ReadAsync(buffer, cancellation);
        }
        // What the upstream's connection throws goes its own way; the decoders of other hands throw whatever damage leads to.
        catch (Exception) when (packed.Problem is null && !cancellation.IsCancellationRequested)
        {
            throw Refusal.Uninspectable(RefusalReason.Encoding, "the reply is packed, and damaged or cut");
        }
    }

    // Some send what the name says, without the header that the standard asks for.
    private static async ValueTask<Stream> InflatedAsync(CountedStream counted, CancellationToken cancellation)
    {
        const int Method = 8, HeaderMultiple = 31;
        var head = await counted.PeekAsync(2, cancellation);
        var isZlib = head is [var first, var second] && (first & 0x0F) == Method && ((first << 8) | second) % HeaderMultiple == 0;
        return isZlib
            ? new ZLibStream(counted, CompressionMode.Decompress, leaveOpen: true)
            : new DeflateStream(counted, CompressionMode.Decompress, leaveOpen: true);
    }
}
