using System.Text;

namespace Untag.Server.Guard.Requests;

/// <summary>JSON in two or four bytes a character. Some services read it, by what the first bytes are (RFC 4627, section 3); nothing here does.</summary>
internal static class WideJson
{
    private const int Bytes = 2 * JsonBeginning.Bytes;
    private const int CharacterBytesMax = 4;

    /// <summary>True when a body begins like it; null when more of it must come.</summary>
    /// <param name="first">What has come.</param>
    /// <param name="isWhole">True when nothing more comes.</param>
    public static bool? IsIn(ReadOnlySpan<byte> first, bool isWhole)
    {
        if (first is not ([] or [0 or 0xFF or 0xFE or (byte)'{' or (byte)'[' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n', ..]))
            return false; // as good as all pictures
        if (first.Length < CharacterBytesMax)
            return isWhole ? false : null;
        if (EncodingOf(first) is not { } encoding)
            return false;
        // Numbers of a tensor can look like a bracket, and not like what stands behind one for long.
        var text = encoding.GetString(first[..(first.Length & ~(CharacterBytesMax - 1))]).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (text.Length > 0 && text[0] is not ('{' or '['))
            return false;
        if (!isWhole && first.Length < Bytes)
            return null;
        return text.Length > 0 && JsonBeginning.IsJson(Encoding.UTF8.GetBytes(text), isWhole: false);
    }

    private static Encoding? EncodingOf(ReadOnlySpan<byte> first) => first switch
    {
        [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
        [0, 0, 0xFE, 0xFF, ..] or [0, 0, 0, not 0, ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: false),
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] or [0, not 0, 0, _, ..] => Encoding.BigEndianUnicode,
        [not 0, 0, 0, 0, ..] => Encoding.UTF32,
        [not 0, 0, _, 0, ..] => Encoding.Unicode,
        _ => null,
    };
}
