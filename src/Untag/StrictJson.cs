using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Untag;

/// <summary>How the documents are written and read that come back to Untag: a field that is not known, that stands twice or that is
/// missing is an error, so that a document has one meaning.</summary>
internal static class StrictJson
{
    /// <summary>The options.</summary>
    /// <param name="names">How names of fields are spelt.</param>
    public static JsonSerializerOptions Options(JsonNamingPolicy names) => new()
    {
        PropertyNamingPolicy = names,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads a document. A null in a list is refused: the annotations of a list say nothing of what it holds.</summary>
    /// <exception cref="JsonException">It is no such document.</exception>
    public static T? Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = type.Options.MaxDepth });
        var isValue = true; // of a field, or the whole document
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Null && !isValue)
                throw new JsonException("a list holds null", path: null, json[..(int)reader.TokenStartIndex].Count((byte)'\n'), bytePositionInLine: null);
            isValue = reader.TokenType == JsonTokenType.PropertyName;
        }

        return JsonSerializer.Deserialize(json, type);
    }
}
