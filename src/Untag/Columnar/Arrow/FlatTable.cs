using System.Buffers.Binary;
using System.Text;

namespace Untag.Columnar.Arrow;

/// <summary>A table of a FlatBuffers message. Every offset is held against the message; damage is an
/// <see cref="InvalidDataException"/>.</summary>
/// <param name="bytes">The whole message.</param>
/// <param name="at">Where the table begins.</param>
internal readonly ref struct FlatTable(ReadOnlySpan<byte> bytes, int at)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private readonly int at = at;

    /// <summary>The table that a message begins with.</summary>
    public static FlatTable RootOf(ReadOnlySpan<byte> bytes) => new(bytes, Check(bytes, Int32(bytes, 0)));

    /// <summary>True when the field is set.</summary>
    public bool Has(int field) => PlaceOf(field) != 0;

    /// <summary>A number of one byte; 0 when the field is not set.</summary>
    public int Byte(int field) => PlaceOf(field) is var place and > 0 ? Slice(bytes, place, 1)[0] : 0;

    /// <summary>A number of two bytes; the standard one when the field is not set.</summary>
    public int Int16(int field, int standard = 0) =>
        PlaceOf(field) is var place and > 0 ? BinaryPrimitives.ReadInt16LittleEndian(Slice(bytes, place, sizeof(short))) : standard;

    /// <summary>A number of four bytes; the standard one when the field is not set.</summary>
    public int Int32(int field, int standard = 0) => PlaceOf(field) is var place and > 0 ? Int32(bytes, place) : standard;

    /// <summary>A number of eight bytes; 0 when the field is not set.</summary>
    public long Int64(int field) =>
        PlaceOf(field) is var place and > 0
            ? BinaryPrimitives.ReadInt64LittleEndian(Slice(bytes, place, sizeof(long)))
            : 0;

    /// <summary>A text; empty when the field is not set.</summary>
    public string Text(int field)
    {
        if (PlaceOf(field) is not (var place and > 0))
            return "";
        var start = Check(bytes, (long)place + Int32(bytes, place));
        return Encoding.UTF8.GetString(Slice(bytes, start + sizeof(int), Int32(bytes, start)));
    }

    /// <summary>The table in a field.</summary>
    public FlatTable Table(int field) => PlaceOf(field) is var place and > 0
        ? new FlatTable(bytes, Check(bytes, (long)place + Int32(bytes, place)))
        : throw new InvalidDataException("a table is missing");

    /// <summary>Number of the elements of a list; 0 when the field is not set.</summary>
    /// <param name="field">The field.</param>
    /// <param name="elementBytes">Bytes of one element.</param>
    public int Count(int field, int elementBytes)
    {
        if (PlaceOf(field) is not (var place and > 0))
            return 0;
        var start = Check(bytes, (long)place + Int32(bytes, place));
        var count = Int32(bytes, start);
        return count >= 0 && (long)count * elementBytes <= bytes.Length - start - sizeof(int)
            ? count
            : throw new InvalidDataException("a list is longer than the message");
    }

    /// <summary>A table in a list of tables.</summary>
    public FlatTable Element(int field, int index)
    {
        var place = ElementPlace(field, index, sizeof(int));
        return new FlatTable(bytes, Check(bytes, (long)place + Int32(bytes, place)));
    }

    /// <summary>A number of eight bytes in a list of structures.</summary>
    public long StructInt64(int field, int index, int structBytes, int offset) =>
        BinaryPrimitives.ReadInt64LittleEndian(
            Slice(bytes, ElementPlace(field, index, structBytes) + offset, sizeof(long)));

    private int ElementPlace(int field, int index, int elementBytes)
    {
        var place = PlaceOf(field);
        var start = Check(bytes, (long)place + Int32(bytes, place));
        return Check(bytes, start + sizeof(int) + ((long)index * elementBytes));
    }

    // A table begins with the way back to the list of its fields: two bytes each, 0 for a field that is not set.
    private int PlaceOf(int field)
    {
        var list = Check(bytes, (long)at - Int32(bytes, at));
        var entry = list + (2 * sizeof(short)) + (field * sizeof(short));
        if (entry + sizeof(short) > list + UInt16(bytes, list))
            return 0;
        var offset = UInt16(bytes, entry);
        return offset == 0 ? 0 : Check(bytes, (long)at + offset);
    }

    private static int Check(ReadOnlySpan<byte> bytes, long place) => place >= 0 && place < bytes.Length
        ? (int)place
        : throw new InvalidDataException("an offset leads out of the message");

    private static int Int32(ReadOnlySpan<byte> bytes, int place) =>
        BinaryPrimitives.ReadInt32LittleEndian(Slice(bytes, place, sizeof(int)));

    private static int UInt16(ReadOnlySpan<byte> bytes, int place) =>
        BinaryPrimitives.ReadUInt16LittleEndian(Slice(bytes, place, sizeof(short)));

    private static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> bytes, int place, int length) =>
        length >= 0 && place >= 0 && place <= bytes.Length - length
            ? bytes.Slice(place, length)
            : throw new InvalidDataException("a value leads out of the message");
}
