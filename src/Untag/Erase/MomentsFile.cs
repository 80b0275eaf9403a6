using System.Buffers.Binary;
using System.Text.Json;
using Untag.Audit;
using Untag.Audit.Embeddings;
using Untag.Audit.Judging;
using Untag.Audit.Tables;

namespace Untag.Erase;

/// <summary>Moments as a file: a line of JSON, then the sums by group and the lower half of the products, each number 16 bytes, little
/// endian.</summary>
public static class MomentsFile
{
    private const int NoteBytesMax = 1 << 20;
    private const int DimensionsMax = 16_384;
    private const int NumberBytes = 16;
    private const string Hint = "make it again: untag erase fit --partial";

    /// <summary>Writes moments.</summary>
    public static void Write(ErasureMoments moments, Stream output)
    {
        JsonSerializer.Serialize(output, moments.Note, EraseJson.OneLine.MomentsNote);
        output.WriteByte((byte)'\n');
        var bytes = new byte[NumberBytes];
        foreach (var number in Numbers(moments.Sums))
        {
            BinaryPrimitives.WriteInt128LittleEndian(bytes, number);
            output.Write(bytes);
        }
    }

    /// <summary>Reads moments.</summary>
    /// <exception cref="AuditInputException">It is no such file, or it is cut.</exception>
    internal static ErasureMoments Read(TableSource source) => Read(source, (stream, note) =>
    {
        var sums = ExactSums.Empty(note.Dimensions, note.Groups.Count);
        for (var group = 0; group < note.Groups.Count; group++)
        {
            sums.Rows[group] = note.Groups[group].Rows;
            ReadNumbers(stream, sums.Sums[group]);
        }

        ReadNumbers(stream, sums.Products);
        return new ErasureMoments(note, sums);
    });

    /// <summary>Reads what moments say of themselves.</summary>
    /// <exception cref="AuditInputException">It is no such file, or it is cut.</exception>
    internal static MomentsNote ReadNote(TableSource source) => Read(source, (_, note) => note);

    private static T Read<T>(TableSource source, Func<Stream, MomentsNote, T> rest)
    {
        try
        {
            using var stream = new BufferedStream(TableFile.Open(source), 1 << 18);
            var note = NoteOf(stream);
            // Before room is made for what a file states.
            var numbers = ((long)note.Dimensions * note.Groups.Count) + ((long)note.Dimensions * (note.Dimensions + 1) / 2);
            return stream.Length - stream.Position == numbers * NumberBytes ? rest(stream, note) : throw new InvalidDataException();
        }
        catch (Exception problem) when (problem is InvalidDataException or JsonException or EndOfStreamException)
        {
            throw new AuditInputException($"`{source.Name}` holds no moments of untag, or was cut", Hint);
        }
    }

    private static IEnumerable<Int128> Numbers(ExactSums sums) => sums.Sums.SelectMany(group => group).Concat(sums.Products);

    private static MomentsNote NoteOf(Stream stream)
    {
        var line = new List<byte>();
        for (var next = stream.ReadByte(); next != '\n'; next = stream.ReadByte())
        {
            if (next < 0 || line.Count == NoteBytesMax)
                throw new InvalidDataException();
            line.Add((byte)next);
        }

        var note = StrictJson.Read(line.ToArray(), EraseJson.OneLine.MomentsNote);
        return note is { Schema: MomentsNote.SchemaName, Dimensions: >= 1 and <= DimensionsMax, Groups.Count: > 0 }
            && note.Groups.Select(group => group.Group).Distinct().Count() == note.Groups.Count
            && note.Groups.All(group => group.People >= Disclosure.PeopleMin && group.Rows >= group.People)
            ? note
            : throw new InvalidDataException();
    }

    private static void ReadNumbers(Stream stream, Int128[] numbers)
    {
        var bytes = new byte[NumberBytes];
        for (var i = 0; i < numbers.Length; i++)
        {
            stream.ReadExactly(bytes);
            numbers[i] = BinaryPrimitives.ReadInt128LittleEndian(bytes);
        }
    }
}
