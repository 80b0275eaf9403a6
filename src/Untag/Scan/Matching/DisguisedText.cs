using System.Text;
using System.Text.Unicode;

namespace Untag.Scan.Matching;

/// <summary>Looks through raw bytes for the words that may look like others than they are, and has them searched as the
/// matcher would read them. A file of plain ASCII costs one pass that finds nothing to do.</summary>
internal static class DisguisedText
{
    private const int ChunkBytes = 64 * 1024;
    private const int ChunkOverlapBytes = 1024; // longer than a word in any likely disguise
    private const int WordMin = 3;

    /// <summary>Searches bytes.</summary>
    public delegate bool Search(ReadOnlySpan<byte> bytes, Span<bool> marks);

    /// <summary>True when a word that may be disguised is found by the search.</summary>
    /// <param name="bytes">The bytes of a file in UTF-8, or of any other file.</param>
    /// <param name="marks">Passed on to the search.</param>
    /// <param name="search">Searches the bytes of a word as it looks.</param>
    public static bool FindAny(ReadOnlySpan<byte> bytes, Span<bool> marks, Search search)
    {
        if (Ascii.IsValid(bytes) && !CharacterEscapes.MayStandIn(bytes))
            return false;
        var seen = new Undisguised();
        var characters = new char[Math.Min(bytes.Length, ChunkBytes)];
        for (var start = 0; ; start += ChunkBytes - ChunkOverlapBytes)
        {
            var chunk = bytes[start..Math.Min(bytes.Length, start + ChunkBytes)];
            Utf8.ToUtf16(chunk, characters, out _, out var count);
            if (FindInChunk(characters.AsSpan(0, count), seen, marks, search))
                return true;
            if (start + chunk.Length == bytes.Length)
                return false;
        }
    }

    private static bool FindInChunk(ReadOnlySpan<char> text, Undisguised seen, Span<bool> marks, Search search)
    {
        if (!Undisguised.MayHide(text))
            return false;
        var at = 0;
        while (NextDisguise(text, at) is var place and >= 0)
        {
            var start = place;
            while (start > at && MayBePartOfWord(text[start - 1]))
                start--;
            at = place + 1;
            while (at < text.Length && MayBePartOfWord(text[at]))
                at++;
            if (at - start >= WordMin && FindWord(text[start..at], seen, marks, search))
                return true;
        }

        return false;
    }

    private static int NextDisguise(ReadOnlySpan<char> text, int from)
    {
        var known = LookAlikes.Known;
        for (var i = from; i < text.Length; i++)
        {
            var c = text[i];
            if (c > 0x7F ? known.IsNoticed(c) : c is '\\' or '&' or '%' && CharacterEscapes.TryRead(text[i..], out _, out _))
                return i;
        }

        return -1;
    }

    // A little more than words are made of, so that escapes belong to them.
    private static bool MayBePartOfWord(char c) =>
        char.IsAscii(c) ? char.IsAsciiLetterOrDigit(c) || c is '\\' or '&' or '%' or '#' or ';' or '{' or '}' : c != '\uFFFD';

    private static bool FindWord(ReadOnlySpan<char> word, Undisguised seen, Span<bool> marks, Search search)
    {
        if (search(Folded(word), marks)) // as it is written: wide letters and accents are only folded
            return true;
        seen.Read(word);
        return (seen.Spell(SpeltIn.Latin) && search(Folded(seen.Text), marks))
            || (seen.Spell(SpeltIn.Cyrillic) && search(Folded(seen.Text), marks));
    }

    private static byte[] Folded(ReadOnlySpan<char> text)
    {
        var folded = new char[text.Length];
        for (var i = 0; i < text.Length; i++)
            folded[i] = char.IsAscii(text[i]) ? text[i] : FoldKeepingCase(text[i]);
        return Encoding.UTF8.GetBytes(folded);
    }

    // The case of letters tells where words begin.
    private static char FoldKeepingCase(char letter)
    {
        var plain = Folding.Fold(letter);
        return char.IsUpper(letter) && char.IsAsciiLetterLower(plain) ? char.ToUpperInvariant(plain) : plain;
    }
}
