using System.Text;

namespace Untag.Scan.Reading.Binaries;

/// <summary>A section of a PE file.</summary>
internal readonly record struct PeSection(string Name, long Address, long Offset, long Size, bool IsCode);

/// <summary>The headers of a PE file: its sections, and where its resources and its .NET metadata are.</summary>
internal sealed class PeImage
{
    private const int SectionHeaderBytes = 40;
    private const int Resources = 2, Clr = 14;

    private readonly BinarySource source;
    private readonly List<PeSection> sections = [];

    /// <summary>Reads the headers.</summary>
    public PeImage(BinarySource source)
    {
        const int WideMagic = 0x20B, Code = 0x20;
        this.source = source;
        var header = source.Number(0x3C, 4);
        if (source.Number(header, 4) != 0x4550) // "PE\0\0"
            return;
        IsPe = true;
        var optional = header + 24;
        var isWide = source.Number(optional, 2) == WideMagic;
        var directories = optional + (isWide ? 112 : 96);
        var table = optional + source.Number(header + 20, 2);
        for (var i = 0; i < source.Number(header + 6, 2); i++)
        {
            var entry = source.Read(table + (i * (long)SectionHeaderBytes), SectionHeaderBytes);
            if (entry.Length < SectionHeaderBytes)
                break;
            // What is in memory only has no bytes in the file; what is in the file only pads it.
            var inMemory = source.NumberOf(entry.AsSpan(8, 4));
            var inFile = source.NumberOf(entry.AsSpan(16, 4));
            var size = inMemory == 0 ? inFile : Math.Min(inMemory, inFile);
            var section = new PeSection(
                Encoding.Latin1.GetString(entry.AsSpan(0, 8).TrimEnd((byte)0)), source.NumberOf(entry.AsSpan(12, 4)),
                source.NumberOf(entry.AsSpan(20, 4)), size, (source.NumberOf(entry.AsSpan(36, 4)) & Code) != 0);
            sections.Add(section);
            source.Slice(section.Offset, inFile); // remembers what is cut off
            End = Math.Max(End, section.Offset + inFile);
        }

        ResourceTable = Directory(directories, Resources);
        ReadClrHeader(Directory(directories, Clr));
    }

    /// <summary>False when the file only begins like one, as programs of DOS do.</summary>
    public bool IsPe { get; }

    /// <summary>The sections, in the order of the file's table.</summary>
    public IReadOnlyList<PeSection> Sections => sections;

    /// <summary>Where the last section ends.</summary>
    public long End { get; }

    /// <summary>The resources; of size 0 when there are none.</summary>
    public (long Offset, long Size) ResourceTable { get; }

    /// <summary>The .NET metadata; of size 0 when there is none.</summary>
    public (long Offset, long Size) Metadata { get; private set; }

    /// <summary>The resources of .NET; of size 0 when there are none.</summary>
    public (long Offset, long Size) NetResources { get; private set; }

    /// <summary>True when nothing but .NET is in the file: no strings are outside of its metadata.</summary>
    public bool IsPureNet { get; private set; }

    /// <summary>The place in the file of an address in memory; -1 when no section holds it.</summary>
    public long OffsetOf(long address)
    {
        foreach (var section in sections)
        {
            if (address >= section.Address && address < section.Address + section.Size)
                return address - section.Address + section.Offset;
        }

        return -1;
    }

    private (long Offset, long Size) Directory(long directories, int index)
    {
        var address = source.Number(directories + (index * 8), 4);
        var size = source.Number(directories + (index * 8) + 4, 4);
        var offset = size == 0 ? -1 : OffsetOf(address);
        return offset < 0 ? (0, 0) : (offset, size);
    }

    private void ReadClrHeader((long Offset, long Size) header)
    {
        const int OnlyNet = 1;
        if (header.Size == 0)
            return;
        var metadata = OffsetOf(source.Number(header.Offset + 8, 4));
        if (metadata < 0)
            return;
        Metadata = (metadata, source.Number(header.Offset + 12, 4));
        if (OffsetOf(source.Number(header.Offset + 24, 4)) is var resources and > 0)
            NetResources = (resources, source.Number(header.Offset + 28, 4));
        // Code that was compiled ahead of time is not only .NET, but says where its own header is.
        IsPureNet = (source.Number(header.Offset + 16, 4) & OnlyNet) != 0 || source.Number(header.Offset + 68, 4) != 0;
    }
}
