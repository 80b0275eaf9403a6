using System.Text;
using Untag.Scan.Matching;

namespace Untag.Scan.Reading;

/// <summary>Reads the runs of printable text in a binary: labels in a model, names in a library. Nothing of it is
/// executed or unpacked.</summary>
internal static class BinaryRuns
{
    private const int CharactersMin = 4;

    /// <summary>The runs of at least four characters of ASCII or valid UTF-8.</summary>
    public static Passage Read(ReadOnlySpan<byte> bytes)
    {
        var tokens = new List<Token>();
        var i = 0;
        while (i < bytes.Length)
        {
            var start = i;
            var characters = 0;
            while (i < bytes.Length && PrintableLength(bytes[i..]) is var length and > 0)
            {
                i += length;
                characters++;
            }

            // Two Chinese characters are a word already.
            if (characters >= CharactersMin || (characters >= 2 && i - start >= 2 * characters))
            {
                var text = Encoding.UTF8.GetString(bytes[start..i]);
                tokens.Add(new Token(TokenKind.Run, text.AsMemory(), Line: 0, Column: start, Group: 0));
            }

            if (i == start)
                i++;
        }

        return new Passage(PassageKind.Binary, "binary", tokens);
    }

    private static int PrintableLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] is >= 32 and < 127)
            return 1;
        if (bytes[0] < 0xC2)
            return 0;
        return Rune.DecodeFromUtf8(bytes, out var rune, out var length) == System.Buffers.OperationStatus.Done
            && (LookAlikes.Known[rune.Value] & ~Looks.Folded) != 0 ? length : 0;
    }
}
