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
    private const string Hint = "make it again: untag erase fit --partial";

    /// <summary>Writes moments.</summary>
    public static void Write(ErasureMoments moments, Stream output)
    {
        JsonSerializer.Serialize(output, moments.Note, EraseJson.OneLine.MomentsNote);
        output.WriteByte((byte)'\n');
        moments.Sums.Write(output);
    }

    /// <summary>Reads moments.</summary>
    /// <exception cref="AuditInputException">It is no such file, or it is cut.</exception>
    internal static ErasureMoments Read(TableSource source) => Read(source, (stream, note) =>
    {
        var sums = ExactSums.Empty(note.Dimensions, note.Groups.Count);
        for (var group = 0; group < note.Groups.Count; group++)
            sums.Rows[group] = note.Groups[group].Rows;
        sums.Read(stream);
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
            var bytes = ExactSums.BytesOf(note.Dimensions, note.Groups.Count);
            return stream.Length - stream.Position == bytes ? rest(stream, note) : throw new InvalidDataException();
        }
        catch (Exception problem) when (problem is InvalidDataException or JsonException or EndOfStreamException)
        {
            throw new AuditInputException($"`{source.Name}` holds no moments of untag, or was cut", Hint);
        }
    }

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
        return note is { Schema: MomentsNote.SchemaName, Dimensions: >= 1 and <= ExactSums.SizeMax, Groups.Count: > 0 }
            && note.Groups.Select(group => group.Group).Distinct().Count() == note.Groups.Count
            && note.Groups.All(group => group.People >= Disclosure.PeopleMin && group.Rows >= group.People)
            ? note
            : throw new InvalidDataException();
    }
}
