using System.Text;
using System.Text.Unicode;

namespace Untag.Server.Guard.Requests;

/// <summary>Bytes as services read them that put a mark in place of what is no UTF-8.</summary>
internal static class LenientText
{
    // A text is damaged in a place or two; what is damaged and longer than this is a picture, and would be read for words that it holds by chance.
    private const int DamagedBytesMax = 64 << 10;

    /// <summary>The text; of one that is damaged the beginning.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) =>
        Encoding.UTF8.GetString(bytes.Length <= DamagedBytesMax || Utf8.IsValid(bytes) ? bytes : bytes[..DamagedBytesMax]);
}
