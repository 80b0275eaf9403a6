using System.Text;

namespace Untag.Scan.Reading.Binaries;

/// <summary>Finds the heaps of an assembly whose text is in UTF-16: the string literals, and the blobs, in which
/// constants are.</summary>
internal static class DotNetHeaps
{
    private const int HeapsMax = 16;

    /// <summary>Appends their text, a line each, at odd and even places.</summary>
    public static void AppendText(PeImage image, BinarySource source, StringBuilder text)
    {
        foreach (var literal in Literals(image, source))
            text.Append(literal).Append('\n');
        var (offset, size) = Find(image, source, "#Blob"u8);
        ImagePassages.AppendWide(source, offset, size, width: 2, text);
        if (size > 1)
            ImagePassages.AppendWide(source, offset + 1, size - 1, width: 2, text);
    }

    /// <summary>The string literals, in the order in which the code first uses them.</summary>
    public static IEnumerable<string> Literals(PeImage image, BinarySource source)
    {
        var (offset, size) = Find(image, source, "#US"u8);
        var heap = source.Read(offset, size);
        for (var at = 1; at < heap.Length;)
        {
            var length = Math.Min(ReadLength(heap, ref at), heap.Length - at);
            if (length > 1)
                yield return Encoding.Unicode.GetString(heap, at, length & ~1);
            at += length;
        }
    }

    /// <summary>The length that a blob begins with, in one, two or four bytes.</summary>
    /// <param name="blob">The bytes.</param>
    /// <param name="at">Where it stands; afterwards where the blob's content begins.</param>
    public static int ReadLength(ReadOnlySpan<byte> blob, ref int at)
    {
        int first = blob[at++];
        if ((first & 0x80) == 0)
            return first;
        if ((first & 0x40) == 0)
            return at < blob.Length ? ((first & 0x3F) << 8) | blob[at++] : 0;
        if (at + 3 > blob.Length)
        {
            at = blob.Length;
            return 0;
        }

        var length = ((first & 0x1F) << 24) | (blob[at] << 16) | (blob[at + 1] << 8) | blob[at + 2];
        at += 3;
        return length;
    }

    private static (long Offset, long Size) Find(PeImage image, BinarySource source, ReadOnlySpan<byte> wanted)
    {
        var root = image.Metadata.Offset;
        var at = root + 16 + source.Number(root + 12, 4);
        var count = Math.Min(source.Number(at + 2, 2), HeapsMax);
        at += 4;
        for (var i = 0; i < count; i++)
        {
            var name = source.Read(at + 8, Math.Clamp(source.Length - at - 8, 0, 32));
            var length = name.AsSpan().IndexOf((byte)0);
            if (length < 0)
                break;
            if (name.AsSpan(0, length).SequenceEqual(wanted))
                return (root + source.Number(at, 4), source.Number(at + 4, 4));
            at += 8 + ((length + 4) & ~3);
        }

        return (0, 0);
    }
}
