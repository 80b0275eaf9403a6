using System.Globalization;

namespace Untag.Scan.Matching;

/// <summary>What a character can be taken for.</summary>
[Flags]
internal enum Looks : byte
{
    /// <summary>Only for itself.</summary>
    Plain = 0,

    /// <summary>A letter, or a symbol that is drawn like one.</summary>
    Letter = 1,

    /// <summary>A plain letter in another style: wide, mathematical, boxed, raised, with accents.</summary>
    Styled = 2,

    /// <summary>A letter of another script that is drawn like a Latin one.</summary>
    Foreign = 4,

    /// <summary>Nothing: programs do not show it.</summary>
    Unseen = 8,

    /// <summary>Drawn over, under or around the letter before it, or one syllable with it.</summary>
    Mark = 16,

    /// <summary>Compared as another character.</summary>
    Folded = 32,
}

/// <summary>Characters that an eye, a browser or a compiler takes for a letter of the policy's terms, and characters
/// that nobody sees.</summary>
internal sealed class LookAlikes
{
    private const Looks Noticed = Looks.Styled | Looks.Foreign | Looks.Unseen | Looks.Mark | Looks.Folded;

    private readonly Dictionary<int, string> styled = [];
    private readonly Dictionary<int, char> foreign = [];
    private readonly Dictionary<int, char> cyrillic = [];
    private readonly Looks[] looks = new Looks[char.MaxValue + 1]; // of the characters that are one unit of UTF-16
    private readonly ulong[] noticedSecondBytes = new ulong[64]; // by the first byte in UTF-8; both without their two high bits

    private LookAlikes()
    {
        using var stream = typeof(LookAlikes).Assembly.GetManifestResourceStream("matching/look-alikes.txt")!;
        using var lines = new StreamReader(stream);
        while (lines.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
                Add(line.Split(' ', 3));
        }

        for (var c = 0; c <= char.MaxValue; c++)
            looks[c] = LooksOf(c) | (c > 0x7F && Folding.Fold((char)c) != c ? Looks.Folded : Looks.Plain);
        AddFirstBytes();
    }

    /// <summary>The table, made when first needed.</summary>
    public static LookAlikes Known { get; } = new();

    /// <summary>What a character can be taken for.</summary>
    public Looks this[int codePoint] => codePoint <= char.MaxValue ? looks[codePoint] : LooksOf(codePoint);

    /// <summary>True for a character that may stand for another one, or a half of a pair.</summary>
    public bool IsNoticed(char c) => (looks[c] & Noticed) != 0 || char.IsSurrogate(c);

    /// <summary>True when the character with these first two bytes in UTF-8 may be such a one.</summary>
    public bool MayBeNoticed(byte first, byte second) => (noticedSecondBytes[first & 63] >> (second & 63) & 1) != 0;

    /// <summary>Index of the first such character in a text; -1 when there is none.</summary>
    public int FirstIn(ReadOnlySpan<char> text)
    {
        for (var at = 0; text[at..].IndexOfAnyExceptInRange('\0', '\x7F') is var next and >= 0; at++)
        {
            at += next;
            if (IsNoticed(text[at]))
                return at;
        }

        return -1;
    }

    /// <summary>The plain letters of a styled character.</summary>
    public string Plain(int codePoint) => styled[codePoint];

    /// <summary>The Latin letter that a foreign one is drawn like.</summary>
    public char Latin(int codePoint) => foreign[codePoint];

    /// <summary>The Cyrillic letter that an ASCII letter is drawn like; NUL when none is.</summary>
    public char Cyrillic(int codePoint) => cyrillic.GetValueOrDefault(codePoint);

    private void AddFirstBytes()
    {
        const int FirstOfFourBytes = 0xF0 & 63;
        for (var c = 0x80; c <= char.MaxValue; c++)
        {
            if ((looks[c] & Noticed) == 0)
                continue;
            var (first, second) = c < 0x800 ? (c >> 6, c) : (0x20 | (c >> 12), c >> 6);
            noticedSecondBytes[first & 63] |= 1UL << (second & 63);
        }

        noticedSecondBytes.AsSpan(FirstOfFourBytes).Fill(ulong.MaxValue); // two units of UTF-16
    }

    private Looks LooksOf(int codePoint)
    {
        var category = CharUnicodeInfo.GetUnicodeCategory(codePoint);
        var of = category <= UnicodeCategory.OtherLetter ? Looks.Letter : Looks.Plain;
        if (codePoint < 0x80)
            return of;
        if (styled.ContainsKey(codePoint))
            of |= Looks.Styled | Looks.Letter;
        if (foreign.ContainsKey(codePoint))
            of |= Looks.Foreign | Looks.Letter;
        if (IsUnseen(codePoint))
            of |= Looks.Unseen;
        if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark || codePoint is >= 0x1161 and <= 0x11C2)
            of |= Looks.Mark; // the second range: the parts of a Hangul syllable after its first
        return of;
    }

    // Unicode's default-ignorable characters, among them those that join, divide or turn the direction.
    private static bool IsUnseen(int codePoint) => codePoint is 0xAD or 0x34F or 0x61C or 0x3164 or 0xFEFF or 0xFFA0
        or (>= 0x115F and <= 0x1160) or (>= 0x17B4 and <= 0x17B5) or (>= 0x180B and <= 0x180F)
        or (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F)
        or (>= 0xFE00 and <= 0xFE0F) or (>= 0xFFF0 and <= 0xFFF8) or (>= 0x1BCA0 and <= 0x1BCA3)
        or (>= 0x1D173 and <= 0x1D17A) or (>= 0xE0000 and <= 0xE0FFF);

    // Each line: the kind, the plain letters, and all characters that are read as them.
    private void Add(string[] columns)
    {
        foreach (var rune in columns[2].EnumerateRunes())
        {
            if (columns[0] == "styled")
                styled[rune.Value] = columns[1];
            else
                (columns[0] == "foreign" ? foreign : cyrillic)[rune.Value] = columns[1][0];
        }
    }
}
