using System.IO.Compression;
using System.Text;

namespace Untag.Scan.Reading.Binaries;

/// <summary>Reads ELF files: the libraries and programs of Linux and Android.</summary>
internal sealed class ElfReader : IBinaryReader
{
    private const int ProgramBits = 1, SymbolTable = 2, StringTable = 3, NoBits = 8, DynamicSymbols = 11;
    private const int Writable = 1, Executable = 4, Compressed = 0x800;
    private const int NamesBytesMax = 64 << 20;

    /// <summary>What every ELF file begins with.</summary>
    public static ReadOnlySpan<byte> Magic => [0x7F, (byte)'E', (byte)'L', (byte)'F'];

    public string Name => "ELF libraries and programs";

    public string Reads => "names of symbols, C++ names in parts; strings of the data sections, UTF-16 and UTF-32 too";

    public bool HidesText => false;

    public bool Recognises(string path, ReadOnlySpan<byte> head) => head.StartsWith(Magic);

    public ReadResult Read(string path, Stream stream) => Read(new BinarySource(stream), "");

    /// <summary>Reads an ELF file that is a part of another file.</summary>
    public static ReadResult Read(BinarySource file, string within)
    {
        var (source, sections) = Sections(file);
        var passages = new ImagePassages("elf", within);
        var end = 64L;
        foreach (var section in sections)
        {
            end = Math.Max(end, section.Type == NoBits ? 0 : section.Offset + section.Size);
            AddSection(section, source, passages);
        }

        if (sections.Count == 0)
            passages.AddData("program", source, 0, source.Length); // its sections were taken away
        else if (end < source.Length)
            passages.AddData("after the last section", source, end, source.Length - end);
        return passages.Result(source);
    }

    public Outline Outline(Stream stream)
    {
        var (source, sections) = Sections(new BinarySource(stream));
        var text = new StringBuilder();
        foreach (var section in sections)
        {
            if (section.Type == StringTable)
                AppendGlobalFunctions(source, section, text);
            if (section.Type != ProgramBits || (section.Flags & (Executable | Compressed)) != 0 || section.Address == 0)
                continue;
            ImagePassages.AppendWide(source, section.Offset, section.Size, width: 2, text);
            ImagePassages.AppendWide(source, section.Offset, section.Size, width: 4, text);
        }

        return new Outline(Encoding.UTF8.GetBytes(text.ToString()), source.IsCut ? Binaries.Outline.CutProblem : null)
        {
            Code = [.. sections.Where(IsCode).Select(section => new CodeRange(section.Offset, section.Offset + section.Size))],
        };
    }

    private static bool IsCode(Section section) => section.Type is SymbolTable or DynamicSymbols
        || (section.Type == ProgramBits && (section.Flags & Executable) != 0);

    private static void AddSection(Section section, BinarySource source, ImagePassages passages)
    {
        var inner = $"section {section.Name}";
        if ((section.Flags & Compressed) != 0)
        {
            if (section.Name == ".debug_str")
                AddCompressed(section, source, passages, inner);
        }
        else if (section.Type == StringTable || section.Name is ".debug_str" or ".debug_line_str")
        {
            if (section.Name != ".shstrtab")
                passages.AddNames(inner, source, section.Offset, section.Size);
        }
        else if (section.Type is ProgramBits && (section.Flags & Executable) != 0)
        {
            passages.AddCode(inner, source, section.Offset, section.Size);
        }
        else if (section.Type is not (NoBits or SymbolTable or DynamicSymbols) && !section.Name.StartsWith(".debug", StringComparison.Ordinal)
            && (section.Type == ProgramBits || (section.Flags & Writable) != 0))
        {
            passages.AddData(inner, source, section.Offset, section.Size);
        }
    }

