using System.Buffers;
using System.Numerics;
using System.Text;
using Untag.Scan.Reading.Binaries;

namespace Untag.Scan.Matching;

/// <summary>Looks through raw bytes for the words that may look like others than they are, and has them searched as the
/// matcher would read them.</summary>
/// <remarks>Where a character beyond ASCII or an escape begins is known from <see cref="WordStarts"/>. Most characters are
/// taken for nothing but themselves; of the words around the others, those that were met before and held nothing are
/// passed over.</remarks>
internal sealed class DisguisedWords(Prefilter prefilter, TermMatcher matcher)
{
    private const int WordMin = 3;
    private const int BytesBefore = 256; // longer than a word in any likely disguise
    private const int BytesBehind = 768;
    private const int MemoryBits = 12;

    private readonly NearbyText nearby = new(matcher);
    private readonly Undisguised seen = new();
    private readonly char[] characters = new char[BytesBefore + BytesBehind];
    private readonly bool[] marksOfWord = new bool[prefilter.Marks.Count];
    private readonly byte[]?[] clean = new byte[]?[1 << MemoryBits]; // words without anything, by a hash
    private int doneUntil;

    /// <summary>Begins a file.</summary>
    /// <param name="code">Where it holds instructions.</param>
    public void Begin(IReadOnlyList<CodeRange> code)
    {
        doneUntil = 0;
        nearby.Begin(code);
    }

    /// <summary>Looks at the places of a block.</summary>
    /// <param name="places">Where characters and escapes begin.</param>
    /// <param name="bytes">All bytes.</param>
    /// <param name="at">Index of the block.</param>
    /// <param name="marks">Set for each mark that is met.</param>
    /// <param name="found">Whether a term is known already; then only marks are looked for.</param>
    /// <returns>True when a term was met.</returns>
    public bool Meet(in WordStarts places, ReadOnlySpan<byte> bytes, int at, Span<bool> marks, bool found)
    {
        if (found)
            return false; // a file that is read tells its marks by plain words as well
        for (var left = places.Characters | places.Escapes; left != 0; left &= left - 1)
        {
            var place = at + BitOperations.TrailingZeroCount(left);
            if (place >= doneUntil && place < bytes.Length && MayDisguise(bytes, place) && IsTerm(bytes, place, marks))
                return true;
        }

        return false;
    }

    private static bool MayDisguise(ReadOnlySpan<byte> bytes, int at)
    {
        var first = bytes[at];
        return at + 1 < bytes.Length && (first < 0x80
            ? CharacterEscapes.MayBeginAt(bytes[at..])
            : LookAlikes.Known.MayBeNoticed(first, bytes[at + 1]));
    }

    private bool IsTerm(ReadOnlySpan<byte> bytes, int place, Span<bool> marks)
    {
        var start = place;
        var letters = 0;
        while (place - start < BytesBefore && start > 0
            && Rune.DecodeLastFromUtf8(bytes[..start], out var before, out var length) == OperationStatus.Done
            && MayBePartOfWord(before))
        {
            start -= length;
            letters++;
        }

        var end = place;
        while (end - place < BytesBehind && end < bytes.Length
            && Rune.DecodeFromUtf8(bytes[end..], out var next, out var length) == OperationStatus.Done
            && MayBePartOfWord(next))
        {
            end += length;
            letters++;
        }

        // A run that goes on is looked at again, from a place before its end.
        doneUntil = end - place < BytesBehind ? end : place + BytesBehind - BytesBefore;
        // The words before and behind it belong to its term.
        return letters >= WordMin && FindWord(bytes[start..end], marks) && nearby.HoldsDisguisedTerm(bytes, start, end - start);
    }

    // A little more than words are made of, so that escapes belong to them.
    private static bool MayBePartOfWord(Rune c) => !c.IsAscii
        || char.IsAsciiLetterOrDigit((char)c.Value) || (char)c.Value is '\\' or '&' or '%' or '#' or ';' or '{' or '}';

    private bool FindWord(ReadOnlySpan<byte> word, Span<bool> marks)
    {
        ref var known = ref clean[SlotOf(word)];
        if (word.SequenceEqual(known))
            return false;
        var text = characters.AsSpan(0, Encoding.UTF8.GetChars(word, characters));
        if (!Undisguised.MayHide(text))
            return false;
        marksOfWord.AsSpan().Clear();
        // As it is written: wide letters and accents are only folded.
        if (Find(text))
            return true;
        seen.Read(text);
        if ((seen.Spell(SpeltIn.Latin) && Find(seen.Text)) || (seen.Spell(SpeltIn.Cyrillic) && Find(seen.Text)))
            return true;
        var first = marksOfWord.AsSpan().IndexOf(true);
        if (first < 0)
            known = word.ToArray();
        for (var i = first; i >= 0 && i < marks.Length; i++)
            marks[i] |= marksOfWord[i];
        return false;
    }

    private bool Find(ReadOnlySpan<char> text)
    {
        var seeker = default(PlainSeeker);
        return prefilter.Find(Folded(text), marksOfWord, ref seeker);
    }

    private static int SlotOf(ReadOnlySpan<byte> word)
    {
        var hash = 2166136261u;
        foreach (var b in word)
            hash = unchecked((hash ^ b) * 16777619u);
        return (int)(hash >> (32 - MemoryBits));
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

    // A word that was taken out of its disguise wears no other.
    private readonly struct PlainSeeker : ISeeker
    {
        public bool IsTerm(ReadOnlySpan<byte> bytes, int at, in Literal literal) => true;

        public bool MeetDisguises(in WordStarts places, ReadOnlySpan<byte> bytes, int at, Span<bool> marks, bool found) => false;
    }
}
