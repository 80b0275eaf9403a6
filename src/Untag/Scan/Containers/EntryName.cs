using System.Text;

namespace Untag.Scan.Containers;

/// <summary>Decodes the names of entries, which most formats store without saying in which encoding.</summary>
internal static class EntryName
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The name in UTF-8; where it is not valid, each byte as a Latin letter.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }
}
