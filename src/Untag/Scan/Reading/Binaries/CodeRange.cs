namespace Untag.Scan.Reading.Binaries;

/// <summary>A stretch of a file that holds instructions, or other bytes that nobody wrote as text: three of them look like
/// a word every few megabytes.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where the next begins.</param>
internal readonly record struct CodeRange(long Start, long End)
{
    private const int CharactersMin = 4;

    /// <summary>True for an index in one of the ranges at which no text stands: a text there ends with a NUL.</summary>
    public static bool IsNoise(IReadOnlyList<CodeRange> code, ReadOnlySpan<byte> bytes, int at)
    {
        foreach (var range in code)
        {
            if (at >= range.Start && at < range.End)
                return !IsText(bytes, at);
        }

        return false;
    }

    /// <summary>The stretch without a part of it.</summary>
    public IEnumerable<CodeRange> Without(long offset, long size)
    {
        if (offset + size <= Start || offset >= End || size <= 0)
            return [this];
        return [.. new[] { new CodeRange(Start, offset), new CodeRange(offset + size, End) }.Where(part => part.End > part.Start)];
    }

    private static bool IsText(ReadOnlySpan<byte> bytes, int at)
    {
        var start = at;
        while (start > 0 && IsPrintable(bytes[start - 1]) && at - start < CharactersMin)
            start--;
        var end = at;
        while (end < bytes.Length && IsPrintable(bytes[end]))
            end++;
        return end - start >= CharactersMin && end < bytes.Length && bytes[end] == 0;
    }

    private static bool IsPrintable(byte b) => b is >= 0x20 and not 0x7F;
}
