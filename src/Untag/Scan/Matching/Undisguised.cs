using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Untag.Scan.Matching;

/// <summary>Which letters a word is spelt in when it mixes scripts.</summary>
internal enum SpeltIn
{
    /// <summary>Letters of other scripts become the Latin ones that they are drawn like.</summary>
    Latin,

    /// <summary>Latin letters become the Cyrillic ones that they are drawn like.</summary>
    Cyrillic,
}

/// <summary>A text as a reader takes it: without what nobody sees, in plain letters, numbers of characters resolved.</summary>
/// <remarks>
/// The steps, character by character, then word by word:
/// <list type="number">
/// <item>an escape is the character that it stands for (<see cref="CharacterEscapes"/>);</item>
/// <item>unseen characters go, and marks on Latin, Greek and Cyrillic letters; marks that make another kana, Cyrillic
/// letter or syllable of Hangul are joined to it;</item>
/// <item>wide, mathematical, boxed, raised and small-capital letters become plain;</item>
/// <item>in a word that mixes scripts, or is wholly made of letters that are drawn like Latin ones, these become
/// Latin ones (<see cref="LookAlikes"/>).</item>
/// </list>
/// It is the buffer of one worker: each text replaces the one before.
/// </remarks>
internal sealed class Undisguised
{
    private const int WordMin = 3; // shorter words of another script are themselves
    private const int LatinEnd = 0x250;
    private const int CyrillicFirst = 0x400;
    private const int CyrillicEnd = 0x530;

    // What is part of no word, however it is disguised.
    private static readonly SearchValues<char> Boundaries = SearchValues.Create(" \t\r\n\"'`<>()[],:=");

    private readonly LookAlikes known = LookAlikes.Known;
    private readonly List<Piece> pieces = [];
    private readonly List<char> characters = [];
    private readonly List<Origin> origins = [];
    private bool isChanged;

    /// <summary>The text, as it was last spelt.</summary>
    public ReadOnlySpan<char> Text => CollectionsMarshal.AsSpan(characters);

    /// <summary>Where a stretch of the text was written.</summary>
    /// <returns>Start and length in the text that was read.</returns>
    public (int Start, int Length) OriginOf(int start, int length) =>
        (origins[start].Start, origins[start + length - 1].End - origins[start].Start);

    /// <summary>True when a text may look like another one than its plain folding.</summary>
    public static bool MayHide(ReadOnlySpan<char> text) => FirstHiding(text) >= 0;

    /// <summary>The next stretch of a text that may look like another one than its plain folding, with what may belong to
    /// the same term before and behind it; null when there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Index from which on to look.</param>
    public static (int Start, int End)? NextHiding(ReadOnlySpan<char> text, int from)
    {
        const int TermCharactersMax = 256;
        var first = FirstHiding(text[from..]);
        if (first < 0)
            return null;
        first += from;
        var last = first;
        while (FirstHiding(text[(last + 1)..Math.Min(text.Length, last + 1 + (2 * TermCharactersMax))]) is var next and >= 0)
            last += 1 + next;
        return (
            WordBoundary(text, Math.Max(0, first - TermCharactersMax), step: -1),
            WordBoundary(text, Math.Min(text.Length, last + 1 + TermCharactersMax), step: 1));
    }

    private static int FirstHiding(ReadOnlySpan<char> text)
    {
        var escape = CharacterEscapes.FirstIn(text);
        var character = LookAlikes.Known.FirstIn(escape < 0 ? text : text[..escape]);
        return character < 0 ? escape : character;
    }

    // A stretch that began inside of `embrace` would begin with `race`.
    private static int WordBoundary(ReadOnlySpan<char> text, int at, int step)
    {
        const int WordCharactersMax = 1024;
        for (var i = 0; i < WordCharactersMax && at > 0 && at < text.Length && !Boundaries.Contains(text[at]); i++)
            at += step;
        return at;
    }

    /// <summary>Reads a text; then it can be spelt.</summary>
    public void Read(ReadOnlySpan<char> text)
    {
        pieces.Clear();
        isChanged = false;
        for (var at = 0; at < text.Length;)
        {
            if (text[at] is '\\' or '&' or '%' && CharacterEscapes.TryRead(text[at..], out var rune, out var length))
                isChanged = true;
            else if (Rune.DecodeFromUtf16(text[at..], out rune, out length) != OperationStatus.Done)
                (rune, length) = (Rune.ReplacementChar, 1);
            Add(rune.Value, new Origin(at, at + length));
            at += length;
        }
    }

    /// <summary>Spells the text that was read.</summary>
    /// <returns>True when it is another one than was written.</returns>
    public bool Spell(SpeltIn script)
    {
        characters.Clear();
        origins.Clear();
        var isRespelt = false;
        for (var start = 0; start < pieces.Count;)
        {
            var end = start + 1;
            if (pieces[start].Looks.HasFlag(Looks.Letter))
            {
                while (end < pieces.Count && pieces[end].Looks.HasFlag(Looks.Letter))
                    end++;
                isRespelt |= SpellWord(CollectionsMarshal.AsSpan(pieces)[start..end], script);
            }
            else
            {
                Write(pieces[start].CodePoint, pieces[start].Origin);
            }

            start = end;
        }

        return isRespelt || isChanged;
    }

