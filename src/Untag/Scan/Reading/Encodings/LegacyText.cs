using System.Buffers;
using System.Text;

namespace Untag.Scan.Reading.Encodings;

/// <summary>Decodes text that holds ASCII as it is and is not UTF-8: by what it declares, or else by what its bytes
/// are likely to be.</summary>
internal static class LegacyText
{
    private const double DamagedShareMax = 0.1;

    /// <summary>The text, with a problem when its encoding is not certain; null when it is rather UTF-8 with damage in
    /// it, or nothing that is known.</summary>
    public static SourceText? Decode(ReadOnlySpan<byte> bytes)
    {
        if (DeclaredEncoding.Of(bytes) is { } declared && declared.TryDecode(bytes) is { } asDeclared)
            return new SourceText(asDeclared, null);
        if (IsMostlyUtf8(bytes) || EncodingGuess.Of(bytes) is not { } guess)
            return null;
        var name = guess.Encoding.Name;
        var text = guess.Encoding.Decode(bytes, out var invalid);
        if (invalid >= 0)
            return new SourceText(text, $"read as {name}, but not valid in it from byte {invalid} on: something may be missed");
        return new SourceText(
            text,
            guess.IsCertain
                ? null
                : $"not UTF-8 and read as {name}, which is not certain: save it as UTF-8, as something may be missed");
    }

    /// <summary>Index of the first byte that is not valid UTF-8; the length when all are.</summary>
    public static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (bytes[at..].IndexOfAnyInRange((byte)0x80, (byte)0xFF) is var next and >= 0)
        {
            at += next;
            if (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) != OperationStatus.Done)
                return at;
            at += length;
        }

        return bytes.Length;
    }

    // Text in another encoding is hardly ever valid UTF-8 for two characters in a row.
    private static bool IsMostlyUtf8(ReadOnlySpan<byte> bytes)
    {
        int valid = 0, invalid = 0;
        while (bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF) is var next and >= 0)
        {
            bytes = bytes[next..];
            if (Rune.DecodeFromUtf8(bytes, out _, out var length) == OperationStatus.Done)
                valid++;
            else
                invalid++;
            bytes = bytes[length..];
        }

        return invalid < DamagedShareMax * valid;
    }
}
