namespace Untag.Scan.Reading.Binaries;

/// <summary>The tables of a dex file: strings, types, fields and methods lead to each other by number.</summary>
internal sealed class DexFile
{
    private const int StringBytesMax = 64 * 1024;

    private readonly BinarySource source;
    private readonly byte[] strings;
    private readonly byte[] types;
    private readonly byte[] fields;
    private readonly byte[] methods;
    private readonly HashSet<int> names = [];

    /// <summary>Reads the tables.</summary>
    public DexFile(BinarySource source)
    {
        this.source = source;
        strings = Table(56, entryBytes: 4);
        types = Table(64, entryBytes: 4);
        fields = Table(80, entryBytes: 8);
        methods = Table(88, entryBytes: 8);
    }

    /// <summary>True when a number led to nothing.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>The fields: number of the type that each belongs to, and number of its name.</summary>
    public IEnumerable<(int Type, int Name)> Fields() => Members(fields);

    /// <summary>The methods, in the same way.</summary>
    public IEnumerable<(int Type, int Name)> Methods() => Members(methods);

    /// <summary>The number of a type's name; -1 when there is none.</summary>
    public int TypeName(int type) =>
        type < types.Length / 4 ? (int)Math.Min(source.NumberOf(types.AsSpan(type * 4, 4)), int.MaxValue) : -1;

    /// <summary>The string, which from now on is known to be a name.</summary>
    public string UseAsName(int index)
    {
        names.Add(index);
        return Text(index);
    }

    /// <summary>The string of a number; empty when there is none.</summary>
    public string Text(int index)
    {
        if (index < 0 || index >= strings.Length / 4)
        {
            IsDamaged = true;
            return "";
        }

        var at = source.NumberOf(strings.AsSpan(index * 4, 4));
        if (at >= source.Length)
        {
            IsDamaged = true;
            return "";
        }

        // Its length in characters comes first; the bytes end with a NUL.
        var bytes = source.Read(at, Math.Min(256, source.Length - at));
        var start = 0;
        while (start < bytes.Length && start < 5 && (bytes[start] & 0x80) != 0)
            start++;
        start = Math.Min(start + 1, bytes.Length);
        var length = bytes.AsSpan(start).IndexOf((byte)0);
        if (length < 0 && at + bytes.Length < source.Length)
        {
            bytes = source.Read(at, Math.Min(StringBytesMax, source.Length - at));
            length = bytes.AsSpan(start).IndexOf((byte)0);
        }

        return ModifiedUtf8.Decode(bytes.AsSpan(start, length < 0 ? bytes.Length - start : length));
    }

    /// <summary>The strings that are no names of members.</summary>
    public IEnumerable<string> OtherStrings()
    {
        for (var i = 0; i < strings.Length / 4; i++)
        {
            if (!names.Contains(i))
                yield return Text(i);
        }
    }

    // Each member has the number of its class, of its type or prototype, and of its name.
    private IEnumerable<(int Type, int Name)> Members(byte[] table)
    {
        for (var at = 0; at + 8 <= table.Length; at += 8)
        {
            yield return (
                (int)source.NumberOf(table.AsSpan(at, 2)),
                (int)Math.Min(source.NumberOf(table.AsSpan(at + 4, 4)), int.MaxValue));
        }
    }

    private byte[] Table(long header, int entryBytes)
    {
        var count = source.Number(header, 4);
        return count == 0 ? [] : source.Read(source.Number(header + 4, 4), count * entryBytes);
    }
}
