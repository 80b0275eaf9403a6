using System.Text;

namespace Untag.Scan.Reading.Binaries;

/// <summary>Reads Mach-O files, the libraries and programs of Apple's systems, alone or several for as many processors
/// in one file.</summary>
internal sealed class MachOReader : IBinaryReader
{
    private const uint Wide = 0xFEEDFACF, Narrow = 0xFEEDFACE, Fat = 0xCAFEBABE, FatWide = 0xCAFEBABF;
    private const int SlicesMax = 40; // a class file of Java begins alike; its version follows, which is larger
    private const int CommandsMax = 64 * 1024;

    public string Name => "Mach-O libraries and programs";

    public string Reads => "strings, names of Objective-C classes and methods, names of symbols; each processor's part";

    public bool HidesText => false;

    public bool Recognises(string path, ReadOnlySpan<byte> head)
    {
        if (head.Length < 8)
            return false;
        var big = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(head);
        var little = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(head);
        return big is Wide or Narrow || little is Wide or Narrow
            || (big is Fat or FatWide && System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(head[4..]) is > 0 and < SlicesMax);
    }

    public ReadResult Read(string path, Stream stream)
    {
        var source = new BinarySource(stream);
        var slices = Slices(source);
        var passages = new ImagePassages("mach-o", "");
        foreach (var (slice, within) in slices)
            passages.Add(StaticLibraryReader.ReadMember(slice, within));
        return passages.Result(source);
    }

    /// <summary>Reads a Mach-O file that is a part of another file.</summary>
    public static ReadResult Read(BinarySource file, string within)
    {
        var passages = new ImagePassages("mach-o", within);
        var source = Commands(file, out var sections, out var names, out var isEncrypted);
        if (isEncrypted)
            passages.AddProblem("its strings are encrypted: take the library as the vendor ships it to developers");
        foreach (var section in sections)
        {
            var inner = $"section {section.Segment},{section.Name}";
            if (section.Name.StartsWith("__objc_meth", StringComparison.Ordinal) || section.Name == "__objc_classname")
                passages.AddNames(inner, source, section.Offset, section.Size);
            else if (section.IsCode)
                passages.AddCode(inner, source, section.Offset, section.Size);
            else if (section.Segment != "__DWARF" || section.Name == "__debug_str")
                passages.AddData(inner, source, section.Offset, section.Size);
        }

        if (names.Size > 0)
            passages.AddNames("symbols", source, names.Offset, names.Size);
        return passages.Result(source);
    }

    public Outline Outline(Stream stream)
    {
        var file = new BinarySource(stream);
        var text = new StringBuilder();
        var isCut = false;
        foreach (var (slice, _) in Slices(file))
        {
            if (!IsMachO(slice))
                continue;
            var source = Commands(slice, out var sections, out _, out _);
            foreach (var section in sections)
            {
                if (!section.IsCode)
                    ImagePassages.AppendWide(source, section.Offset, section.Size, width: 2, text);
            }

            isCut |= source.IsCut;
        }

        return new Outline(
            Encoding.UTF8.GetBytes(text.ToString()), isCut || file.IsCut ? Binaries.Outline.CutProblem : null);
    }

    /// <summary>True when the bytes begin as a Mach-O file for one processor does.</summary>
    public static bool IsMachO(BinarySource source) =>
        source.Length >= 4 && (uint)source.InOrder(isBigEndian: true).Number(0, 4) is Wide or Narrow
        || (source.Length >= 4 && (uint)source.InOrder(isBigEndian: false).Number(0, 4) is Wide or Narrow);

    private static List<(BinarySource Source, string Within)> Slices(BinarySource file)
    {
        var source = file.InOrder(isBigEndian: true);
        var magic = (uint)source.Number(0, 4);
        if (magic is not (Fat or FatWide))
            return [(file, "")];
        var isWide = magic == FatWide;
        var entry = isWide ? 32 : 20;
        var slices = new List<(BinarySource, string)>();
        for (var i = 0; i < Math.Min(source.Number(4, 4), SlicesMax); i++)
        {
            var at = 8 + (i * (long)entry);
            var processor = source.Number(at, 4);
            var offset = source.Number(at + 8, isWide ? 8 : 4);
            var size = source.Number(at + (isWide ? 16 : 12), isWide ? 8 : 4);
            slices.Add((file.Slice(offset, size), $"{ProcessorName(processor)} "));
        }

        return slices;
    }

