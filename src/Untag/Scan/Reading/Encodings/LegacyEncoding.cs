using System.Text;

namespace Untag.Scan.Reading.Encodings;

/// <summary>How the bytes of an encoding make characters.</summary>
internal enum ByteForm
{
    /// <summary>Each byte is a character.</summary>
    Single,

    /// <summary>A byte of the upper half and the next one are a character.</summary>
    Pairs,

    /// <summary>The same, and the bytes 0xA1 to 0xDF alone are narrow kana.</summary>
    ShiftJis,

    /// <summary>Two bytes of the upper half are a place in the Japanese standard; 0x8E begins a narrow kana.</summary>
    EucJp,

    /// <summary>Pairs, and four bytes for all characters of Unicode that no pair stands for.</summary>
    Gb18030,
}

/// <summary>An encoding from before Unicode that holds ASCII as it is.</summary>
/// <param name="Name">Its usual name.</param>
/// <param name="Form">How its bytes make characters.</param>
/// <param name="TableName">Its table in <see cref="EncodingTables"/>.</param>
/// <param name="Alphabet">What is written in it; null when it is not told by its bytes, only declared.</param>
internal sealed record LegacyEncoding(string Name, ByteForm Form, string TableName, Alphabet? Alphabet = null)
{
    private const char KanaOffset = (char)(0xFF61 - 0xA1);

    /// <summary>Those that are told by their bytes, the more frequent of two like ones first.</summary>
    public static readonly LegacyEncoding[] All =
    [
        new("GB18030", ByteForm.Gb18030, "gb18030", Alphabet.ChineseSimplified),
        new("Big5", ByteForm.Pairs, "big5", Alphabet.ChineseTraditional),
        new("Shift_JIS", ByteForm.ShiftJis, "shift_jis", Alphabet.Japanese),
        new("EUC-JP", ByteForm.EucJp, "shift_jis", Alphabet.Japanese),
        new("EUC-KR", ByteForm.Pairs, "euc-kr", Alphabet.Korean),
        new("windows-1252", ByteForm.Single, "windows-1252", Alphabet.Western),
        new("windows-1251", ByteForm.Single, "windows-1251", Alphabet.Cyrillic),
        new("KOI8-R", ByteForm.Single, "koi8-r", Alphabet.Cyrillic),
        new("windows-1254", ByteForm.Single, "windows-1254", Alphabet.Turkish),
        new("windows-1256", ByteForm.Single, "windows-1256", Alphabet.Arabic),
        new("windows-1250", ByteForm.Single, "windows-1250", Alphabet.CentralEuropean),
        new("windows-1253", ByteForm.Single, "windows-1253", Alphabet.Greek),
        new("windows-1255", ByteForm.Single, "windows-1255", Alphabet.Hebrew),
        new("windows-874", ByteForm.Single, "windows-874", Alphabet.Thai),
    ];

    /// <summary>True when each byte is a character.</summary>
    public bool IsSingleByte => Form == ByteForm.Single;

    /// <summary>The text of the bytes; null when they are not valid in this encoding.</summary>
    public string? TryDecode(ReadOnlySpan<byte> bytes)
    {
        var text = Decode(bytes, out var invalid);
        return invalid < 0 ? text : null;
    }

    /// <summary>The text of the bytes; what is not valid is replaced.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="invalid">Index of the first byte that is not valid; -1 when all are.</param>
    public string Decode(ReadOnlySpan<byte> bytes, out int invalid)
    {
        var table = EncodingTables.Of(TableName);
        var text = new StringBuilder(bytes.Length);
        invalid = -1;
        for (var at = 0; at < bytes.Length;)
        {
            if (bytes[at] < 0x80)
            {
                text.Append((char)bytes[at++]);
                continue;
            }

            var length = Read(bytes[at..], table, out var character);
            if (length == 0)
            {
                invalid = invalid < 0 ? at : invalid;
                (character, length) = (Rune.ReplacementChar, 1);
            }

            text.Append(character);
            at += length;
        }

        return text.ToString();
    }

    // Number of bytes of the character that begins with a byte of the upper half; 0 when they make none.
    private int Read(ReadOnlySpan<byte> bytes, char[] table, out Rune character)
    {
        switch (Form)
        {
            case ByteForm.Single:
                return Found(table[bytes[0] - 0x80], 1, out character);
            case ByteForm.ShiftJis when bytes[0] is >= 0xA1 and <= 0xDF:
                return Found((char)(bytes[0] + KanaOffset), 1, out character);
            case ByteForm.EucJp:
                return ReadEucJp(bytes, table, out character);
            case ByteForm.Gb18030 when bytes.Length > 1 && bytes[1] is >= (byte)'0' and <= (byte)'9':
                return Gb18030Quads.Read(bytes, out character) ? 4 : 0;
            default:
                return Found(bytes.Length < 2 ? '\0' : PairOf(bytes[0], bytes[1], table), 2, out character);
        }
    }

    private static int Found(char found, int length, out Rune character)
    {
        // A half of a surrogate pair is in no table.
        character = found == 0 ? default : new Rune(found);
        return found == 0 ? 0 : length;
    }

    private static char PairOf(int lead, int trail, char[] table) =>
        lead is >= EncodingTables.FirstLead and <= EncodingTables.LastLead
        && trail is >= EncodingTables.FirstTrail and <= EncodingTables.LastTrail
            ? table[((lead - EncodingTables.FirstLead) * EncodingTables.Trails) + trail - EncodingTables.FirstTrail]
            : '\0';

    // Shift_JIS packs two rows of the standard's table into one of its own.
    private static int ReadEucJp(ReadOnlySpan<byte> bytes, char[] table, out Rune character)
    {
        const int NarrowKana = 0x8E, UpperLeads = 0x9F, LeadGap = 0x40, EvenRowOffset = 0x9F, TrailGap = 0x7F;
        character = default;
        if (bytes.Length < 2 || bytes[1] < 0xA1 || bytes[1] == 0xFF)
            return 0;
        if (bytes[0] == NarrowKana)
            return bytes[1] <= 0xDF ? Found((char)(bytes[1] + KanaOffset), 2, out character) : 0;
        if (bytes[0] is < 0xA1 or 0xFF)
            return 0;
        int row = bytes[0] - 0xA1, cell = bytes[1] - 0xA1;
        var lead = (row / 2) + EncodingTables.FirstLead;
        if (lead > UpperLeads)
            lead += LeadGap;
        var trail = row % 2 == 1 ? cell + EvenRowOffset : cell + EncodingTables.FirstTrail;
        if (row % 2 == 0 && trail >= TrailGap)
            trail++;
        return Found(PairOf(lead, trail, table), 2, out character);
    }
}
