using System.Text;

namespace Untag.Scan.Reading.Binaries;

/// <summary>Reads PE files: the libraries and programs of Windows, and assemblies of .NET.</summary>
internal sealed class PeReader : IBinaryReader
{
    public string Name => "PE libraries and programs, .NET assemblies";

    public string Reads => "strings in single bytes and UTF-16, resources, version; of .NET types, members, strings, attributes";

    public bool HidesText => false;

    public bool Recognises(string path, ReadOnlySpan<byte> head) =>
        head.StartsWith("MZ"u8) && head.Contains((byte)0);

    public ReadResult Read(string path, Stream stream)
    {
        var source = new BinarySource(stream);
        var image = new PeImage(source);
        var passages = new ImagePassages("pe", "");
        if (!image.IsPe)
        {
            passages.AddData("program", source, 0, source.Length);
            return passages.Result(source);
        }

        if (image.Metadata.Size > 0)
            passages.Add(new DotNetAssembly(image, source).Read());
        if (!image.IsPureNet)
            AddSections(image, source, passages);
        if (image.ResourceTable.Size > 0)
            new PeResources(image, source).AddTo(passages);
        if (image.End < source.Length)
            passages.AddData("after the last section", source, image.End, source.Length - image.End);
        return passages.Result(source);
    }

    public Outline Outline(Stream stream)
    {
        var source = new BinarySource(stream);
        var image = new PeImage(source);
        var text = new StringBuilder();
        if (image.IsPe && image.Metadata.Size > 0)
            DotNetHeaps.AppendText(image, source, text);
        if (image.IsPe && !image.IsPureNet)
        {
            foreach (var section in image.Sections)
            {
                if (!section.IsCode && section.Name is not (".rsrc" or ".reloc" or ".pdata"))
                    ImagePassages.AppendWide(source, section.Offset, section.Size, width: 2, text);
            }
        }

        if (image.ResourceTable.Size > 0)
            new PeResources(image, source).AppendWide(text);
        return new Outline(
            Encoding.UTF8.GetBytes(text.ToString()), source.IsCut ? Binaries.Outline.CutProblem : null)
        {
            Code = [.. CodeOf(image)],
        };
    }

    // The section of the instructions holds what describes an assembly, too.
    private static IEnumerable<CodeRange> CodeOf(PeImage image) => image.Sections
        .Where(section => section.IsCode || section.Name is ".reloc" or ".pdata" or ".managed")
        .SelectMany(section => new CodeRange(section.Offset, section.Offset + section.Size)
            .Without(image.Metadata.Offset, image.Metadata.Size))
        .SelectMany(range => range.Without(image.NetResources.Offset, image.NetResources.Size))
        .SelectMany(range => range.Without(image.ResourceTable.Offset, image.ResourceTable.Size));

    private static void AddSections(PeImage image, BinarySource source, ImagePassages passages)
    {
        foreach (var section in image.Sections)
        {
            var inner = $"section {section.Name}";
            if (section.IsCode)
                passages.AddCode(inner, source, section.Offset, section.Size);
            else if (section.Name is not (".rsrc" or ".reloc" or ".pdata"))
                passages.AddData(inner, source, section.Offset, section.Size);
        }
    }
}
