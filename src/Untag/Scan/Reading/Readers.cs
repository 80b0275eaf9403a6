namespace Untag.Scan.Reading;

/// <summary>All readers, in the order in which they are asked.</summary>
internal static class Readers
{
    /// <summary>True for bytes that may hold terms although none can be seen in them: archives, UTF-16.</summary>
    public static bool HidesText(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PK"u8);

    /// <summary>Reads a file's bytes by the first reader that recognises them.</summary>
    public static ReadResult Read(string path, ReadOnlySpan<byte> bytes) =>
        Trial.Read(path, bytes);
}
