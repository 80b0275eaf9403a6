using System.Text;

namespace Untag.Scan.Reading.Encodings;

/// <summary>An encoding from before Unicode that holds ASCII as it is.</summary>
/// <param name="Name">Its usual name.</param>
/// <param name="CodePage">Its number in the runtime.</param>
/// <param name="Alphabet">What is written in it.</param>
internal sealed record LegacyEncoding(string Name, int CodePage, Alphabet Alphabet)
{
    /// <summary>Those that are told by their bytes, the more frequent of two like ones first.</summary>
    public static readonly LegacyEncoding[] All =
    [
        new("GB18030", 54936, Alphabet.ChineseSimplified),
        new("Big5", 950, Alphabet.ChineseTraditional),
        new("Shift_JIS", 932, Alphabet.Japanese),
        new("EUC-JP", 51932, Alphabet.Japanese),
        new("EUC-KR", 949, Alphabet.Korean),
        new("windows-1252", 1252, Alphabet.Western),
        new("windows-1251", 1251, Alphabet.Cyrillic),
        new("KOI8-R", 20866, Alphabet.Cyrillic),
        new("windows-1254", 1254, Alphabet.Turkish),
        new("windows-1256", 1256, Alphabet.Arabic),
    ];

    /// <summary>The encoding, which throws on bytes that are not valid in it.</summary>
    public Encoding Strict { get; } = OfCodePage(CodePage)!;

    /// <summary>The text of the bytes; null when they are not valid in this encoding.</summary>
    public string? TryDecode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The encoding of a number, which throws on invalid bytes; null when the runtime has none. The provider
    /// is asked itself: registering it would change what the whole process decodes.</summary>
    public static Encoding? OfCodePage(int codePage) => CodePagesEncodingProvider.Instance.GetEncoding(
        codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    /// <summary>The same by any of its names.</summary>
    public static Encoding? OfName(string name) => CodePagesEncodingProvider.Instance.GetEncoding(
        name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
}
