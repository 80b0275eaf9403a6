namespace Untag.Scan.Reading;

/// <summary>What the first bytes of a file that is not text say about it.</summary>
internal enum SignatureKind
{
    /// <summary>Nothing known: its runs of text are read.</summary>
    Unknown,

    /// <summary>A picture, sound, video or font: no text that a reader could miss.</summary>
    Media,

    /// <summary>Compressed or packed: what it holds cannot be seen from outside.</summary>
    Packed,
}

/// <summary>Recognises files by their first bytes.</summary>
internal static class Signature
{
    private static readonly (byte[] Bytes, int Offset, SignatureKind Kind, string Name)[] Known =
    [
        ([0x89, .. "PNG"u8], 0, SignatureKind.Media, "PNG"),
        ([0xFF, 0xD8, 0xFF], 0, SignatureKind.Media, "JPEG"),
        ([.. "GIF8"u8], 0, SignatureKind.Media, "GIF"),
        ([.. "WEBP"u8], 8, SignatureKind.Media, "WebP"),
        ([.. "BM"u8], 0, SignatureKind.Media, "BMP"),
        ([0, 0, 1, 0], 0, SignatureKind.Media, "icon"),
        ([.. "II*"u8, 0], 0, SignatureKind.Media, "TIFF"),
        ([.. "MM"u8, 0, .. "*"u8], 0, SignatureKind.Media, "TIFF"),
        ([.. "ID3"u8], 0, SignatureKind.Media, "MP3"),
        ([0xFF, 0xFB], 0, SignatureKind.Media, "MP3"),
        ([.. "ftyp"u8], 4, SignatureKind.Media, "MP4"),
        ([.. "WAVE"u8], 8, SignatureKind.Media, "WAV"),
        ([.. "AVI "u8], 8, SignatureKind.Media, "AVI"),
        ([.. "OggS"u8], 0, SignatureKind.Media, "Ogg"),
        ([.. "fLaC"u8], 0, SignatureKind.Media, "FLAC"),
        ([0x1A, 0x45, 0xDF, 0xA3], 0, SignatureKind.Media, "Matroska"),
        ([.. "wOFF"u8], 0, SignatureKind.Media, "WOFF"),
        ([.. "wOF2"u8], 0, SignatureKind.Media, "WOFF2"),
        ([0, 1, 0, 0, 0], 0, SignatureKind.Media, "TrueType"),
        ([.. "OTTO"u8], 0, SignatureKind.Media, "OpenType"),
        ([.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], 0, SignatureKind.Packed, "7-Zip archive"),
        ([.. "Rar!"u8, 0x1A, 7], 0, SignatureKind.Packed, "RAR archive"),
        ([.. "MSCF"u8], 0, SignatureKind.Packed, "CAB archive"),
        ([.. "LZIP"u8], 0, SignatureKind.Packed, "lzip file"),
        ([0x04, 0x22, 0x4D, 0x18], 0, SignatureKind.Packed, "LZ4 file"),
        ([0x1F, 0x9D], 0, SignatureKind.Packed, "compress file"),
        ([0x89, .. "LZO"u8, 0], 0, SignatureKind.Packed, "lzop file"),
        ([.. "xar!"u8], 0, SignatureKind.Packed, "xar archive"),
        ([.. "hsqs"u8], 0, SignatureKind.Packed, "SquashFS image"),
        ([.. "%PDF"u8], 0, SignatureKind.Packed, "PDF document"),
    ];

    /// <summary>What the first bytes say, and the name of the format.</summary>
    public static (SignatureKind Kind, string Name) Of(ReadOnlySpan<byte> bytes)
    {
        foreach (var (expected, offset, kind, name) in Known)
        {
            if (bytes.Length >= offset + expected.Length && bytes[offset..].StartsWith(expected))
                return (kind, name);
        }

        return (SignatureKind.Unknown, "");
    }
}