    private static string ProcessorName(long processor) => processor switch
    {
        7 => "x86",
        12 => "arm",
        0x1000007 => "x86_64",
        0x100000C => "arm64",
        0x200000C => "arm64_32",
        _ => $"processor {processor}",
    };

    private static BinarySource Commands(
        BinarySource file, out List<Section> sections, out (long Offset, long Size) names, out bool isEncrypted)
    {
        const int Segment = 1, SymbolTable = 2, WideSegment = 0x19, Encryption = 0x21, WideEncryption = 0x2C;
        var source = file.InOrder((uint)file.InOrder(isBigEndian: true).Number(0, 4) is Wide or Narrow);
        var isWide = (uint)source.Number(0, 4) == Wide;
        sections = [];
        names = default;
        isEncrypted = false;
        var at = isWide ? 32L : 28L;
        var count = Math.Min(source.Number(16, 4), CommandsMax);
        for (var i = 0; i < count && at + 8 <= source.Length; i++)
        {
            var command = source.Number(at, 4) & 0x7FFFFFFF;
            var size = source.Number(at + 4, 4);
            if (size < 8)
            {
                source.Slice(-1, 0); // the list is damaged: what follows is not known
                break;
            }

            if (command is Segment or WideSegment)
                AddSections(source, at, size, isWide: command == WideSegment, sections);
            else if (command == SymbolTable)
                names = (source.Number(at + 16, 4), source.Number(at + 20, 4));
            else if (command is Encryption or WideEncryption)
                isEncrypted |= source.Number(at + 16, 4) != 0;
            at += size;
        }

        if (at > source.Length || (count > 0 && at + 8 > source.Length && sections.Count == 0))
            source.Slice(source.Length, 1);
        source.Slice(names.Offset, names.Size);
        return source;
    }

    private static void AddSections(BinarySource source, long at, long commandSize, bool isWide, List<Section> sections)
    {
        const long InstructionsOnly = 0x80000000, SomeInstructions = 0x400;
        const int NoBits = 1, NoBitsLarge = 12, NoBitsThread = 18;
        var headerSize = isWide ? 72 : 56;
        var entrySize = isWide ? 80 : 68;
        source.Slice(source.Number(at + (isWide ? 40 : 32), isWide ? 8 : 4), source.Number(at + (isWide ? 48 : 36), isWide ? 8 : 4));
        var count = Math.Min(source.Number(at + headerSize - 8, 4), commandSize / entrySize);
        for (var i = 0; i < count; i++)
        {
            var entry = source.Read(at + headerSize + (i * (long)entrySize), entrySize);
            if (entry.Length < entrySize)
                return;
            var numbers = entry.AsSpan(32);
            var size = source.NumberOf(isWide ? numbers[8..16] : numbers[4..8]);
            var offset = source.NumberOf(isWide ? numbers[16..20] : numbers[8..12]);
            var flags = source.NumberOf(isWide ? numbers[32..36] : numbers[24..28]);
            if ((flags & 0xFF) is NoBits or NoBitsLarge or NoBitsThread)
                continue;
            source.Slice(offset, size);
            sections.Add(new Section(
                NameOf(entry.AsSpan(16, 16)), NameOf(entry.AsSpan(0, 16)), offset, size,
                (flags & (InstructionsOnly | SomeInstructions)) != 0));
        }
    }

    private static string NameOf(ReadOnlySpan<byte> padded) => Encoding.Latin1.GetString(padded.TrimEnd((byte)0));

    private readonly record struct Section(string Segment, string Name, long Offset, long Size, bool IsCode);
}
