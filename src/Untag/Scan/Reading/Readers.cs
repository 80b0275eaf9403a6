namespace Untag.Scan.Reading;

/// <summary>All readers, in the order in which they are asked.</summary>
internal static class Readers
{
    /// <summary>Reads a file's bytes by the first reader that recognises them.</summary>
    public static ReadResult Read(string path, ReadOnlySpan<byte> bytes) =>
        throw new NotSupportedException();
}
