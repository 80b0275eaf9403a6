using System.Buffers.Binary;
using Untag.Audit.Tables.Typed;
using Untag.Columnar.Parquet;

namespace Untag.Audit.Tables.Parquet;

/// <summary>The dictionary of a part of a column. A word of it is numbered when a row has it: there may be words that no row
/// has.</summary>
internal sealed class ParquetDictionary
{
    private readonly byte[] page;
    private readonly ParquetType written;
    private readonly ValueSink values;
    private readonly int bytes; // of a value; 0 when each has its own length
    private readonly int[] starts;
    private readonly int[] codes; // -1 for one that was not numbered
    private int epoch;

    /// <summary>Reads the places of its values.</summary>
    /// <param name="page">The unpacked page.</param>
    /// <param name="count">How many values it holds.</param>
    /// <param name="column">The column.</param>
    /// <param name="values">Numbers them.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public ParquetDictionary(byte[] page, int count, ParquetColumn column, ValueSink values)
    {
        (this.page, this.values, written) = (page, values, column.Written);
        bytes = written switch
        {
            ParquetType.Int32 or ParquetType.Float => sizeof(int),
            ParquetType.Int64 or ParquetType.Double => sizeof(long),
            _ => column.Type.Bytes,
        };
        if ((long)count * Math.Max(1, bytes) > page.Length)
            throw new InvalidDataException("its dictionary is cut");
        starts = new int[count];
        codes = new int[count];
        Array.Fill(codes, -1);
        for (int i = 0, at = 0; i < count; i++)
        {
            starts[i] = at;
            PlainTexts.Next(page, ref at, page.Length, bytes);
        }
    }

    /// <summary>Puts the numbers of words in the stead of places in the dictionary.</summary>
    /// <exception cref="InvalidDataException">There is no such place.</exception>
    public void Number(Span<int> places)
    {
        if (epoch != values.Epoch)
            Array.Fill(codes, -1);
        epoch = values.Epoch;
        foreach (ref var place in places)
        {
            if (place < 0 || place >= codes.Length)
                throw new InvalidDataException("a value is not in its dictionary");
            var code = codes[place];
            place = code >= 0 ? code : codes[place] = Of(starts[place]);
        }
    }

    private int Of(int start) => written switch
    {
        ParquetType.Int32 or ParquetType.Float => values.Of(BinaryPrimitives.ReadInt32LittleEndian(page.AsSpan(start))),
        ParquetType.Int64 or ParquetType.Double => values.Of(BinaryPrimitives.ReadInt64LittleEndian(page.AsSpan(start))),
        _ => values.Of(PlainTexts.Next(page, ref start, page.Length, bytes)),
    };
}