    // The names of a debugger's types, packed with zlib.
    private static void AddCompressed(Section section, BinarySource source, ImagePassages passages, string inner)
    {
        const int HeaderBytes = 24;
        var packed = source.Read(section.Offset, section.Size);
        if (packed.Length < HeaderBytes)
            return;
        try
        {
            using var unpacked = new ZLibStream(new MemoryStream(packed, HeaderBytes, packed.Length - HeaderBytes), CompressionMode.Decompress);
            var bytes = new byte[Math.Clamp(source.NumberOf(packed.AsSpan(8, 8)), 0, NamesBytesMax)];
            var length = unpacked.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            passages.AddNames(inner, new BinarySource(new MemoryStream(bytes, 0, length)), 0, length);
        }
        catch (InvalidDataException)
        {
            passages.AddProblem($"{inner} cannot be unpacked");
        }
    }

    // `_Z8get_racei` runs the name into its parameter: no search sees where `race` ends.
    private static void AppendGlobalFunctions(BinarySource source, Section section, StringBuilder text)
    {
        source.ReadAll(section.Offset, section.Size, (bytes, _, isLast) =>
        {
            var at = 0;
            while (bytes[at..].IndexOf("_Z"u8) is var next and >= 0)
            {
                var start = at + next;
                var length = bytes[start..].IndexOf((byte)0);
                if (length < 0 && !isLast)
                    return start;
                length = length < 0 ? bytes.Length - start : length;
                if (length > 2 && char.IsAsciiDigit((char)bytes[start + 2]))
                    text.Append(MangledName.Identifiers(Encoding.Latin1.GetString(bytes.Slice(start, length)))).Append('\n');
                at = start + length;
            }

            return bytes.Length;
        });
    }

    private static (BinarySource Source, List<Section> Sections) Sections(BinarySource file)
    {
        const int WideClass = 2, BigEndian = 2;
        var isWide = file.Number(4, 1) == WideClass;
        var source = file.InOrder(isBigEndian: file.Number(5, 1) == BigEndian);
        var table = source.Number(isWide ? 40 : 32, isWide ? 8 : 4);
        var size = source.Number(isWide ? 58 : 46, 2);
        var count = source.Number(isWide ? 60 : 48, 2);
        var names = source.Number(isWide ? 62 : 50, 2);
        var sections = new List<Section>();
        if (table == 0 || size < (isWide ? 64 : 40))
            return (source, sections);
        var headers = source.Read(table, size * count);
        for (var i = 0; i < headers.Length / size; i++)
            sections.Add(Section.Of(source, headers.AsSpan((int)(i * size)), isWide));
        var strings = names < sections.Count ? source.Read(sections[(int)names].Offset, sections[(int)names].Size) : [];
        for (var i = 0; i < sections.Count; i++)
            sections[i] = sections[i] with { Name = NameAt(strings, sections[i].NameOffset) };
        foreach (var section in sections)
        {
            if (section.Type is not (0 or NoBits))
                source.Slice(section.Offset, section.Size); // remembers what is cut off
        }

        return (source, sections);
    }

    private static string NameAt(byte[] strings, long offset)
    {
        if (offset < 0 || offset >= strings.Length)
            return "without name";
        var rest = strings.AsSpan((int)offset);
        var length = rest.IndexOf((byte)0);
        return Encoding.Latin1.GetString(rest[..Math.Min(length < 0 ? rest.Length : length, 64)]);
    }

    private readonly record struct Section(
        string Name, long NameOffset, long Type, long Flags, long Address, long Offset, long Size)
    {
        public static Section Of(BinarySource source, ReadOnlySpan<byte> header, bool isWide) => isWide
            ? new Section(
                "", source.NumberOf(header[..4]), source.NumberOf(header[4..8]), source.NumberOf(header[8..16]),
                source.NumberOf(header[16..24]), source.NumberOf(header[24..32]), source.NumberOf(header[32..40]))
            : new Section(
                "", source.NumberOf(header[..4]), source.NumberOf(header[4..8]), source.NumberOf(header[8..12]),
                source.NumberOf(header[12..16]), source.NumberOf(header[16..20]), source.NumberOf(header[20..24]));
    }
}
