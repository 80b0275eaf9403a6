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
        { [.. "MSCF"u8, 0, 0, 0, 0], "Packed", "CAB archive" },
        { [.. "LZIP"u8, 1], "Packed", "lzip file" },
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
