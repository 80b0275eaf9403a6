using System.Globalization;
using System.Runtime.CompilerServices;

namespace Untag.Scan.Matching;

/// <summary>A word inside a text.</summary>
/// <param name="Start">Index of its first character.</param>
/// <param name="Length">Number of characters.</param>
/// <param name="Joined">True for a run of a script that is written without blanks between words.</param>
internal readonly record struct Word(int Start, int Length, bool Joined);

/// <summary>Splits identifiers and sentences into words: <c>emRace</c>, <c>race_preds_fair</c> and <c>face2race</c>
/// hold the word <c>race</c>; <c>trace</c> does not.</summary>
internal static class Words
{
    private enum Class : byte
    {
        Other,
        Digit,
        Lower,
        Upper,

        /// <summary>A letter of a script without case whose words are separated by blanks: Arabic, Devanagari.</summary>
        Caseless,

        /// <summary>A letter of a script whose words are not separated, or that joins endings to them.</summary>
        Joined,
    }

    /// <summary>Appends the words of <paramref name="text"/> to <paramref name="words"/>.</summary>
    public static void Split(ReadOnlySpan<char> text, List<Word> words)
    {
        var i = 0;
        while (i < text.Length)
        {
            var first = ClassOf(text[i]);
            if (first == Class.Other)
            {
                i++;
                continue;
            }

            var end = EndOfWord(text, i, first);
            words.Add(new Word(i, end - i, first == Class.Joined));
            i = end;
        }
    }

    private static int EndOfWord(ReadOnlySpan<char> text, int start, Class first)
    {
        var end = start + 1;
        if (first != Class.Upper)
        {
            while (end < text.Length && ClassOf(text[end]) == first)
                end++;
            return end;
        }

        while (end < text.Length && ClassOf(text[end]) == Class.Upper)
            end++;
        var capitals = end - start;
        if (end == text.Length || ClassOf(text[end]) != Class.Lower)
            return end;
        if (capitals > 1)
            return IsPluralEnd(text, end) ? end + 1 : end - 1; // MGFace: MG, then Face. FMRs: one word.
        while (end < text.Length && ClassOf(text[end]) == Class.Lower)
            end++;
        return end;
    }

    private static bool IsPluralEnd(ReadOnlySpan<char> text, int at) =>
        text[at] == 's' && (at + 1 == text.Length || ClassOf(text[at + 1]) is Class.Other or Class.Digit);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Class ClassOf(char c) => c < Ascii.Length ? (Class)Ascii[c] : ClassBeyondAscii(c);

    // 0 other, 1 digit, 2 lower, 3 upper.
    private static ReadOnlySpan<byte> Ascii =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0,
        0, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0, 0, 0, 0, 0,
        0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0,
    ];

    private static Class ClassBeyondAscii(char c)
    {
        if (IsJoined(c))
            return Class.Joined;
        return CharUnicodeInfo.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => Class.Upper,
            UnicodeCategory.LowercaseLetter => Class.Lower,
            UnicodeCategory.DecimalDigitNumber => Class.Digit,
            UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark => Class.Caseless,
            UnicodeCategory.Format when c is '\u200C' or '\u200D' => Class.Caseless, // joiners inside Persian, Hindi
            _ => Class.Other,
        };
    }

    private static bool IsJoined(char c) =>
        c is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7AF')
            or (>= '\uF900' and <= '\uFAFF') or (>= '\u0E00' and <= '\u0E7F') or (>= '\u0F00' and <= '\u0FFF')
            or (>= '\u1780' and <= '\u17FF') or (>= '\u1000' and <= '\u109F');
}
