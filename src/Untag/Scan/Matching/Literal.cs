using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Untag.Scan.Matching;

/// <summary>Which ends of a literal must be ends of a word.</summary>
internal enum Borders : byte
{
    None,
    Start,
    Both,
}

/// <summary>A sequence of bytes to look for in raw bytes. ASCII is compared without case, everything else as it is.</summary>
internal readonly struct Literal
{
    // Turns capitals of ASCII into small letters; what it does to other bytes it does on both sides.
    private const ulong SmallLetters = 0x2020202020202020;

    private readonly ulong head;
    private readonly ulong headMask;

    /// <param name="bytes">The bytes, ASCII in lower case.</param>
    /// <param name="mark">Index of the mark that it stands for, or <see cref="Term"/>, or <see cref="Certain"/>.</param>
    /// <param name="borders">Where it must stand in a word; scripts without blanks have no borders.</param>
    /// <param name="reach">Bytes of the longest term that it is a word of; 0 for a mark.</param>
    public Literal(byte[] bytes, int mark, Borders borders, int reach)
    {
        Bytes = bytes;
        Mark = mark;
        Reach = reach;
        Borders = borders;
        Span<byte> first = stackalloc byte[sizeof(ulong)];
        Span<byte> mask = stackalloc byte[sizeof(ulong)];
        first.Clear();
        mask.Clear();
        var length = Math.Min(bytes.Length, sizeof(ulong));
        bytes.AsSpan(0, length).CopyTo(first);
        mask[..length].Fill(0xFF);
        Anchor = AnchorOf(bytes);
        headMask = MemoryMarshal.Read<ulong>(mask);
        head = (MemoryMarshal.Read<ulong>(first) | SmallLetters) & headMask;
    }

    /// <summary>The mark of a literal that is a word of a term: whether the term is there is looked at.</summary>
    public const int Term = -1;

    /// <summary>The mark of a literal that makes a file be read wherever it stands.</summary>
    public const int Certain = -2;

    public byte[] Bytes { get; }

    public int Mark { get; }

    public Borders Borders { get; }

    /// <summary>Bytes of the longest term that it is a word of, with what may stand between the words.</summary>
    public int Reach { get; }

    /// <summary>Index of its first word that is long enough to be looked up by; -1 when it has none.</summary>
    public int Anchor { get; }

    /// <summary>True when it stands at an index of the text.</summary>
    public bool Matches(ReadOnlySpan<byte> text, int at)
    {
        if (Bytes.Length > text.Length - at)
            return false;
        if (at <= text.Length - sizeof(ulong)
            && ((Unsafe.ReadUnaligned<ulong>(in text[at]) | SmallLetters) & headMask) != head)
            return false;
        for (var i = 0; i < Bytes.Length; i++)
        {
            if (Lower(text[at + i]) != Bytes[i])
                return false;
        }

        return (Borders == Borders.None || at == 0 || BeginsWord(text, at))
            && (Borders != Borders.Both || at + Bytes.Length == text.Length || EndsWord(text, at + Bytes.Length));
    }

    /// <summary>The first index from which on it stands; -1 when it does not.</summary>
    public int IndexIn(ReadOnlySpan<byte> text, int from)
    {
        var (small, capital) = (Bytes[0], (byte)(Bytes[0] ^ (IsSmall(Bytes[0]) ? 0x20 : 0)));
        while (from <= text.Length - Bytes.Length)
        {
            var next = small == capital
                ? text[from..].IndexOf(Bytes.AsSpan(0, LengthAsWritten(Bytes)))
                : text[from..].IndexOfAny(small, capital);
            if (next < 0)
                return -1;
            if (Matches(text, from + next))
                return from + next;
            from += next + 1;
        }

        return -1;
    }

    /// <summary>The byte, a capital of ASCII as its small letter.</summary>
    public static byte Lower(byte b) => (byte)(IsCapital(b) ? b | 0x20 : b);

    // `us_core_race` is looked up by `core_race`: a place is looked at where three bytes of a word begin.
    private static int AnchorOf(byte[] bytes)
    {
        for (var i = 0; i + LiteralTable.LengthMin <= bytes.Length; i++)
        {
            if ((i == 0 || !IsOfWord(bytes[i - 1])) && IsOfWord(bytes[i]) && IsOfWord(bytes[i + 1]) && IsOfWord(bytes[i + 2]))
                return i;
        }

        return -1;
    }

    // Bytes before the first letter: they are the same in capitals.
    private static int LengthAsWritten(ReadOnlySpan<byte> bytes)
    {
        var letter = bytes.IndexOfAnyInRange((byte)'a', (byte)'z');
        return letter < 0 ? bytes.Length : letter;
    }

    private static bool IsOfWord(byte b) => b >= 0x80 || char.IsAsciiLetterOrDigit((char)b);

    // `race` begins a word in `emRace`, `_race`, `2race`, `MG_RACE` and `EMRace`, not in `trace` and `TRACE`.
    private static bool BeginsWord(ReadOnlySpan<byte> text, int at)
    {
        var before = text[at - 1];
        if (IsDigit(text[at]))
            return !IsDigit(before);
        if (IsSmall(text[at]))
            return !IsSmall(before) && !IsCapital(before);
        return !IsCapital(text[at]) || !IsCapital(before) || IsSmallAt(text, at + 1);
    }

    // It ends there in `raceIdx`, `RACE_ID` and `race4`, not in `racer` and `RACER`.
    private static bool EndsWord(ReadOnlySpan<byte> text, int end) =>
        IsSmall(text[end - 1]) ? !IsSmall(text[end]) : !IsCapital(text[end - 1]) || !IsCapital(text[end]) || IsSmallAt(text, end + 1);

    // `RACEList`: the last capital belongs to the next word. A letter beyond ASCII may be a small one.
    private static bool IsSmallAt(ReadOnlySpan<byte> text, int at) =>
        at < text.Length && (IsSmall(text[at]) || text[at] >= 0x80);

    private static bool IsSmall(byte b) => b is >= (byte)'a' and <= (byte)'z';

    private static bool IsCapital(byte b) => b is >= (byte)'A' and <= (byte)'Z';

    private static bool IsDigit(byte b) => b is >= (byte)'0' and <= (byte)'9';
}
