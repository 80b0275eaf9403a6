using System.Text;

namespace Untag.Scan.Reading.Binaries;

/// <summary>Reads WebAssembly modules.</summary>
internal sealed class WasmReader : IBinaryReader
{
    private const int Custom = 0, Import = 2, Function = 3, Export = 7, Code = 10, DataSegments = 11;
    private const int HeaderBytes = 8;

    public string Name => "WebAssembly";

    public string Reads => "names of imports, exports and functions, and the strings in its data";

    public bool HidesText => false;

    public bool Recognises(string path, ReadOnlySpan<byte> head) => head.StartsWith("\0asm"u8);

    public ReadResult Read(string path, Stream stream)
    {
        var source = new BinarySource(stream);
        var passages = new ImagePassages("wasm", "");
        var file = new WasmCursor(source, HeaderBytes);
        var declaresCode = false;
        var hasCode = false;
        source.Slice(0, HeaderBytes);
        while (file.At < source.Length)
        {
            var id = file.Byte();
            var size = file.Number();
            AddSection(id, source.Slice(file.At, size), passages);
            declaresCode |= id == Function;
            hasCode |= id == Code;
            file.Skip(size);
        }

        if (declaresCode && !hasCode)
            passages.AddProblem(Binaries.Outline.CutProblem);
        return passages.Result(source);
    }

    private static void AddSection(int id, BinarySource section, ImagePassages passages)
    {
        var cursor = new WasmCursor(section, 0);
        switch (id)
        {
            case Import:
                passages.AddEntries("imports", Imports(cursor));
                break;
            case Export:
                passages.AddEntries("exports", Exports(cursor));
                break;
            case Custom when cursor.Text() is var name:
                if (name == "name")
                    passages.AddEntries("names", Names(cursor));
                else
                    passages.AddData($"section {name}", section, cursor.At, section.Length - cursor.At);
                break;
            case DataSegments:
                passages.AddData("data", section, 0, section.Length);
                break;
        }
    }

    private static EntryList Exports(WasmCursor cursor)
    {
        var names = new EntryList();
        for (var count = cursor.Number(); count > 0 && !cursor.IsAtEnd; count--)
        {
            Add(names, cursor.Text());
            cursor.Byte(); // what it is
            cursor.Number(); // which of them
        }

        return names;
    }

    private static EntryList Imports(WasmCursor cursor)
    {
        const int Table = 1, Memory = 2, Global = 3;
        var names = new EntryList();
        for (var count = cursor.Number(); count > 0 && !cursor.IsAtEnd; count--)
        {
            Add(names, cursor.Text()); // the module
            Add(names, cursor.Text());
            var kind = cursor.Byte();
            if (kind is Table or Global)
                cursor.Byte(); // the type of its values
            if (kind is Table or Memory)
                SkipLimits(cursor);
            else
                cursor.Number();
        }

        return names;
    }

    private static void SkipLimits(WasmCursor cursor)
    {
        var hasMost = (cursor.Byte() & 1) != 0;
        cursor.Number();
        if (hasMost)
            cursor.Number();
    }

    // Names of functions, then names of their variables, in the same form.
    private static EntryList Names(WasmCursor cursor)
    {
        const int OfModule = 0, OfLocals = 2;
        var names = new EntryList();
        while (!cursor.IsAtEnd)
        {
            var id = cursor.Byte();
            var end = cursor.Number() + cursor.At;
            if (id == OfModule)
                Add(names, cursor.Text());
            for (var count = id == OfModule ? 0 : cursor.Number(); count > 0 && cursor.At < end && !cursor.IsAtEnd; count--)
            {
                cursor.Number(); // which of them
                for (var inner = id == OfLocals ? cursor.Number() : 1; inner > 0 && cursor.At < end && !cursor.IsAtEnd; inner--)
                {
                    if (id == OfLocals)
                        cursor.Number();
                    Add(names, cursor.Text());
                }
            }

            cursor.Skip(Math.Max(0, end - cursor.At));
        }

        return names;
    }

    private static void Add(EntryList names, string name) =>
        names.Add(TokenKind.Identifier, MangledName.Identifiers(name) ?? name, group: 0);
}

/// <summary>Reads the numbers and names of a WebAssembly module one after the other.</summary>
internal sealed class WasmCursor(BinarySource source, long at)
{
    private const int NumberBits = 35;
    private const int NameBytesMax = 4096;

    public long At { get; private set; } = at;

    public bool IsAtEnd => At >= source.Length;

    public int Byte() => (int)source.Number(At++, 1);

    /// <summary>A number in groups of seven bits, the smallest first.</summary>
    public long Number()
    {
        long value = 0;
        for (var shift = 0; shift < NumberBits; shift += 7)
        {
            var part = Byte();
            value |= (part & 0x7FL) << shift;
            if ((part & 0x80) == 0)
                break;
        }

        return value;
    }

    /// <summary>A text after its length.</summary>
    public string Text()
    {
        var length = Number();
        var text = Encoding.UTF8.GetString(source.Read(At, Math.Min(length, NameBytesMax)));
        Skip(length);
        return text;
    }

    public void Skip(long count) => At += count;
}
