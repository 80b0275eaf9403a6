using System.IO.Compression;

namespace Untag.Scan.Reading.Encodings;

/// <summary>What the bytes of the encodings from before Unicode stand for. The framework's own tables are ten times as
/// large, and these are half a megabyte when they are unpacked, which happens when a file first needs them.</summary>
internal static class EncodingTables
{
    /// <summary>The range of the first bytes of a pair.</summary>
    public const int FirstLead = 0x81, LastLead = 0xFE;

    /// <summary>The range of the second bytes of a pair.</summary>
    public const int FirstTrail = 0x40, LastTrail = 0xFE;

    /// <summary>Number of second bytes: the length of a row of pairs.</summary>
    public const int Trails = LastTrail - FirstTrail + 1;

    private const int UpperHalf = 0x80;

    private static readonly string[] Single =
        ["windows-1252", "windows-1251", "koi8-r", "windows-1254", "windows-1256", "windows-1250", "windows-1253",
         "windows-1255", "windows-874", "iso-8859-2", "iso-8859-5", "iso-8859-7", "iso-8859-15", "ibm866", "koi8-u"];

    private static readonly string[] Pairs = ["gb18030", "big5", "shift_jis", "euc-kr"];

    private static readonly Lazy<Dictionary<string, char[]>> All = new(Load);

    /// <summary>The names of the encodings of single bytes.</summary>
    public static IReadOnlyList<string> SingleNames => Single;

    /// <summary>The characters of an encoding: of the upper half of the bytes, or of all pairs; NUL where there is none.</summary>
    public static char[] Of(string name) => All.Value[name];

    private static Dictionary<string, char[]> Load()
    {
        using var packed = typeof(EncodingTables).Assembly.GetManifestResourceStream("encodings/tables.bin")!;
        using var unpacked = new DeflateStream(packed, CompressionMode.Decompress);
        var tables = new Dictionary<string, char[]>(StringComparer.Ordinal);
        foreach (var name in Single)
            tables[name] = Table(unpacked, UpperHalf);
        foreach (var name in Pairs)
            tables[name] = Table(unpacked, (LastLead - FirstLead + 1) * Trails);
        return tables;
    }

    // Differences to the character before, all their small bytes first: so they pack to a quarter.
    private static char[] Table(DeflateStream unpacked, int count)
    {
        var bytes = new byte[2 * count];
        unpacked.ReadExactly(bytes);
        var table = new char[count];
        var previous = 0;
        for (var i = 0; i < count; i++)
        {
            var difference = bytes[i] | (bytes[count + i] << 8);
            if (difference == 0)
                continue;
            previous = (previous + difference) & char.MaxValue;
            table[i] = (char)previous;
        }

        return table;
    }
}
