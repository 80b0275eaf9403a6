using System.Text;
using Untag.Scan.Reading.Binaries;

namespace Untag.Scan.Reading.Resources;

/// <summary>A piece of a compiled resource file of Android.</summary>
/// <param name="type">What it is.</param>
/// <param name="at">Where it begins.</param>
/// <param name="header">Number of bytes of its header.</param>
/// <param name="size">Number of all its bytes.</param>
internal sealed class AndroidChunk(long type, long at, long header, long size)
{
    public long Type => type;

    public long At => at;

    public long Header => header;

    public long Size => size;
}

/// <summary>The pieces of which Android's compiled resources are made, one after the other and inside each other.</summary>
internal static class AndroidChunks
{
    /// <summary>The type of a pool of strings.</summary>
    public const int Strings = 0x0001;

    private const int HeaderBytes = 8;

    /// <summary>True where a pool of strings begins, as it does in every table and every XML.</summary>
    public static bool BeginStrings(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[Strings, 0, 28, 0]);

    /// <summary>The pieces between two places; what is damaged ends them.</summary>
    public static IEnumerable<AndroidChunk> Between(long at, long end, ResourceList list)
    {
        var source = list.Source;
        while (at < end && !list.IsFull)
        {
            var chunk = new AndroidChunk(source.Number(at, 2), at, source.Number(at + 2, 2), source.Number(at + 4, 4));
            if (chunk.Header < HeaderBytes || chunk.Size < chunk.Header || chunk.Size > end - at)
            {
                list.AddProblem(chunk.Size > end - at ? Outline.CutProblem : "damaged: read up to the damage");
                yield break;
            }

            yield return chunk;
            at += chunk.Size;
        }
    }

    /// <summary>The texts of a pool, by their number.</summary>
    public static string[] Texts(AndroidChunk pool, ResourceList list)
    {
        const int IsUtf8 = 0x100;
        var source = list.Source.Slice(pool.At, pool.Size);
        var isUtf8 = (source.Number(16, 4) & IsUtf8) != 0;
        var start = source.Number(20, 4);
        var offsets = source.Read(pool.Header, 4 * source.Number(8, 4));
        var texts = new string[offsets.Length / 4];
        var characters = 0L;
        for (var i = 0; i < texts.Length; i++)
        {
            var at = start + source.NumberOf(offsets.AsSpan(4 * i, 4));
            // They lie one after the other; where they lie in each other, the file is damaged.
            texts[i] = characters > 2 * pool.Size ? "" : isUtf8 ? Utf8Text(source, at) : Utf16Text(source, at);
            characters += texts[i].Length;
        }

        if (characters > 2 * pool.Size)
            list.AddProblem("damaged: its texts lie in each other, and were read in part");
        return texts;
    }

    // Its length in characters comes first, then that in bytes; one that is long takes two bytes.
    private static string Utf8Text(BinarySource source, long at)
    {
        at += source.Number(at, 1) < 0x80 ? 1 : 2;
        var length = source.Number(at++, 1);
        if (length >= 0x80)
            length = ((length & 0x7F) << 8) | source.Number(at++, 1);
        return ModifiedUtf8.Decode(source.Read(at, length));
    }

    private static string Utf16Text(BinarySource source, long at)
    {
        var length = source.Number(at, 2);
        at += 2;
        if (length >= 0x8000)
        {
            length = ((length & 0x7FFF) << 16) | source.Number(at, 2);
            at += 2;
        }

        return Encoding.Unicode.GetString(source.Read(at, 2 * length));
    }
}
