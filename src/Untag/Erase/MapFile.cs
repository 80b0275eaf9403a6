using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using Untag.Audit;
using Untag.Audit.Tables;
using Untag.Erase.Onnx;

namespace Untag.Erase;

/// <summary>A map as a file. <c>.npz</c>: three arrays and the note, in a ZIP archive without compression; the same map gives the same
/// bytes. <c>.safetensors</c> and <c>.onnx</c>: the same, for other programs.</summary>
/// <remarks>It holds A, C and b of x ↦ x − A C′ x + b, and neither moments nor a mean of a group.</remarks>
public static class MapFile
{
    private const string Hint = "fit it again: untag erase fit";
    private const string NoteName = "map.json";
    private const int NoteBytesMax = 1 << 20;
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the form that the ending of a name asks for.</summary>
    /// <exception cref="AuditInputException">There is no such form.</exception>
    public static Action<ErasureMap, Stream> Writer(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".npz" => WriteNpz,
        ".safetensors" => SafetensorsMap.Write,
        ".onnx" => OnnxMap.Write,
        _ => throw new AuditInputException($"`{name}` has no ending that tells the form of the map", "name it .npz, .safetensors or .onnx"),
    };

    /// <summary>Reads a map.</summary>
    /// <exception cref="AuditInputException">The file is no map that <see cref="Writer"/> wrote.</exception>
    public static ErasureMap Read(TableSource source)
    {
        try
        {
            using var stream = TableFile.Open(source);
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
            var note = ReadNote(archive);
            return new ErasureMap(
                new LinearEraser(
                    ReadColumns(archive, "removed.npy", note.Dimensions, note.Directions), ReadColumns(archive, "read.npy", note.Dimensions, note.Directions),
                    ReadColumns(archive, "offset.npy", note.Dimensions, 1), [], note.Shrunk),
                note);
        }
        catch (Exception problem) when (problem is InvalidDataException or JsonException or EndOfStreamException or NotSupportedException)
        {
            throw new AuditInputException($"`{source.Name}` is no map of untag, or was cut", Hint);
        }
    }

    private static void WriteNpz(ErasureMap map, Stream output)
    {
        using var archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        Add(archive, NoteName, entry => JsonSerializer.Serialize(entry, map.Note, EraseJson.Readable.MapNote));
        Add(archive, "removed.npy", entry => NpyWriter.Write(entry, map.Eraser.Removed));
        Add(archive, "read.npy", entry => NpyWriter.Write(entry, map.Eraser.Read));
        Add(archive, "offset.npy", entry => NpyWriter.Write(entry, map.Eraser.Offset));
    }

    private static void Add(ZipArchive archive, string name, Action<Stream> write)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = Epoch;
        using var stream = new BufferedStream(entry.Open());
        write(stream);
    }

    private static MapNote ReadNote(ZipArchive archive)
    {
        using var entry = Open(archive, NoteName, NoteBytesMax);
        var bytes = new byte[NoteBytesMax]; // whatever length the archive states
        var length = entry.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var note = StrictJson.Read(bytes.AsSpan(0, length), EraseJson.Readable.MapNote);
        return note is { Schema: MapNote.SchemaName, Dimensions: >= 1 and <= 16_384 } && note.Directions >= 0 && note.Directions <= note.Dimensions
            ? note
            : throw new InvalidDataException();
    }

    // An array is read as it is written, and in no other way.
    private static Columns ReadColumns(ZipArchive archive, string name, int length, int count)
    {
        var head = new MemoryStream();
        NpyWriter.WriteHead(head, NpyType.Float64, length, count);
        using var entry = Open(archive, name, head.Length + ((long)length * count * sizeof(double)));
        var bytes = new byte[head.Length];
        entry.ReadExactly(bytes);
        if (!bytes.AsSpan().SequenceEqual(head.ToArray()))
            throw new InvalidDataException();
        var columns = new Columns(length, count);
        for (var i = 0; i < length; i++)
        {
            for (var j = 0; j < count; j++)
            {
                entry.ReadExactly(bytes, 0, sizeof(double));
                var number = BinaryPrimitives.ReadDoubleLittleEndian(bytes);
                columns[i, j] = double.IsFinite(number) ? number : throw new InvalidDataException();
            }
        }

        return columns;
    }

    private static BufferedStream Open(ZipArchive archive, string name, long bytesMax)
    {
        var entry = archive.GetEntry(name);
        return entry is not null && entry.Length <= bytesMax ? new BufferedStream(entry.Open(), 1 << 16) : throw new InvalidDataException();
    }
}
