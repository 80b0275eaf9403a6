using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Untag.Scan.Reading;

/// <summary>The text of a file.</summary>
/// <param name="Text">The decoded text, without a byte-order mark.</param>
/// <param name="Problem">What was lost in decoding, as a sentence without full stop; null when nothing was.</param>
internal readonly record struct SourceText(string Text, string? Problem)
{
    private const int SampleBytes = 8192;

    /// <summary>Decodes bytes that are text, and answers null for bytes that are not. The content decides: a
    /// byte-order mark, the pattern of NUL bytes in UTF-16 and UTF-32, control bytes.</summary>
    public static SourceText? Decode(ReadOnlySpan<byte> bytes)
    {
        if (WideEncoding(bytes) is var (encoding, wideMark))
            return new SourceText(encoding.GetString(bytes[wideMark..]), null);
        if (LooksBinary(bytes))
            return null;
        var mark = bytes.StartsWith("\uFEFF"u8) ? 3 : 0;
        if (Utf8.IsValid(bytes))
            return new SourceText(Encoding.UTF8.GetString(bytes[mark..]), null);
        return DamagedUtf8(bytes, mark);
    }

    private static SourceText DamagedUtf8(ReadOnlySpan<byte> bytes, int mark) =>
        new(
            Encoding.UTF8.GetString(bytes[mark..]),
            $"not valid UTF-8 from byte {FirstInvalid(bytes)} on: save it as UTF-8, as something may be missed");

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length && Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == OperationStatus.Done)
            at += length;
        return at;
    }

    /// <summary>True for text whose ASCII letters are not single bytes, so that no search of the raw bytes sees it.</summary>
    public static bool IsWide(ReadOnlySpan<byte> bytes) => WideEncoding(bytes) is not null;

    /// <summary>True for text that is not valid UTF-8: a search of the raw bytes sees its ASCII letters only.</summary>
    public static bool IsLegacy(ReadOnlySpan<byte> bytes) =>
        !Utf8.IsValid(bytes) && WideEncoding(bytes) is null && !LooksBinary(bytes);

    private static (Encoding Encoding, int Mark)? WideEncoding(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]))
            return (Encoding.UTF32, 4);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]))
            return (new UTF32Encoding(bigEndian: true, byteOrderMark: true), 4);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return (Encoding.Unicode, 2);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return (Encoding.BigEndianUnicode, 2);
        return (UnmarkedUtf16(bytes) ?? UnmarkedUtf32(bytes)) is { } encoding ? (encoding, 0) : null;
    }

    // Text of Western letters in UTF-32 has one byte in four that is not NUL, the first or the last.
    private static Encoding? UnmarkedUtf32(ReadOnlySpan<byte> bytes)
    {
        var sample = bytes[..Math.Min(bytes.Length & ~3, 512)];
        if (sample.Length < 16)
            return null;
        int little = 0, big = 0;
        for (var i = 0; i < sample.Length; i += 4)
        {
            little += IsTextByte(sample[i]) && !sample.Slice(i + 1, 3).ContainsAnyExcept((byte)0) ? 1 : 0;
            big += IsTextByte(sample[i + 3]) && !sample.Slice(i, 3).ContainsAnyExcept((byte)0) ? 1 : 0;
        }

        var most = sample.Length / 4 * 3 / 4;
        return little >= most ? Encoding.UTF32
            : big >= most ? new UTF32Encoding(bigEndian: true, byteOrderMark: false)
            : null;
    }

    private static bool IsTextByte(byte b) => b is >= 32 or (>= 9 and <= 13);

    // Text of Western letters in UTF-16 has a NUL in every second byte, on one side only.
    private static Encoding? UnmarkedUtf16(ReadOnlySpan<byte> bytes)
    {
        var sample = bytes[..Math.Min(bytes.Length & ~1, 512)];
        if (sample.Length < 16)
            return null;
        int even = 0, odd = 0, other = 0;
        for (var i = 0; i < sample.Length; i += 2)
        {
            even += sample[i] == 0 ? 1 : 0;
            odd += sample[i + 1] == 0 ? 1 : 0;
            var letter = sample[i] == 0 ? sample[i + 1] : sample[i];
            other += letter is < 9 or (> 13 and < 32) ? 1 : 0;
        }

        var most = sample.Length / 2 * 3 / 4;
        if (other > 0)
            return null;
        return odd >= most && even == 0 ? Encoding.Unicode : even >= most && odd == 0 ? Encoding.BigEndianUnicode : null;
    }

    private static bool LooksBinary(ReadOnlySpan<byte> bytes)
    {
        var sample = bytes[..Math.Min(bytes.Length, SampleBytes)];
        if (sample.Contains((byte)0))
            return true;
        var controls = 0;
        foreach (var b in sample)
            controls += b < 32 && b is not (9 or 10 or 12 or 13 or 27) ? 1 : 0;
        return controls * 50 > sample.Length; // a stray control byte is still text
    }
}
