using System.Text.Json;

namespace Untag.Server.Guard.Requests;

/// <summary>Tells where the ambiguous name of a field of JSON means a contest or a breed: <c>{"tier": "Hund", "rasse": "Dackel"}</c>. It is
/// asked only where a request would be refused, reads the document then, and goes through it once for each name.</summary>
/// <param name="judge">Judges each field.</param>
/// <param name="json">The whole document.</param>
internal sealed class OtherFields(FieldJudge judge, ReadOnlyMemory<byte> json) : IDisposable
{
    /// <summary>Names that are asked for at most: a request that speaks of contests has a few, and going through it for each of thousands costs
    /// too much.</summary>
    public const int NamesMax = 16;

    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private readonly Dictionary<string, bool> known = new(StringComparer.Ordinal);
    private JsonDocument? document;

    /// <summary>True when each object with such a field speaks of a contest or of animals, and of no person.</summary>
    /// <param name="name">Name of the field.</param>
    /// <param name="value">Its value as a text; empty for an object.</param>
    public bool AreMeant(string name, string value)
    {
        if (!judge.MayMeanOther(name, value))
            return false;
        if (!known.TryGetValue(name, out var areMeant) && known.Count < NamesMax)
            known[name] = areMeant = AreMeant(name);
        return areMeant;
    }

    public void Dispose() => document?.Dispose();

    private bool AreMeant(string name)
    {
        try
        {
            document ??= JsonDocument.Parse(json, Options);
            return AreMeant(document.RootElement, name, around: "");
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return false; // several documents, one too deep, or damaged text
        }
    }

    private bool AreMeant(JsonElement element, string name, string around) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().All(inner => AreMeant(inner, name, around)),
        JsonValueKind.Object => (!element.EnumerateObject().Any(field => field.Name == name) || judge.SayOther(NamesOf(element, name).Prepend(around), ValuesOf(element, name)))
            && element.EnumerateObject().All(field => AreMeant(field.Value, name, field.Name)),
        _ => true,
    };

    // Those of the object but the field's own, and the names inside of it.
    private static IEnumerable<string> NamesOf(JsonElement fields, string name) =>
        fields.EnumerateObject().SelectMany(field => field.Name == name ? NamesIn(field.Value) : [field.Name]);

    private static IEnumerable<string> ValuesOf(JsonElement fields, string name) => fields.EnumerateObject()
        .Where(field => field.Name != name && field.Value.ValueKind == JsonValueKind.String).Select(field => field.Value.GetString()!);

    private static IEnumerable<string> NamesIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(NamesIn),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(field => NamesIn(field.Value).Prepend(field.Name)),
        _ => [],
    };
}
