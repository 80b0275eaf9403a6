namespace Untag.TransparencyLog;

/// <summary>Base64 of RFC 4648, section 4, in its one canonical spelling.</summary>
internal static class StrictBase64
{
    /// <summary>The bytes; null for anything that <see cref="Convert.ToBase64String(byte[])"/> would not have written. Blanks, and
    /// bits after the end that a lenient reader drops, would let one signature be spelt in several ways.</summary>
    public static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length / 4 * 3 + 3];
        return Convert.TryFromBase64String(text, bytes, out var length)
            && Convert.ToBase64String(bytes, 0, length) == text
                ? bytes[..length]
                : null;
    }
}
