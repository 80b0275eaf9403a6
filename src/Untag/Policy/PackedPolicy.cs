using System.IO.Compression;
using System.Text;

namespace Untag.Policy;

/// <summary>A file of the policy as it lies in the program.</summary>
/// <param name="Name">Path from the repository, such as <c>policy/traits/race.yaml</c>.</param>
/// <param name="Digest">SHA-256 of its bytes, in lower-case hexadecimal.</param>
/// <param name="Tree">What it says.</param>
internal sealed record PackedFile(string Name, string Digest, YamlTree? Tree);

/// <summary>The embedded policy: trees instead of YAML, because every command waits for it. Packed when Untag is built
/// (<c>eng/PolicyPack</c>), from the same files and by the same <see cref="YamlTree"/> that reads a policy on disk.</summary>
internal static class PackedPolicy
{
    private const byte NothingMark = 0, ScalarMark = 1, SequenceMark = 2, MappingMark = 3;

    /// <summary>Writes files in the order given.</summary>
    public static void Write(Stream stream, IReadOnlyList<PackedFile> files)
    {
        using var packed = new DeflateStream(stream, CompressionLevel.SmallestSize, leaveOpen: true);
        using var writer = new BinaryWriter(packed, Encoding.UTF8);
        writer.Write7BitEncodedInt(files.Count);
        foreach (var file in files)
        {
            writer.Write(file.Name);
            writer.Write(file.Digest);
            Write(writer, file.Tree);
        }
    }

    /// <summary>Reads what <see cref="Write(Stream, IReadOnlyList{PackedFile})"/> wrote.</summary>
    public static IReadOnlyList<PackedFile> Read(Stream stream)
    {
        using var packed = new DeflateStream(stream, CompressionMode.Decompress);
        using var reader = new BinaryReader(new BufferedStream(packed), Encoding.UTF8);
        var files = new PackedFile[reader.Read7BitEncodedInt()];
        for (var i = 0; i < files.Length; i++)
            files[i] = new PackedFile(reader.ReadString(), reader.ReadString(), ReadTree(reader));
        return files;
    }

    private static void Write(BinaryWriter writer, YamlTree? tree)
    {
        switch (tree)
        {
            case null:
                writer.Write(NothingMark);
                break;
            case YamlTree.Scalar scalar:
                writer.Write(ScalarMark);
                WriteScalar(writer, scalar);
                break;
            case YamlTree.Sequence list:
                writer.Write(SequenceMark);
                writer.Write7BitEncodedInt(list.Line);
                writer.Write7BitEncodedInt(list.Items.Count);
                foreach (var item in list.Items)
                    Write(writer, item);
                break;
            case YamlTree.Mapping mapping:
                writer.Write(MappingMark);
                writer.Write7BitEncodedInt(mapping.Line);
                writer.Write7BitEncodedInt(mapping.Members.Count);
                foreach (var (key, value) in mapping.Members)
                {
                    WriteScalar(writer, key);
                    Write(writer, value);
                }

                break;
        }
    }

    private static void WriteScalar(BinaryWriter writer, YamlTree.Scalar scalar)
    {
        writer.Write7BitEncodedInt(scalar.Line);
        writer.Write(scalar.Text);
    }

    private static YamlTree? ReadTree(BinaryReader reader)
    {
        switch (reader.ReadByte())
        {
            case NothingMark:
                return null;
            case ScalarMark:
                return ReadScalar(reader);
            case SequenceMark:
                var listLine = reader.Read7BitEncodedInt();
                var items = new YamlTree[reader.Read7BitEncodedInt()];
                for (var i = 0; i < items.Length; i++)
                    items[i] = ReadTree(reader)!;
                return new YamlTree.Sequence(items, listLine);
            default:
                var line = reader.Read7BitEncodedInt();
                var members = new (YamlTree.Scalar, YamlTree)[reader.Read7BitEncodedInt()];
                for (var i = 0; i < members.Length; i++)
                    members[i] = (ReadScalar(reader), ReadTree(reader)!);
                return new YamlTree.Mapping(members, line);
        }
    }

    private static YamlTree.Scalar ReadScalar(BinaryReader reader)
    {
        var line = reader.Read7BitEncodedInt();
        return new YamlTree.Scalar(reader.ReadString(), line);
    }
}
