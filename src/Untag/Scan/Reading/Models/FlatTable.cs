namespace Untag.Scan.Reading.Models;

/// <summary>A table of a FlatBuffers file: fields by number, each at a distance that another table tells.</summary>
internal readonly record struct FlatTable(ByteSource Source, long At)
{
    /// <summary>The table to which the distance that stands here leads.</summary>
    public static FlatTable Behind(ByteSource source, long at) => new(source, at + source.UInt32(at));

    /// <summary>Where a field stands; -1 when the table lacks it.</summary>
    public long Field(int number)
    {
        if (At < 0 || Source.IsDamaged)
            return -1;
        var fields = At - Source.Int32(At);
        var size = Source.UInt16(fields);
        var place = 4 + (2 * number);
        if (place + 2 > size)
            return -1;
        var distance = Source.UInt16(fields + place);
        return distance == 0 ? -1 : At + distance;
    }

    public string Text(int number) => Field(number) is var at and >= 0 ? TextAt(Source, at) : "";

    /// <summary>The number that a field holds; 0 when the table lacks it.</summary>
    public uint UInt32(int number) => Field(number) is var at and >= 0 ? Source.UInt32(at) : 0;

    /// <summary>Where the items of a list begin, and how many there are; none when the file is too short for
    /// them.</summary>
    public (long Start, int Count) List(int number, int itemBytes)
    {
        var at = Field(number);
        if (at < 0)
            return (0, 0);
        var list = at + Source.UInt32(at);
        var count = Source.UInt32(list);
        return Source.Holds(list + 4, (long)count * itemBytes) ? (list + 4, (int)Math.Min(count, int.MaxValue)) : (0, 0);
    }

    /// <summary>The tables of a list.</summary>
    public IEnumerable<FlatTable> Tables(int number)
    {
        var (start, count) = List(number, sizeof(uint));
        for (var i = 0; i < count && !Source.IsDamaged; i++)
            yield return Behind(Source, start + ((long)i * sizeof(uint)));
    }

    /// <summary>The texts of a list.</summary>
    public IEnumerable<string> Texts(int number)
    {
        var (start, count) = List(number, sizeof(uint));
        for (var i = 0; i < count && !Source.IsDamaged; i++)
            yield return TextAt(Source, start + ((long)i * sizeof(uint)));
    }

    /// <summary>The numbers of a list.</summary>
    public IEnumerable<int> Int32s(int number)
    {
        var (start, count) = List(number, sizeof(int));
        for (var i = 0; i < count && !Source.IsDamaged; i++)
            yield return Source.Int32(start + ((long)i * sizeof(int)));
    }

    private static string TextAt(ByteSource source, long at)
    {
        var text = at + source.UInt32(at);
        long length = source.UInt32(text);
        return source.Holds(text + 4, length + 1) ? source.Text(text + 4, length) : ""; // a NUL follows
    }
}
