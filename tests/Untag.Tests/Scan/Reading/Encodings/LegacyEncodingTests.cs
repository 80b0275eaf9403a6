using System.Text;
using CsCheck;
using Untag.Scan.Reading.Encodings;

namespace Untag.Tests.Scan.Reading.Encodings;

/// <summary>Our tables against the framework's, which are ten times as large.</summary>
public sealed class LegacyEncodingTests
{
    public static TheoryData<string> Names => [.. LegacyEncoding.All.Select(legacy => legacy.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_byte_and_every_pair_is_the_character_that_the_framework_reads(string name)
    {
        var legacy = LegacyEncoding.All.Single(legacy => legacy.Name == name);
        var framework = Texts.Framework(name);
        var differences = new List<string>();
        for (var first = 0x80; first <= 0xFF; first++)
        {
            Compare([(byte)first]);
            for (var second = 0x40; second <= 0xFF && !legacy.IsSingleByte; second++)
                Compare([(byte)first, (byte)second]);
        }

        // Where they differ, the framework reads a private character or a control, or nothing at all.
        Assert.True(differences.Count == 0, $"{differences.Count}: {string.Join(' ', differences.Take(20))}");

        void Compare(byte[] bytes)
        {
            var expected = TryDecode(framework, bytes);
            if (expected is not { Length: 1 } || IsNobodys(expected[0]))
                return;
            if (legacy.TryDecode(bytes) != expected && !IsDrawnDifferently(expected[0]))
                differences.Add($"{Convert.ToHexString(bytes)}:{(int)expected[0]:X}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_written_in_an_encoding_comes_back(string name)
    {
        var legacy = LegacyEncoding.All.Single(legacy => legacy.Name == name);
        foreach (var row in Texts.All.Where(row => row.Data.Item1 == name))
            Assert.Equal(row.Data.Item2, legacy.TryDecode(Texts.Encode(name, row.Data.Item2)));
    }

    [Fact]
    public void All_of_Unicode_comes_back_from_GB18030() =>
        Gen.Int[0x80, 0x10FFFF].Where(code => code is (< 0xD800 or > 0xDFFF) and not (>= 0xE000 and <= 0xF8FF)).Sample(
            code =>
            {
                var text = char.ConvertFromUtf32(code);
                return LegacyEncoding.All[0].TryDecode(Texts.Encode("GB18030", text)) == text;
            },
            seed: "0000Kx9Qw2a1", iter: 20_000);

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_bytes_are_decoded_and_the_first_wrong_one_is_told(string name)
    {
        var legacy = LegacyEncoding.All.Single(legacy => legacy.Name == name);
        Gen.Byte.Array[0, 60].Sample(
            bytes =>
            {
                Assert.NotNull(legacy.Decode(bytes, out var invalid));
                Assert.InRange(invalid, -1, bytes.Length);
                Assert.Equal(invalid < 0, legacy.TryDecode(bytes) is not null);
            },
            seed: "0000Kx9Qw2a1", iter: 2000);
    }

    private static string? TryDecode(Encoding encoding, byte[] bytes)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static bool IsNobodys(char c) => c is < '\u00A0' or (>= '\uE000' and <= '\uF8FF');

    // Signs, never letters, that two makers of a table draw differently: the euro, waves, dots and lines.
    private static bool IsDrawnDifferently(char c) => !char.IsLetter(c);
}
