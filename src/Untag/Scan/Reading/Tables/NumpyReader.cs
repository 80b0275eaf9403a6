using System.Buffers.Binary;
using System.Text;

namespace Untag.Scan.Reading.Tables;

/// <summary>Reads what an array of NumPy says about itself: its name, the names of its fields, and its texts when they
/// are few enough to be labels. An array of objects is a pickle: it is not run, and that it was not read is said.</summary>
internal sealed class NumpyReader : IBinaryReader
{
    private const int HeaderBytesMax = 1024 * 1024;
    private const int LabelBytesMax = 4096;

    private static readonly byte[] Mark = [0x93, .. "NUMPY"u8];

    public string Name => "NumPy array (NPY, and NPZ as an archive of them)";

    public string Reads => "its name, the names of fields, and texts when there are at most 64; never the numbers";

    public bool HidesText => true;

    public bool Recognises(string path, ReadOnlySpan<byte> head) => head.StartsWith(Mark);

    public ReadResult Read(string path, Stream stream)
    {
        if (ReadHeader(stream) is not { } header)
            return new ReadResult([], "the head of the NumPy array is damaged: its fields were not read");
        var table = new TableHeader("numpy");
        var name = Path.GetFileNameWithoutExtension(path[(path.LastIndexOf('/') + 1)..]);
        var labels = Labels(header, stream, out var problem);
        table.Add(name, labels);
        foreach (var field in Fields(header))
            table.Add(field, []);
        return new ReadResult(table.ToPassage(inner: null) is { } passage ? [passage] : [], problem);
    }

    // The mark, two bytes of version, the length of the header, and the header: a dictionary as Python writes it.
    private static string? ReadHeader(Stream stream)
    {
        Span<byte> start = stackalloc byte[12];
        stream.Position = 0;
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length)
            return null;
        var isOld = start[6] < 2;
        long length = isOld
            ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..])
            : BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        stream.Position = isOld ? 10 : 12;
        if (length > HeaderBytesMax || length > stream.Length - stream.Position)
            return null;
        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        var header = Encoding.UTF8.GetString(bytes);
        var isWhole = header.Contains("'descr'", StringComparison.Ordinal) && header.Contains('}', StringComparison.Ordinal);
        return isWhole ? header : null;
    }

    // `'descr': [('race', '<i4'), ('box', [('x', '<i4')])]`: a name stands behind each bracket.
    private static IEnumerable<string> Fields(string header)
    {
        var at = 0;
        while ((at = header.IndexOf("('", at, StringComparison.Ordinal)) >= 0)
        {
            var end = header.IndexOf('\'', at + 2);
            if (end < 0)
                yield break;
            yield return header[(at + 2)..end];
            at = end;
        }
    }

    private static List<string> Labels(string header, Stream stream, out string? problem)
    {
        problem = null;
        var type = Value(header, "'descr':");
        if (type.StartsWith("'|O", StringComparison.Ordinal))
            problem = "the NumPy array holds objects of Python: they were not read";
        // '<U9': texts of nine characters of four bytes; '|S9': of nine bytes.
        if (type is not ['\'', '<' or '>' or '|' or '=', 'U' or 'S', .. var width]
            || Value(header, "'shape':") is not ['(', .. var shape]
            || !int.TryParse(width.TrimEnd('\''), out var characters)
            || !int.TryParse(shape.TrimEnd(')').TrimEnd(','), out var count)
            || characters is <= 0 or > LabelBytesMax || count is <= 0 or > LabelSet.LabelsMax)
            return [];
        var isWide = type[2] == 'U';
        var bytes = new byte[characters * (isWide ? sizeof(int) : 1)];
        Encoding encoding = isWide ? new UTF32Encoding(bigEndian: type[1] == '>', byteOrderMark: false) : Encoding.UTF8;
        var labels = new List<string>();
        for (var left = count; left > 0; left--)
        {
            if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            {
                problem = "the NumPy array is cut off";
                break;
            }

            labels.Add(encoding.GetString(bytes).TrimEnd('\0'));
        }

        return labels;
    }

    private static string Value(string header, string key)
    {
        var at = header.IndexOf(key, StringComparison.Ordinal);
        if (at < 0)
            return "";
        var rest = header[(at + key.Length)..].TrimStart();
        var end = rest.StartsWith('(') ? rest.IndexOf(')') + 1 : rest.IndexOf(',');
        return end <= 0 ? rest : rest[..end];
    }
}
