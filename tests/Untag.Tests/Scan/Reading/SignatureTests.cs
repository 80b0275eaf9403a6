using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading;

public sealed class SignatureTests
{
    public static TheoryData<byte[], string, string> Formats => new()
    {
        { [0x89, .. "PNG\r\n"u8], "Media", "PNG" },
        { [0xFF, 0xD8, 0xFF, 0xE0], "Media", "JPEG" },
        { [.. "RIFF"u8, 1, 2, 3, 4, .. "WEBP"u8], "Media", "WebP" },
        { [0, 0, 0, 24, .. "ftypisom"u8], "Media", "MP4" },
        { [.. "PK"u8, 3, 4], "Packed", "ZIP archive" },
        { [0x1F, 0x8B, 8], "Packed", "gzip file" },
        { [.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], "Packed", "7-Zip archive" },
        { [.. "%PDF-1.7"u8], "Packed", "PDF document" },
        { [.. "race"u8], "Unknown", "" },
        { [0x89, .. "PN"u8], "Unknown", "" },
        { [], "Unknown", "" },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_first_bytes_say_the_format(byte[] bytes, string kind, string name)
    {
        var known = Signature.Of(bytes);
        Assert.Equal((kind, name), (known.Kind.ToString(), known.Name));
    }
}
