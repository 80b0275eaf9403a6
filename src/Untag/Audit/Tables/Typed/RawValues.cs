using System.Buffers.Binary;

namespace Untag.Audit.Tables.Typed;

/// <summary>Keeps the bits of numbers, which are called by their places.</summary>
internal sealed class RawValues : ValueSink
{
    private long[] values = new long[256];
    private int count;

    /// <summary>The bits of a number.</summary>
    public long this[int place] => values[place];

    /// <summary>Begins anew.</summary>
    public void Begin()
    {
        count = 0;
        Epoch++;
    }

    /// <inheritdoc/>
    public override int Of(long raw)
    {
        if (count == values.Length)
            Array.Resize(ref values, count * 2);
        values[count] = raw;
        return count++;
    }

    /// <inheritdoc/>
    public override int Of(ReadOnlySpan<byte> value) => value.Length == sizeof(short)
        ? Of((long)BinaryPrimitives.ReadInt16LittleEndian(value))
        : throw new InvalidDataException("a coordinate is no number");
}
