using System.Collections.Frozen;
using System.Globalization;

namespace Untag.Scan.Reading.Encodings;

/// <summary>How letters of an alphabet stand among ASCII letters.</summary>
internal enum Neighbours
{
    /// <summary>In one word with them: <c>café</c>.</summary>
    InOneWord,

    /// <summary>Hardly ever in one word with them: Cyrillic, Arabic, Thai.</summary>
    Apart,

    /// <summary>Words are not separated, so the two may touch: Chinese, Japanese, Korean.</summary>
    MayTouch,
}

/// <summary>How frequent the characters of the languages are that share a set of encodings.</summary>
/// <remarks>A text is taken for the alphabet under which it is least surprising. Its surprise is counted in bits, one
/// character at a time, as the counts behind <c>letters.txt</c> say; those of its script that were never counted
/// cost as much as one in a hundred thousand.</remarks>
internal sealed class Alphabet
{
    private const int UncountedBits = 18;
    private const int ForeignBits = 20;
    private const int UnassignedBits = 26;
    private const int ApartBits = 6;
    private const int MayTouchBits = 2;

    private static readonly FrozenDictionary<string, Dictionary<char, int>> Counted = Load();

    private readonly Dictionary<char, int> bits;
    private readonly Neighbours neighbours;
    private readonly Func<char, bool> holds;

    private Alphabet(string name, Neighbours neighbours, Func<char, bool> holds)
    {
        bits = Counted[name];
        this.neighbours = neighbours;
        this.holds = holds;
    }

    public static Alphabet ChineseSimplified { get; } = new("chinese-simplified", Neighbours.MayTouch, Everyday("gb18030", 0xB0, 0xF7, 0xA1));

    public static Alphabet ChineseTraditional { get; } = new("chinese-traditional", Neighbours.MayTouch, Everyday("big5", 0xA4, 0xC6, 0x40));

    public static Alphabet Japanese { get; } = new("japanese", Neighbours.MayTouch, Everyday("shift_jis", 0x88, 0xEA, 0x40));

    public static Alphabet Korean { get; } = new("korean", Neighbours.MayTouch, c => c is >= '\uAC00' and <= '\uD7A3');

    public static Alphabet Cyrillic { get; } = new("cyrillic", Neighbours.Apart, c => c is >= '\u0400' and <= '\u045F');

    public static Alphabet Western { get; } = new("western", Neighbours.InOneWord, _ => false);

    public static Alphabet CentralEuropean { get; } = new("central-european", Neighbours.InOneWord, _ => false);

    public static Alphabet Greek { get; } = new("greek", Neighbours.Apart, c => c is >= '\u0386' and <= '\u03CE');

    public static Alphabet Hebrew { get; } = new("hebrew", Neighbours.Apart, c => c is >= '\u05D0' and <= '\u05EA');

    public static Alphabet Thai { get; } = new("thai", Neighbours.Apart, c => c is >= '\u0E01' and <= '\u0E5B');

    public static Alphabet Turkish { get; } = new("turkish", Neighbours.InOneWord, _ => false);

    public static Alphabet Arabic { get; } = new("arabic", Neighbours.Apart, c => c is >= '\u0621' and <= '\u06D3');

    /// <summary>The surprise of a text in bits; its ASCII characters cost nothing, whatever the language.</summary>
    public double Surprise(ReadOnlySpan<char> text)
    {
        double sum = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAscii(text[i]))
                sum += CostOf(text[i]) + CostOfPlace(text, i);
        }

        return sum;
    }

    private int CostOf(char c)
    {
        if (bits.TryGetValue(c, out var counted))
            return counted;
        if (holds(c))
            return UncountedBits;
        return char.GetUnicodeCategory(c)
            is UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            ? UnassignedBits
            : ForeignBits;
    }

    private int CostOfPlace(ReadOnlySpan<char> text, int i)
    {
        if (!char.IsLetter(text[i]) && char.GetUnicodeCategory(text[i]) != UnicodeCategory.NonSpacingMark)
            return 0;
        if (neighbours == Neighbours.InOneWord)
            return i > 0 && char.IsLetter(text[i - 1]) && !char.IsAscii(text[i - 1]) ? ApartBits : 0;
        var touching = (i > 0 && char.IsAsciiLetter(text[i - 1]) ? 1 : 0)
            + (i + 1 < text.Length && char.IsAsciiLetter(text[i + 1]) ? 1 : 0);
        return touching * (neighbours == Neighbours.Apart ? ApartBits : MayTouchBits);
    }

    // The makers of the old encodings put the characters that people use into the rows of these first bytes, and the
    // other tens of thousands elsewhere.
    private static Func<char, bool> Everyday(string tableName, int firstLead, int lastLead, int firstTrail)
    {
        var table = EncodingTables.Of(tableName);
        var everyday = new HashSet<char>();
        for (var lead = firstLead; lead <= lastLead; lead++)
        {
            for (var trail = firstTrail; trail <= EncodingTables.LastTrail; trail++)
            {
                var character = table[
                    ((lead - EncodingTables.FirstLead) * EncodingTables.Trails) + trail - EncodingTables.FirstTrail];
                if (character is >= '\u4E00' and <= '\u9FA5')
                    everyday.Add(character);
            }
        }

        return everyday.Contains;
    }

    // Each line: the alphabet, the bits, and all characters that cost so much.
    private static FrozenDictionary<string, Dictionary<char, int>> Load()
    {
        var alphabets = new Dictionary<string, Dictionary<char, int>>(StringComparer.Ordinal);
        using var stream = typeof(Alphabet).Assembly.GetManifestResourceStream("encodings/letters.txt")!;
        using var lines = new StreamReader(stream);
        while (lines.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            var columns = line.Split(' ', 3);
            if (!alphabets.TryGetValue(columns[0], out var bits))
                alphabets[columns[0]] = bits = [];
            foreach (var letter in columns[2])
                bits[letter] = int.Parse(columns[1], CultureInfo.InvariantCulture);
        }

        return alphabets.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
