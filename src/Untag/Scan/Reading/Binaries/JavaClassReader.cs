namespace Untag.Scan.Reading.Binaries;

/// <summary>Reads class files of Java.</summary>
internal sealed class JavaClassReader : IBinaryReader
{
    private const int OldestVersion = 45; // below it, the same first bytes are those of a Mach-O file for many processors
    private const int MemberHeaderBytes = 8;
    private const int IsEnumMember = 0x4000;

    public string Name => "Java classes";

    public string Reads => "names of the class, its members and what it uses, and strings";

    public bool HidesText => false;

    public bool Recognises(string path, ReadOnlySpan<byte> head) =>
        head.Length >= 8 && head.StartsWith((ReadOnlySpan<byte>)[0xCA, 0xFE, 0xBA, 0xBE])
        && ((head[6] << 8) | head[7]) >= OldestVersion;

    public ReadResult Read(string path, Stream stream)
    {
        var source = new BinarySource(stream).InOrder(isBigEndian: true);
        var passages = new ImagePassages("java class", "");
        var pool = new ConstantPool(source);
        var name = pool.ClassName((int)source.Number(pool.End + 2, 2));
        var enumMembers = new EntryList();
        enumMembers.Add(TokenKind.Identifier, name, group: 0);
        var at = pool.End + 6 + 2 + (2 * source.Number(pool.End + 6, 2)); // past the interfaces
        at = AddFields(source, pool, at, enumMembers);
        SkipMembers(source, at);
        if (enumMembers.Tokens.Count > 1)
            passages.AddEntries($"enum {name}", enumMembers);
        var entries = new EntryList();
        foreach (var (text, isString) in pool.Texts())
            entries.Add(isString ? TokenKind.Run : TokenKind.Identifier, text, group: 0);
        passages.AddEntries($"class {name}", entries);
        if (pool.IsDamaged)
            passages.AddProblem("its table of constants is damaged: read up to the damage");
        return passages.Result(source);
    }

    private static long AddFields(BinarySource source, ConstantPool pool, long at, EntryList enumMembers)
    {
        var count = source.Number(at, 2);
        at += 2;
        for (var i = 0; i < count && at < source.Length; i++)
        {
            if ((source.Number(at, 2) & IsEnumMember) != 0)
                enumMembers.Add(TokenKind.Identifier, pool.Text((int)source.Number(at + 2, 2)), group: 1);
            at = EndOfMember(source, at);
        }

        return at;
    }

    // Nothing of the methods is needed; that they end where the file does tells that it is whole.
    private static void SkipMembers(BinarySource source, long at)
    {
        var count = source.Number(at, 2);
        at += 2;
        for (var i = 0; i < count && at < source.Length; i++)
            at = EndOfMember(source, at);
        source.Slice(0, EndOfAttributes(source, at));
    }

    private static long EndOfMember(BinarySource source, long at) => EndOfAttributes(source, at + MemberHeaderBytes - 2);

    private static long EndOfAttributes(BinarySource source, long at)
    {
        var count = source.Number(at, 2);
        at += 2;
        for (var i = 0; i < count && at < source.Length; i++)
            at += 6 + source.Number(at + 2, 4);
        return at;
    }
}
