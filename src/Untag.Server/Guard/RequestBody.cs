namespace Untag.Server.Guard;

/// <summary>Reads the body of a request before it is passed on.</summary>
internal static class RequestBody
{
    private const int FirstRoom = 64 << 10;

    /// <summary>The whole body; null when it is longer than it may be.</summary>
    /// <param name="request">The request.</param>
    /// <param name="bytesMax">Bytes that it may have.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<MemoryStream?> ReadAsync(HttpRequest request, int bytesMax, CancellationToken cancellation)
    {
        if (request.ContentLength > bytesMax)
            return null;
        // What the header states is believed only so far: memory grows with what comes.
        var body = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, FirstRoom));
        var buffer = new byte[16 << 10];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellation)) > 0)
        {
            if (body.Length + read > bytesMax)
                return null;
            body.Write(buffer, 0, read);
        }

        body.Position = 0;
        return body;
    }

    /// <summary>Lets a body be passed on instead of the one that was read.</summary>
    public static void Replace(HttpRequest request, MemoryStream body)
    {
        body.Position = 0;
        request.Body = body;
        if (request.ContentLength is not null)
            request.ContentLength = body.Length;
    }
}
