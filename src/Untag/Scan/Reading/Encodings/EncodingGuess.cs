using System.Text;

namespace Untag.Scan.Reading.Encodings;

/// <summary>The encoding that bytes are most likely written in.</summary>
/// <param name="Encoding">The encoding.</param>
/// <param name="IsCertain">True when every other encoding, and damage, is much less likely, or gives the same text.</param>
/// <remarks>
/// Each encoding in which the bytes are valid is charged for every character that is not ASCII: the rarer it is in the
/// languages that are written so, the more. Damage is charged a little more than random bytes would be. The smallest sum
/// wins, and the distance to the next says how sure that is.
/// </remarks>
internal readonly record struct EncodingGuess(LegacyEncoding Encoding, bool IsCertain)
{
    private const int SampleBytes = 32 * 1024;
    private const double DamageBits = 8.5; // a byte: eight random bits, and a little
    private const double RareDamageBits = 4; // a file: text that was damaged is rarer than text in an old encoding
    private const double CertainBits = 6; // sixty-four times as likely
    private const double FitBits = 6; // a byte: texts in the languages of the tables take 3 to 5.5
    private const int FitBytesMin = 32;
    private const double AsciiLetterBits = 4;

    /// <summary>The best guess; null when no encoding fits better than damage.</summary>
    /// <param name="bytes">A text that is not valid UTF-8 and holds ASCII as it is.</param>
    public static EncodingGuess? Of(ReadOnlySpan<byte> bytes)
    {
        var sample = Sample(bytes);
        var high = 0;
        foreach (var b in sample)
            high += b > 127 ? 1 : 0;
        var damage = RareDamageBits + (high * DamageBits);
        var guesses = new List<(LegacyEncoding Legacy, string Text, double Bits)>();
        foreach (var legacy in LegacyEncoding.All)
        {
            // A file may be cut inside its last character.
            if ((legacy.TryDecode(sample) ?? legacy.TryDecode(sample.AsSpan(0, Math.Max(0, sample.Length - 1)))) is { } text)
                guesses.Add((legacy, text, legacy.Alphabet!.Surprise(text) - AsciiInPairs(legacy, text, high) * AsciiLetterBits));
        }

        if (guesses.Count == 0)
            return null;
        var best = guesses.MinBy(guess => guess.Bits);
        if (best.Bits >= damage)
            return null;
        var rival = damage;
        foreach (var guess in guesses)
        {
            if (!string.Equals(guess.Text, best.Text, StringComparison.Ordinal))
                rival = Math.Min(rival, guess.Bits);
        }

        // A language without a table is least bad in some other one: enough of it shows that it does not fit.
        var fits = high < FitBytesMin || best.Bits <= high * FitBits;
        return new EncodingGuess(best.Legacy, fits && rival - best.Bits >= CertainBits);
    }

    // An ASCII letter that is the second half of a character is a letter that the other encodings need not explain.
    private static int AsciiInPairs(LegacyEncoding legacy, string text, int high)
    {
        if (legacy.IsSingleByte)
            return 0;
        var characters = 0;
        foreach (var c in text)
            characters += c > 127 && c is < '\uFF61' or > '\uFF9F' ? 1 : 0;
        return Math.Max(0, 2 * characters - high);
    }

    // The lines that hold anything but ASCII, up to the size of the sample, cut where no character can be cut.
    private static byte[] Sample(ReadOnlySpan<byte> bytes)
    {
        var sample = new List<byte>();
        while (!bytes.IsEmpty && sample.Count < SampleBytes)
        {
            var end = bytes.IndexOf((byte)'\n');
            var line = end < 0 ? bytes : bytes[..(end + 1)];
            bytes = bytes[line.Length..];
            if (Ascii.IsValid(line))
                continue;
            if (line.Length > SampleBytes)
            {
                line = line[..SampleBytes];
                var cut = line.LastIndexOfAnyInRange((byte)' ', (byte)'/');
                line = line[..(cut > 0 ? cut : line.Length)];
            }

            sample.AddRange(line);
        }

        return [.. sample];
    }
}
