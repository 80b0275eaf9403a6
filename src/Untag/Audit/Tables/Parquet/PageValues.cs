using System.Buffers.Binary;
using Untag.Audit.Tables.Typed;
using Untag.Columnar.Parquet;

namespace Untag.Audit.Tables.Parquet;

/// <summary>The values of a page, from the first to the last: those that are not empty.</summary>
internal abstract class PageValues
{
    /// <summary>No values.</summary>
    public static PageValues None { get; } = new NoValues();

    /// <summary>Hands over the next values.</summary>
    /// <param name="codes">Takes what they are called: <see cref="ValueSink"/>.</param>
    /// <exception cref="InvalidDataException">There are fewer, or they are damaged.</exception>
    public abstract void Read(Span<int> codes);

    /// <summary>There are fewer values than the page says.</summary>
    protected static InvalidDataException Short() => new("a page has fewer values than it says");
}

/// <summary>No values.</summary>
internal sealed class NoValues : PageValues
{
    public override void Read(Span<int> codes)
    {
        if (!codes.IsEmpty)
            throw Short();
    }
}

/// <summary>Numbers of 4 or 8 bytes, one behind the other.</summary>
internal sealed class PlainNumbers(byte[] page, int start, int end, ParquetType written, ValueSink values) : PageValues
{
    private int at = start;

    public override void Read(Span<int> codes)
    {
        var width = written is ParquetType.Int32 or ParquetType.Float ? sizeof(int) : sizeof(long);
        if ((long)width * codes.Length > end - at)
            throw Short();
        for (var i = 0; i < codes.Length; i++, at += width)
        {
            codes[i] = values.Of(width == sizeof(int)
                ? BinaryPrimitives.ReadInt32LittleEndian(page.AsSpan(at))
                : BinaryPrimitives.ReadInt64LittleEndian(page.AsSpan(at)));
        }
    }
}

/// <summary>Texts with their length before each, or all of one length.</summary>
/// <remarks>The bytes of each are 0 when its length stands before it.</remarks>
internal sealed class PlainTexts(byte[] page, int start, int end, int bytes, ValueSink values) : PageValues
{
    private int at = start;

    public override void Read(Span<int> codes)
    {
        for (var i = 0; i < codes.Length; i++)
            codes[i] = values.Of(Next(page, ref at, end, bytes));
    }

    /// <summary>The next text.</summary>
    public static ReadOnlySpan<byte> Next(byte[] page, ref int at, int end, int bytes)
    {
        var length = bytes;
        if (bytes == 0)
        {
            if (end - at < sizeof(int))
                throw Short();
            length = BinaryPrimitives.ReadInt32LittleEndian(page.AsSpan(at));
            at += sizeof(int);
        }

        if (length < 0 || length > end - at)
            throw Short();
        at += length;
        return page.AsSpan(at - length, length);
    }
}

/// <summary>Yes and no in runs.</summary>
internal sealed class YesOrNoValues(RunReader runs, ValueSink values) : PageValues
{
    public override void Read(Span<int> codes)
    {
        runs.Read(codes);
        foreach (ref var code in codes)
            code = values.Of(code);
    }
}

/// <summary>Bits, one behind the other.</summary>
internal sealed class PlainBits(byte[] page, int start, int end, ValueSink values) : PageValues
{
    private long at = 8L * start;

    public override void Read(Span<int> codes)
    {
        if (codes.Length > (8L * end) - at)
            throw Short();
        for (var i = 0; i < codes.Length; i++, at++)
            codes[i] = values.Of((page[at >> 3] >> (int)(at & 7)) & 1);
    }
}

/// <summary>Places in the dictionary of the column.</summary>
internal sealed class DictionaryValues(RunReader places, ParquetDictionary dictionary) : PageValues
{
    public override void Read(Span<int> codes)
    {
        places.Read(codes);
        dictionary.Number(codes);
    }
}

/// <summary>Numbers that were all read at once.</summary>
internal sealed class ReadyNumbers(long[] numbers, ParquetType written, ValueSink values) : PageValues
{
    private int at;

    public override void Read(Span<int> codes)
    {
        if (codes.Length > numbers.Length - at)
            throw Short();
        foreach (ref var code in codes)
        {
            var number = numbers[at++];
            code = values.Of(written == ParquetType.Int32 ? unchecked((int)number) : number); // differences wrap around
        }
    }
}

/// <summary>Texts of which all lengths stand before them, and perhaps how much of the text before each begins with.</summary>
/// <param name="page">The page.</param>
/// <param name="start">Where the texts begin.</param>
/// <param name="end">Where they end.</param>
/// <param name="shared">How many bytes each has in common with the one before; null for none.</param>
/// <param name="lengths">How many bytes follow.</param>
/// <param name="values">Numbers them.</param>
internal sealed class DeltaTexts(byte[] page, int start, int end, long[]? shared, long[] lengths, ValueSink values) : PageValues
{
    private byte[] text = new byte[64];
    private int length;
    private int at = start;
    private int next;

    public override void Read(Span<int> codes)
    {
        if (codes.Length > lengths.Length - next)
            throw Short();
        for (var i = 0; i < codes.Length; i++, next++)
        {
            var (keep, more) = (shared?[next] ?? 0, lengths[next]);
            if (keep < 0 || keep > length || more < 0 || more > end - at)
                throw Short();
            length = (int)(keep + more);
            if (length > text.Length)
                Array.Resize(ref text, length * 2);
            page.AsSpan(at, (int)more).CopyTo(text.AsSpan((int)keep));
            at += (int)more;
            codes[i] = values.Of(text.AsSpan(0, length));
        }
    }
}

/// <summary>Values of one length, of which first all first bytes stand, then all second bytes, and so on.</summary>
internal sealed class SplitValues(byte[] page, int start, int end, int bytes, ParquetType written, ValueSink values) : PageValues
{
    private readonly int count = (end - start) / bytes;
    private readonly byte[] value = new byte[bytes];
    private int at;

    public override void Read(Span<int> codes)
    {
        if (codes.Length > count - at)
            throw Short();
        for (var i = 0; i < codes.Length; i++, at++)
        {
            for (var k = 0; k < bytes; k++)
                value[k] = page[start + (k * count) + at];
            codes[i] = written switch
            {
                ParquetType.FixedBytes => values.Of(value),
                _ when bytes == sizeof(int) => values.Of(BinaryPrimitives.ReadInt32LittleEndian(value)),
                _ => values.Of(BinaryPrimitives.ReadInt64LittleEndian(value)),
            };
        }
    }
}
