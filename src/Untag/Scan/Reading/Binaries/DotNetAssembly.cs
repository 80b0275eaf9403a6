using System.Reflection.Metadata;
using System.Runtime.InteropServices;

namespace Untag.Scan.Reading.Binaries;

/// <summary>Reads the metadata of a .NET assembly. Nothing of it is loaded or run.</summary>
internal sealed class DotNetAssembly(PeImage image, BinarySource source)
{
    private const int StaticBytesMax = 1 << 20;

    private readonly ImagePassages passages = new("dotnet", "");

    /// <summary>One passage for each type, for the string literals, for the names it uses of others, for the data of
    /// static fields and for each resource.</summary>
    public ReadResult Read()
    {
        try
        {
            var bytes = source.Read(image.Metadata.Offset, image.Metadata.Size);
            using var provider = MetadataReaderProvider.FromMetadataImage(ImmutableCollectionsMarshal.AsImmutableArray(bytes));
            ReadAll(provider.GetMetadataReader());
        }
        catch (Exception problem) when (problem is BadImageFormatException or InvalidOperationException
            or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            // The tables lead to each other by numbers, any of which may be wrong: what was read before is kept.
            passages.AddProblem("its .NET metadata is damaged: read up to the damage");
        }

        return passages.Result(source);
    }

    private void ReadAll(MetadataReader reader)
    {
        var statics = new SortedSet<long>();
        foreach (var handle in reader.TypeDefinitions)
        {
            var (inner, entries) = new DotNetType(reader, reader.GetTypeDefinition(handle), statics).Read();
            passages.AddEntries(inner, entries);
        }

        AddLiterals();
        AddUsed(reader);
        AddAttributes(reader);
        AddStatics(statics);
        AddResources(reader);
    }

    private void AddLiterals()
    {
        var literals = new EntryList();
        foreach (var literal in DotNetHeaps.Literals(image, source))
            literals.Add(TokenKind.Run, literal, group: 0);
        passages.AddEntries("string literals", literals);
    }

    // What a product asks of a vendor's library stands only here.
    private void AddUsed(MetadataReader reader)
    {
        var used = new EntryList();
        foreach (var handle in reader.TypeReferences)
            used.Add(TokenKind.Identifier, reader.GetString(reader.GetTypeReference(handle).Name), group: 0);
        foreach (var handle in reader.MemberReferences)
            used.Add(TokenKind.Identifier, reader.GetString(reader.GetMemberReference(handle).Name), group: 0);
        passages.AddEntries("names used", used);
    }

    private void AddAttributes(MetadataReader reader)
    {
        if (!reader.IsAssembly)
            return;
        var texts = new EntryList();
        foreach (var handle in reader.GetAssemblyDefinition().GetCustomAttributes())
            DotNetType.AddTexts(reader.GetBlobBytes(reader.GetCustomAttribute(handle).Value), texts, group: 0);
        passages.AddEntries("attributes of the assembly", texts);
    }

    // The size of a field's data is that of its type: it ends where the next begins, at the latest.
    private void AddStatics(SortedSet<long> addresses)
    {
        var offsets = addresses.Select(image.OffsetOf).Where(offset => offset >= 0).Order().ToList();
        for (var i = 0; i < offsets.Count; i++)
        {
            var end = i + 1 < offsets.Count ? offsets[i + 1] : image.End;
            var size = Math.Min(Math.Min(end, source.Length) - offsets[i], StaticBytesMax);
            passages.AddData("data of static fields", source, offsets[i], Math.Max(0, size));
        }
    }

    private void AddResources(MetadataReader reader)
    {
        foreach (var handle in reader.ManifestResources)
        {
            var resource = reader.GetManifestResource(handle);
            var at = image.NetResources.Offset + resource.Offset;
            if (!resource.Implementation.IsNil || image.NetResources.Size == 0 || at + 4 > source.Length)
                continue;
            passages.AddResource($"resource {reader.GetString(resource.Name)}", source, at + 4, source.Number(at, 4));
        }
    }
}
