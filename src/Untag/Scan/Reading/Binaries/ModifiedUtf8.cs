using System.Text;

namespace Untag.Scan.Reading.Binaries;

/// <summary>The encoding of names and strings in class and dex files: as UTF-8, with NUL in two bytes and characters
/// beyond the first plane as two surrogates of three bytes each.</summary>
internal static class ModifiedUtf8
{
    /// <summary>The text of the bytes; what is not valid is replaced.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (Ascii.IsValid(bytes))
            return Encoding.ASCII.GetString(bytes);
        var text = new StringBuilder(bytes.Length);
        for (var at = 0; at < bytes.Length;)
        {
            int first = bytes[at];
            var length = first < 0x80 ? 1 : (first & 0xE0) == 0xC0 ? 2 : (first & 0xF0) == 0xE0 ? 3 : 0;
            if (length == 0 || at + length > bytes.Length)
            {
                text.Append('\uFFFD');
                at++;
                continue;
            }

            text.Append((char)(length switch
            {
                1 => first,
                2 => ((first & 0x1F) << 6) | (bytes[at + 1] & 0x3F),
                _ => ((first & 0x0F) << 12) | ((bytes[at + 1] & 0x3F) << 6) | (bytes[at + 2] & 0x3F),
            }));
            at += length;
        }

        return text.ToString();
    }
}
