using System.Text;
using CsCheck;
using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading;

public sealed class SourceTextTests
{
    private const string Sample = "the race of the face\nethnicity = 1\n";

    public static TheoryData<string, bool> Encodings => new()
    {
        { "utf-8", true }, { "utf-8", false },
        { "utf-16", true }, { "utf-16", false },
        { "utf-16BE", true }, { "utf-16BE", false },
        { "utf-32", true }, { "utf-32", false },
        { "utf-32BE", true }, { "utf-32BE", false },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Text_in_this_encoding_is_decoded(string name, bool hasMark)
    {
        var source = SourceText.Decode(Encode(name, hasMark));
        Assert.Equal(new SourceText(Sample, null), source);
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Only_text_whose_letters_are_not_single_bytes_is_wide(string name, bool hasMark) =>
        Assert.Equal(name != "utf-8", SourceText.IsWide(Encode(name, hasMark)));

    [Fact]
    public void A_byte_that_is_in_no_encoding_is_stated_and_the_rest_is_read()
    {
        var source = SourceText.Decode([.. "face "u8, 0x9D, 0x81, 0x9D, .. " race"u8])!.Value;
        Assert.Equal("face \uFFFD\uFFFD\uFFFD race", source.Text);
        Assert.StartsWith("not valid UTF-8 from byte 5 on", source.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_before_the_wrong_one_are_counted_with_the_mark()
    {
        var source = SourceText.Decode([.. "\uFEFFface "u8, 0xE9, .. " race"u8])!.Value;
        Assert.StartsWith("not valid UTF-8 from byte 8 on", source.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_with_a_NUL_are_not_text() => Assert.Null(SourceText.Decode([.. "race"u8, 0, .. "race"u8]));

    [Fact]
    public void Bytes_with_many_control_characters_are_not_text() =>
        Assert.Null(SourceText.Decode([1, 2, 3, 4, .. "race"u8]));

    [Fact]
    public void A_stray_control_character_is_still_text() =>
        Assert.NotNull(SourceText.Decode([.. Encoding.UTF8.GetBytes(new string('a', 200)), 1]));

    [Fact]
    public void An_empty_file_is_an_empty_text() => Assert.Equal(new SourceText("", null), SourceText.Decode([]));

    [Fact]
    public void Text_in_UTF8_comes_back_as_it_was() =>
        Gen.String[Gen.Char['\u0020', '\uD7FF'], 0, 60].Sample(
            text => SourceText.Decode(Encoding.UTF8.GetBytes(text)) == new SourceText(text, null), seed: "0000Kx9Qw2a1", iter: 1000);

    [Fact]
    public void Any_bytes_are_decoded_or_not_text() =>
        Gen.Byte.Array[0, 80].Sample(bytes => SourceText.Decode(bytes) is null or { Text: not null }, seed: "0000Kx9Qw2a1", iter: 2000);

    private static byte[] Encode(string name, bool hasMark)
    {
        var encoding = Encoding.GetEncoding(name);
        return [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Sample)];
    }
}
