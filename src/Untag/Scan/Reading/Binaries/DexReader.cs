namespace Untag.Scan.Reading.Binaries;

/// <summary>Reads dex files, the compiled code of Android.</summary>
internal sealed class DexReader : IBinaryReader
{
    private const int HeaderBytes = 112;

    public string Name => "Android dex";

    public string Reads => "names of classes with their fields and methods, and strings";

    public bool HidesText => false;

    public bool Recognises(string path, ReadOnlySpan<byte> head) => head.StartsWith("dex\n0"u8);

    public Outline Outline(Stream stream)
    {
        var source = new BinarySource(stream);
        return new Outline([], source.Number(32, 4) > source.Length ? Binaries.Outline.CutProblem : null);
    }

    public ReadResult Read(string path, Stream stream)
    {
        var source = new BinarySource(stream);
        var passages = new ImagePassages("dex", "");
        source.Slice(0, Math.Max(HeaderBytes, source.Number(32, 4))); // remembers what is cut off
        var file = new DexFile(source);
        var classes = new SortedDictionary<int, EntryList>();
        foreach (var (type, name) in file.Fields().Concat(file.Methods()))
        {
            if (!classes.TryGetValue(type, out var entries))
            {
                classes[type] = entries = new EntryList();
                entries.Add(TokenKind.Identifier, file.UseAsName(file.TypeName(type)), group: 0);
            }

            entries.Add(TokenKind.Identifier, file.UseAsName(name), group: 1);
        }

        foreach (var (type, entries) in classes)
            passages.AddEntries($"class {ClassName(file.Text(file.TypeName(type)))}", entries);
        var strings = new EntryList();
        foreach (var text in file.OtherStrings())
            strings.Add(TokenKind.Run, text, group: 0);
        passages.AddEntries("strings", strings);
        if (file.IsDamaged)
            passages.AddProblem("its tables lead outside of the file: read as far as they are whole");
        return passages.Result(source);
    }

    // `Lcom/vendor/Face;`
    private static string ClassName(string descriptor) => descriptor.TrimStart('[').TrimStart('L').TrimEnd(';');
}
