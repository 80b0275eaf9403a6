namespace Untag.Audit.Tables.Typed;

/// <summary>A file of which several columns are read at once.</summary>
/// <param name="stream">The file, which can seek. Nobody else reads it meanwhile.</param>
internal sealed class SharedFile(Stream stream)
{
    private readonly Lock turn = new();

    /// <summary>Its length in bytes.</summary>
    public long Length { get; } = stream.Length;

    /// <summary>Reads from a place on.</summary>
    /// <returns>How many bytes there were.</returns>
    public int Read(long at, Span<byte> bytes)
    {
        lock (turn)
        {
            stream.Position = at;
            return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
    }
}
