using System.Buffers.Binary;
using Untag.Audit.Tables.Typed;
using Untag.Columnar;
using Untag.Columnar.Arrow;

namespace Untag.Audit.Tables.Arrow;

/// <summary>The values of a column in one batch, or those of a dictionary.</summary>
internal sealed class ArrowValues
{
    private const int ViewBytes = 16;
    private const int ViewTextMax = 12; // a shorter text stands in its view

    private readonly ArrowKind kind;
    private readonly ColumnType type;
    private readonly BufferBytes[] buffers;
    private readonly byte[] turned = new byte[32];

    /// <summary>Opens the buffers.</summary>
    /// <param name="file">The file.</param>
    /// <param name="kind">How the values are laid out.</param>
    /// <param name="type">What they are.</param>
    /// <param name="places">Where the buffers stand.</param>
    /// <param name="codec">How they are packed.</param>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public ArrowValues(SharedFile file, ArrowKind kind, ColumnType type, IReadOnlyList<(long At, long Bytes)> places, PageCodec codec)
    {
        (this.kind, this.type) = (kind, type);
        buffers = [.. places.Select(place => new BufferBytes(file, place, codec))];
    }

    /// <summary>Tells which of some values are there.</summary>
    /// <returns>False when all of them are: then nothing is told.</returns>
    public bool TryFindEmpty(long from, Span<bool> isThere)
    {
        if (kind == ArrowKind.Null)
        {
            isThere.Clear();
            return true;
        }

        if (buffers[0].Length == 0)
            return false;
        var bits = buffers[0].Read(from >> 3, ((from + isThere.Length + 7) >> 3) - (from >> 3));
        for (var i = 0; i < isThere.Length; i++)
        {
            var bit = (int)(from & 7) + i;
            isThere[i] = ((bits[bit >> 3] >> (bit & 7)) & 1) == 1;
        }

        return true;
    }

    /// <summary>Where the text, or the list, of a row begins and ends.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public (long From, long To) Range(long row)
    {
        var width = kind is ArrowKind.LargeText or ArrowKind.LargeBinary ? sizeof(long) : sizeof(int);
        var ends = buffers[1].Read(row * width, 2 * width);
        return (OffsetAt(ends, 0, width), OffsetAt(ends, 1, width));
    }

    /// <summary>Reads the bits of numbers, as the places in a dictionary are.</summary>
    public void Read(long from, Span<long> numbers)
    {
        var bytes = buffers[1].Read(from * type.Bytes, (long)numbers.Length * type.Bytes);
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = NumberAt(bytes, i);
    }

    /// <summary>Numbers the words of some values. Where there is no value, the number says nothing.</summary>
    /// <exception cref="InvalidDataException">The values are damaged.</exception>
    public void Number(long from, Span<int> codes, ReadOnlySpan<bool> isThere, ValueCodes values)
    {
        switch (kind)
        {
            case ArrowKind.Null:
                break;
            case ArrowKind.Bool:
                NumberBits(from, codes, values);
                break;
            case ArrowKind.Text or ArrowKind.Binary:
                NumberTexts(from, codes, isThere, values, sizeof(int));
                break;
            case ArrowKind.LargeText or ArrowKind.LargeBinary:
                NumberTexts(from, codes, isThere, values, sizeof(long));
                break;
            case ArrowKind.TextView or ArrowKind.BinaryView:
                NumberViews(from, codes, isThere, values);
                break;
            default:
                NumberFixed(from, codes, isThere, values);
                break;
        }
    }

    private void NumberBits(long from, Span<int> codes, ValueCodes values)
    {
        var bits = buffers[1].Read(from >> 3, ((from + codes.Length + 7) >> 3) - (from >> 3));
        for (var i = 0; i < codes.Length; i++)
        {
            var bit = (int)(from & 7) + i;
            codes[i] = values.Of((bits[bit >> 3] >> (bit & 7)) & 1);
        }
    }

    private void NumberFixed(long from, Span<int> codes, ReadOnlySpan<bool> isThere, ValueCodes values)
    {
        var width = type.Bytes;
        var bytes = buffers[1].Read(from * width, (long)codes.Length * width);
        var isLong = type.Kind is ValueKind.Decimal or ValueKind.Text;
        for (var i = 0; i < codes.Length; i++)
        {
            if (!isLong)
                codes[i] = values.Of(NumberAt(bytes, i));
            else if (isThere[i])
                codes[i] = values.Of(type.Kind == ValueKind.Decimal ? Turned(bytes.Slice(i * width, width)) : bytes.Slice(i * width, width));
        }
    }

    private void NumberTexts(long from, Span<int> codes, ReadOnlySpan<bool> isThere, ValueCodes values, int width)
    {
        if (codes.IsEmpty)
            return;
        var ends = buffers[1].Read(from * width, (codes.Length + 1L) * width);
        var first = OffsetAt(ends, 0, width);
        var texts = buffers[2].Read(first, Math.Max(0, OffsetAt(ends, codes.Length, width) - first));
        for (var i = 0; i < codes.Length; i++)
        {
            var (start, end) = (OffsetAt(ends, i, width) - first, OffsetAt(ends, i + 1, width) - first);
            if (start < 0 || end < start || end > texts.Length)
                throw new InvalidDataException("a text leads out of its buffer");
            if (isThere[i])
                codes[i] = values.Of(texts[(int)start..(int)end]);
        }
    }

    private void NumberViews(long from, Span<int> codes, ReadOnlySpan<bool> isThere, ValueCodes values)
    {
        var views = buffers[1].Read(from * ViewBytes, (long)codes.Length * ViewBytes);
        for (var i = 0; i < codes.Length; i++)
        {
            if (!isThere[i])
                continue;
            var view = views.Slice(i * ViewBytes, ViewBytes);
            var length = BinaryPrimitives.ReadInt32LittleEndian(view);
            var buffer = BinaryPrimitives.ReadInt32LittleEndian(view[8..]);
            if (length < 0 || (length > ViewTextMax && (buffer < 0 || buffer >= buffers.Length - 2)))
                throw new InvalidDataException("a text leads out of its buffer");
            codes[i] = values.Of(length <= ViewTextMax
                ? view.Slice(4, length)
                : buffers[2 + buffer].Read(BinaryPrimitives.ReadInt32LittleEndian(view[12..]), length));
        }
    }

    private long NumberAt(ReadOnlySpan<byte> bytes, int i)
    {
        var at = bytes[(i * type.Bytes)..];
        var isSigned = type.Kind != ValueKind.Unsigned;
        var number = type.Bytes switch
        {
            1 => isSigned ? unchecked((sbyte)at[0]) : at[0],
            2 => isSigned ? BinaryPrimitives.ReadInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16LittleEndian(at),
            4 => isSigned ? BinaryPrimitives.ReadInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at),
            _ => BinaryPrimitives.ReadInt64LittleEndian(at),
        };
        return type is { Kind: ValueKind.Date, Bytes: sizeof(long) } ? (long)Math.Floor(number / 86_400_000.0) : number;
    }

    // The least significant byte stands first here.
    private ReadOnlySpan<byte> Turned(ReadOnlySpan<byte> number)
    {
        number.CopyTo(turned);
        turned.AsSpan(0, number.Length).Reverse();
        return turned.AsSpan(0, number.Length);
    }

    private static long OffsetAt(ReadOnlySpan<byte> offsets, int i, int width) => width == sizeof(int)
        ? BinaryPrimitives.ReadInt32LittleEndian(offsets[(i * width)..])
        : BinaryPrimitives.ReadInt64LittleEndian(offsets[(i * width)..]);
}
