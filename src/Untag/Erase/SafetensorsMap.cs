using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Untag.Erase;

/// <summary>A map as a file of safetensors: a head in JSON that names the tensors, then their numbers as float64, row by row.</summary>
internal static class SafetensorsMap
{
    /// <summary>Writes the map; its note stands in the metadata.</summary>
    public static void Write(ErasureMap map, Stream output)
    {
        (string Name, Columns Columns)[] tensors = [("removed", map.Eraser.Removed), ("read", map.Eraser.Read), ("offset", map.Eraser.Offset)];
        using var head = new MemoryStream();
        using (var json = new Utf8JsonWriter(head))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            json.WriteString("untag", JsonSerializer.Serialize(map.Note, EraseJson.Readable.MapNote));
            json.WriteEndObject();
            long at = 0;
            foreach (var (name, columns) in tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", "F64");
                json.WriteStartArray("shape");
                json.WriteNumberValue(columns.Length);
                json.WriteNumberValue(columns.Count);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(at);
                json.WriteNumberValue(at += (long)columns.Length * columns.Count * sizeof(double));
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        head.Write(Encoding.ASCII.GetBytes(new string(' ', (int)((8 - (head.Length % 8)) % 8))));
        var number = new byte[sizeof(double)];
        BinaryPrimitives.WriteInt64LittleEndian(number, head.Length);
        output.Write(number);
        head.WriteTo(output);
        foreach (var (_, columns) in tensors)
            WriteNumbers(output, columns);
    }

    private static void WriteNumbers(Stream output, Columns columns)
    {
        var number = new byte[sizeof(double)];
        for (var i = 0; i < columns.Length; i++)
        {
            for (var j = 0; j < columns.Count; j++)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(number, columns[i, j]);
                output.Write(number);
            }
        }
    }
}
