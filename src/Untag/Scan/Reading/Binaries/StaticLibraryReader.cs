using System.Globalization;
using System.Text;

namespace Untag.Scan.Reading.Binaries;

/// <summary>Reads static libraries (<c>.a</c>, <c>.lib</c>): archives of object files.</summary>
internal sealed class StaticLibraryReader : IBinaryReader
{
    private const int HeaderBytes = 60;

    public string Name => "static libraries";

    public string Reads => "each object file in it";

    public bool HidesText => false;

    public bool Recognises(string path, ReadOnlySpan<byte> head) => head.StartsWith("!<arch>\n"u8);

    public ReadResult Read(string path, Stream stream) => Read(new BinarySource(stream), "");

    /// <summary>Reads an object file, or a library of them, that is a part of another file.</summary>
    /// <param name="source">Its bytes.</param>
    /// <param name="within">Which part it is, with a blank after it.</param>
    public static ReadResult ReadMember(BinarySource source, string within)
    {
        var head = source.Read(0, Math.Min(8, source.Length)).AsSpan();
        if (head.StartsWith("!<arch>\n"u8))
            return Read(source, within);
        if (head.StartsWith(ElfReader.Magic))
            return ElfReader.Read(source, within);
        if (MachOReader.IsMachO(source))
            return MachOReader.Read(source, within);
        var passages = new ImagePassages("binary", within);
        passages.AddData("data", source, 0, source.Length);
        return passages.Result(source);
    }

    private static ReadResult Read(BinarySource source, string within)
    {
        var passages = new ImagePassages("static library", within);
        var at = 8L;
        while (at + HeaderBytes <= source.Length)
        {
            var header = Encoding.Latin1.GetString(source.Read(at, HeaderBytes));
            if (!long.TryParse(header.AsSpan(48, 10).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            {
                passages.AddProblem($"damaged at byte {at}: what follows was not read");
                break;
            }

            var member = source.Slice(at + HeaderBytes, size);
            var name = header[..16].Trim().TrimEnd('/');
            // A long name stands before the member's bytes, which must be aligned all the same.
            var nameBytes = name.StartsWith("#1/", StringComparison.Ordinal)
                && int.TryParse(name.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : 0;
            if (nameBytes > 0)
            {
                name = Encoding.Latin1.GetString(member.Read(0, nameBytes)).TrimEnd('\0');
                member = member.Slice(nameBytes, Math.Max(0, member.Length - nameBytes));
            }

            passages.Add(ReadMember(member, $"{within}{(name.Length == 0 ? "index" : name)} "));
            at += HeaderBytes + size + (size & 1);
        }

        if (at < source.Length && source.Length - at < HeaderBytes)
            source.Slice(at, HeaderBytes);
        return passages.Result(source);
    }
}
