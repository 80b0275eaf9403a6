namespace Untag.Server.Guard.Requests;

/// <summary>A body of which the first bytes were looked at: they come again, and the rest as the client sends it.</summary>
/// <param name="first">The first bytes.</param>
/// <param name="rest">What comes behind them.</param>
internal sealed class BegunBody(ReadOnlyMemory<byte> first, Stream rest) : BodyStream
{
    private ReadOnlyMemory<byte> first = first;

    /// <summary>Reads the beginning of a body, and puts it back.</summary>
    /// <param name="request">The request.</param>
    /// <param name="bytesMax">Bytes that are read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>True for JSON, and for a beginning that tells nothing and does not end.</returns>
    public static async Task<bool> IsJsonAsync(HttpRequest request, int bytesMax, CancellationToken cancellation)
    {
        var bytes = new byte[JsonBeginning.Bytes];
        var count = 0;
        var looked = 0;
        bool? isJson = null;
        while (isJson is null && count < bytesMax)
        {
            if (count == bytes.Length)
                Array.Resize(ref bytes, 2 * count);
            var read = await request.Body.ReadAsync(bytes.AsMemory(count), cancellation);
            count += read;
            if (read > 0 && count < 2 * looked)
                continue; // each look begins at the first byte
            isJson = JsonBeginning.IsIn(bytes.AsSpan(0, count), isWhole: read == 0);
            looked = count;
        }

        request.Body = new BegunBody(bytes.AsMemory(0, count), request.Body);
        return isJson != false;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (first.IsEmpty)
            return await rest.ReadAsync(buffer, cancellationToken);
        var count = Math.Min(first.Length, buffer.Length);
        first[..count].CopyTo(buffer);
        first = first[count..];
        return count;
    }
}
