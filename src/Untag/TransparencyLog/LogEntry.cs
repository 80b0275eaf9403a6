using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Untag.TransparencyLog;

/// <summary>What stands in Untag's logs: canonical JSON of texts, so that one fact has one spelling and one hash. Never the value
/// of a tag, an image or a name of a person.</summary>
/// <param name="Fields">Names and values, in the order of the names.</param>
public sealed record LogEntry(IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    /// <summary>Kind of an entry about a signed statement.</summary>
    public const string StatementKind = "statement";

    /// <summary>Kind of an entry about the plan of an audit.</summary>
    public const string PlanKind = "audit-plan";

    private const string SchemaName = "untag/log/1";
    private const int EntryBytes = 512; // most have fewer

    private static readonly JsonWriterOptions Canonical = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An entry of some fields, with the schema that all entries state.</summary>
    /// <param name="fields">Names and values, in any order; none is called <c>schema</c>.</param>
    internal static LogEntry Of(IEnumerable<KeyValuePair<string, string>> fields) =>
        new([.. fields.Append(new("schema", SchemaName)).OrderBy(field => field.Key, StringComparer.Ordinal)]);

    /// <summary>An entry that says that a statement was made.</summary>
    /// <param name="sha256">Digest of the signed statement, in hexadecimal.</param>
    /// <param name="day">The day.</param>
    public static LogEntry OfStatement(string sha256, DateOnly day) => OfDigest(StatementKind, sha256, day);

    /// <summary>An entry that says that it was planned what an audit will measure.</summary>
    /// <param name="sha256">Digest of the plan's file, in hexadecimal.</param>
    /// <param name="day">The day.</param>
    public static LogEntry OfPlan(string sha256, DateOnly day) => OfDigest(PlanKind, sha256, day);

    private static LogEntry OfDigest(string kind, string sha256, DateOnly day) =>
        Of([new("day", $"{day:yyyy-MM-dd}"), new("kind", kind), new("sha256", sha256)]);

    /// <summary>The value of a field; null when there is none.</summary>
    public string? this[string name] => Fields.FirstOrDefault(field => field.Key == name).Value;

    /// <summary>Reads an entry; null when it is not one in its canonical spelling.</summary>
    public static LogEntry? Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return null;
            var fields = new List<KeyValuePair<string, string>>();
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (member.Value.ValueKind != JsonValueKind.String)
                    return null;
                fields.Add(new(member.Name, member.Value.GetString()!));
            }

            var entry = new LogEntry(fields);
            return entry["schema"] == SchemaName && entry.ToBytes().AsSpan().SequenceEqual(bytes.Span) ? entry : null;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException) // the latter: half of a surrogate pair
        {
            return null;
        }
    }

    /// <summary>The bytes that go into the log: no blanks, names in the order of their code units, each once.</summary>
    public byte[] ToBytes()
    {
        var bytes = new ArrayBufferWriter<byte>(EntryBytes);
        using (var json = new Utf8JsonWriter(bytes, Canonical))
        {
            json.WriteStartObject();
            foreach (var (name, value) in IsInOrder() ? Fields : [.. Fields.DistinctBy(field => field.Key).OrderBy(field => field.Key, StringComparer.Ordinal)])
                json.WriteString(name, value);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private bool IsInOrder()
    {
        for (var i = 1; i < Fields.Count; i++)
        {
            if (string.CompareOrdinal(Fields[i - 1].Key, Fields[i].Key) >= 0)
                return false;
        }

        return true;
    }
}
