using System.Text;

namespace Untag.Scan.Reading.Encodings;

/// <summary>The characters of GB18030 that take four bytes: all of Unicode that no pair stands for, in its order.</summary>
internal static class Gb18030Quads
{
    private const int FirstSupplementary = 189_000;

    private static readonly Lazy<char[]> WithoutPair = new(Find);

    /// <summary>Reads four bytes.</summary>
    /// <returns>False when they stand for no character.</returns>
    public static bool Read(ReadOnlySpan<byte> bytes, out Rune character)
    {
        character = default;
        if (bytes.Length < 4 || bytes[0] is < 0x81 or > 0xFE || bytes[1] is < 0x30 or > 0x39
            || bytes[2] is < 0x81 or > 0xFE || bytes[3] is < 0x30 or > 0x39)
            return false;
        var number = (((((bytes[0] - 0x81) * 10) + bytes[1] - 0x30) * 126) + bytes[2] - 0x81) * 10 + bytes[3] - 0x30;
        if (number >= FirstSupplementary)
            return Rune.TryCreate(number - FirstSupplementary + 0x10000, out character);
        return number < WithoutPair.Value.Length && Rune.TryCreate(WithoutPair.Value[number], out character);
    }

    private static char[] Find()
    {
        var hasPair = new bool[char.MaxValue + 1];
        foreach (var character in EncodingTables.Of("gb18030"))
            hasPair[character] = true;
        var without = new List<char>();
        for (var c = 0x80; c <= char.MaxValue; c++)
        {
            if (!hasPair[c] && !char.IsSurrogate((char)c))
                without.Add((char)c);
        }

        return [.. without];
    }
}
