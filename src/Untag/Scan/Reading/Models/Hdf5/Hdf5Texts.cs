using System.Text;

namespace Untag.Scan.Reading.Models.Hdf5;

/// <summary>Reads the attributes that hold texts, and the shapes of data sets. What stands in a data set is never read:
/// it is weights, or rows about persons.</summary>
internal sealed class Hdf5Texts(Hdf5File file)
{
    private const int NameBytesMax = 64 * 1024;
    private const int TextsMax = 100_000;
    private const int FixedTextClass = 3, VaryingClass = 9;

    private readonly Hdf5TextHeap heap = new(file);

    /// <summary>The name and the texts of the attribute that stands here; no texts when it holds numbers.</summary>
    public (string Name, List<string> Texts) OfAttribute(long start)
    {
        var source = file.Source;
        var at = start;
        var version = source.Byte(at);
        int nameBytes = source.UInt16(at + 2), typeBytes = source.UInt16(at + 4), spaceBytes = source.UInt16(at + 6);
        at += version == 3 ? 9 : 8;
        if (version is 0 or > 3)
        {
            source.Damage($"damaged at byte {start}: no attribute stands there");
            return ("", []);
        }

        var name = source.Text(at, nameBytes).TrimEnd('\0');
        at += version == 1 ? Padded(nameBytes) : nameBytes;
        var type = at;
        at += version == 1 ? Padded(typeBytes) : typeBytes;
        var shape = Shape(at);
        at += version == 1 ? Padded(spaceBytes) : spaceBytes;
        if (shape is null || source.IsDamaged)
            return (name, []);
        return (name, Texts(type, at, Count(shape, source)));
    }

    /// <summary>The dimensions that a message about a data space gives; empty for a single value, null for none.</summary>
    public List<long>? Shape(long at)
    {
        const int RankMax = 32;
        const int NullSpace = 2;
        var source = file.Source;
        var version = source.Byte(at);
        int rank = source.Byte(at + 1);
        if (version is not (1 or 2) || rank > RankMax || (version == 2 && source.Byte(at + 3) == NullSpace))
            return null;
        var shape = new List<long>(rank);
        var first = at + (version == 1 ? 8 : 4);
        for (var i = 0; i < rank && !source.IsDamaged; i++)
            shape.Add(file.Size(first + ((long)i * file.SizeBytes)));
        return shape;
    }

    /// <summary>The text up to the next NUL.</summary>
    public static string UpToNul(ByteSource source, long at)
    {
        var end = at;
        while (!source.IsDamaged && end - at < NameBytesMax && source.Byte(end) != 0)
            end++;
        return source.IsDamaged ? "" : source.Text(at, end - at);
    }

    private static long Padded(int length) => (length + 7) & ~7;

    private static long Count(List<long> shape, ByteSource source)
    {
        long count = 1;
        foreach (var size in shape)
        {
            if (size < 0 || size > source.Length || count > source.Length)
                return 0;
            count *= Math.Max(size, 0);
        }

        return Math.Min(count, TextsMax);
    }

    private List<string> Texts(long type, long at, long count)
    {
        var source = file.Source;
        var texts = new List<string>();
        var kind = source.Byte(type) & 0x0F;
        long itemBytes = source.UInt32(type + 4);
        var isVaryingText = kind == VaryingClass && (source.Byte(type + 1) & 0x0F) == 1;
        if ((kind != FixedTextClass && !isVaryingText) || itemBytes == 0 || !source.Holds(at, Math.Min(count, TextsMax)))
            return texts;
        for (long i = 0; i < count && !source.IsDamaged; i++, at += itemBytes)
        {
            var text = isVaryingText ? heap.Bytes(at) : source.Bytes(at, itemBytes);
            texts.Add(Encoding.UTF8.GetString(text).TrimEnd('\0', ' '));
        }

        return texts;
    }
}