    private void Add(int codePoint, Origin origin)
    {
        var looks = known[codePoint];
        if ((looks & (Looks.Unseen | Looks.Mark | Looks.Styled)) == 0)
        {
            pieces.Add(new Piece(codePoint, looks, origin));
        }
        else if (looks.HasFlag(Looks.Unseen) || (looks.HasFlag(Looks.Mark) && IsOnPlainLetter(codePoint)))
        {
            isChanged = true;
        }
        else if (pieces.Count > 0 && Composed(pieces[^1].CodePoint, codePoint) is var whole and > 0)
        {
            pieces[^1] = new Piece(whole, known[whole], new Origin(pieces[^1].Origin.Start, origin.End));
            isChanged = true;
        }
        else if (looks.HasFlag(Looks.Styled))
        {
            var plain = known.Plain(codePoint);
            isChanged |= plain.Length > 1 || codePoint > char.MaxValue
                || Folding.Fold((char)codePoint) != Folding.Fold(plain[0]);
            foreach (var letter in plain)
                pieces.Add(new Piece(letter, Looks.Letter, origin));
        }
        else
        {
            pieces.Add(new Piece(codePoint, looks, origin));
        }
    }

    // On letters of other scripts the marks are vowels: they make another word.
    private bool IsOnPlainLetter(int mark) =>
        pieces.Count > 0 && pieces[^1] is { CodePoint: < CyrillicEnd } before && before.Looks.HasFlag(Looks.Letter)
        && Composed(before.CodePoint, mark) == 0;

    // What file names and texts of some systems are taken apart into.
    private static int Composed(int before, int after)
    {
        const int VoicedMark = 0x3099, HalfVoicedMark = 0x309A, Breve = 0x306;
        const int Initials = 0x1100, Vowels = 0x1161, Finals = 0x11A7, Syllables = 0xAC00;
        const int InitialCount = 19, VowelCount = 21, FinalCount = 28, SyllableEnd = 0xD7A4;
        if (after is VoicedMark or HalfVoicedMark && before is >= 'か' and <= 'ホ')
            return before + (after - VoicedMark) + 1;
        if (after == Breve && before is 'и' or 'И')
            return before == 'и' ? 'й' : 'Й';
        if (before is >= Initials and < Initials + InitialCount && after is >= Vowels and < Vowels + VowelCount)
            return Syllables + ((((before - Initials) * VowelCount) + after - Vowels) * FinalCount);
        return before is >= Syllables and < SyllableEnd && (before - Syllables) % FinalCount == 0
            && after is > Finals and < Finals + FinalCount
            ? before + after - Finals
            : 0;
    }

    // True when a letter was replaced.
    private bool SpellWord(ReadOnlySpan<Piece> word, SpeltIn script)
    {
        var replaces = script == SpeltIn.Latin ? LooksLatin(word) : LooksCyrillic(word);
        foreach (var piece in word)
        {
            var letter = piece.CodePoint;
            if (replaces && script == SpeltIn.Latin)
                letter = piece.Looks.HasFlag(Looks.Foreign) ? known.Latin(letter) : letter;
            else if (replaces && letter < 0x80)
                letter = known.Cyrillic(letter);
            Write(letter, piece.Origin);
        }

        return replaces;
    }

    private static bool LooksLatin(ReadOnlySpan<Piece> word)
    {
        bool isForeign = false, isLatin = false, isWhole = word.Length >= WordMin;
        foreach (var piece in word)
        {
            isForeign |= piece.Looks.HasFlag(Looks.Foreign);
            isLatin |= piece.CodePoint < LatinEnd;
            isWhole &= piece.Looks.HasFlag(Looks.Foreign);
        }

        return isForeign && (isLatin || isWhole);
    }

    private bool LooksCyrillic(ReadOnlySpan<Piece> word)
    {
        bool isLatin = false, isCyrillic = false;
        foreach (var piece in word)
        {
            if (piece.CodePoint < 0x80 && known.Cyrillic(piece.CodePoint) == 0)
                return false;
            isLatin |= piece.CodePoint < 0x80;
            isCyrillic |= piece.CodePoint is >= CyrillicFirst and < CyrillicEnd;
        }

        return isLatin && isCyrillic;
    }

    private void Write(int codePoint, Origin origin)
    {
        if (codePoint <= char.MaxValue)
        {
            characters.Add((char)codePoint);
            origins.Add(origin);
            return;
        }

        Span<char> pair = stackalloc char[2];
        new Rune(codePoint).EncodeToUtf16(pair);
        characters.AddRange(pair);
        origins.Add(origin);
        origins.Add(origin);
    }

    private readonly record struct Origin(int Start, int End);

    private readonly record struct Piece(int CodePoint, Looks Looks, Origin Origin);
}
