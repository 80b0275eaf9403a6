using System.Buffers.Binary;
using System.Numerics;
using Untag.Columnar;

namespace Untag.Audit.Tables.Typed;

/// <summary>Numbers the words of a column whose values have a type. A number is written as text only when it is met for the first
/// time.</summary>
internal sealed class ValueCodes(CodedColumn cells, ColumnType type) : ValueSink
{
    private const int DecimalBytesMax = 32;

    private readonly byte[] text = new byte[ValueText.BytesMax];
    private long[] values = new long[256];
    private int[] codes = New(256); // of the value in the same place; -1 for none
    private int known;
    private int empty = -1;

    /// <summary>The number of a cell without a value.</summary>
    public int Nothing => empty >= 0 ? empty : empty = cells.CodeOf([]);

    /// <summary>Begins a block.</summary>
    public void Begin()
    {
        if (Epoch == cells.Epoch)
            return;
        Epoch = cells.Epoch;
        empty = -1;
        if (known > 0)
            Array.Fill(codes, -1);
        known = 0;
    }

    /// <inheritdoc/>
    public override int Of(long raw)
    {
        if (cells.Numbers is { } numbers)
            return OfNumber(raw, numbers);
        var at = PlaceOf(raw);
        if (codes[at] >= 0)
            return codes[at];
        var code = cells.CodeOf(text.AsSpan(0, ValueText.Write(type, raw, text)));
        (values[at], codes[at]) = (raw, code);
        if (++known * 2 > codes.Length)
            Widen();
        return code;
    }

    /// <inheritdoc/>
    public override int Of(ReadOnlySpan<byte> value)
    {
        switch (type.Kind)
        {
            case ValueKind.Decimal:
                return value.Length <= DecimalBytesMax
                    ? cells.CodeOf(ValueText.OfDecimal(new BigInteger(value, isBigEndian: true), type.Scale))
                    : throw new InvalidDataException("a decimal is longer than any");
            case ValueKind.Float when value.Length == sizeof(short):
                return Of((long)BinaryPrimitives.ReadInt16LittleEndian(value));
            case ValueKind.Uuid when value.Length == 16:
                new Guid(value, bigEndian: true).TryFormat(text, out var length, default);
                return cells.CodeOf(text.AsSpan(0, length));
            default:
                return cells.CodeOf(value);
        }
    }

    private int OfNumber(long raw, NumberCells numbers)
    {
        switch (type)
        {
            case { Kind: ValueKind.Float, Bytes: sizeof(double) } when BitConverter.Int64BitsToDouble(raw) is var number && double.IsFinite(number):
                return numbers.Add(number, FloatDigits.Of(number));
            case { Kind: ValueKind.Float, Bytes: sizeof(float) } when BitConverter.Int32BitsToSingle(unchecked((int)raw)) is var number && float.IsFinite(number):
                var digits = FloatDigits.Of(number, out var written);
                return numbers.Add(written, digits);
            case { Kind: ValueKind.Integer }:
                return numbers.Add(raw, 0);
            default:
                return cells.CodeOf(text.AsSpan(0, ValueText.Write(type, raw, text)));
        }
    }

    private int PlaceOf(long raw)
    {
        var mask = codes.Length - 1;
        var at = (int)(unchecked((ulong)raw * 0x9E3779B97F4A7C15) >> BitOperations.LeadingZeroCount((ulong)mask)); // all bits move up
        while (codes[at] >= 0 && values[at] != raw)
            at = (at + 1) & mask;
        return at;
    }

    private void Widen()
    {
        var (oldValues, oldCodes) = (values, codes);
        values = new long[oldValues.Length * 2];
        codes = New(values.Length);
        for (var i = 0; i < oldCodes.Length; i++)
        {
            if (oldCodes[i] < 0)
                continue;
            var at = PlaceOf(oldValues[i]);
            (values[at], codes[at]) = (oldValues[i], oldCodes[i]);
        }
    }

    private static int[] New(int length)
    {
        var codes = new int[length];
        Array.Fill(codes, -1);
        return codes;
    }
}
