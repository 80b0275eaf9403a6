using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Untag.Server.Guard.Replies.Json;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Replies.Streams;

/// <summary>A piece of an answer of a language model.</summary>
/// <param name="Place">Where in its record it stands: the same for all pieces of an answer.</param>
/// <param name="Text">What it says.</param>
/// <param name="IsJson">True when it has no sentences.</param>
internal readonly record struct SpokenPiece(string Place, string Text, bool IsJson);

/// <summary>Finds the pieces of answers in the records of a stream.</summary>
/// <param name="pass">The reply.</param>
internal sealed class SpokenPieces(ReplyPass pass)
{
    private const int StepLettersMax = 64; // a place is written for each piece: of a long name it has the digest

    private readonly StringBuilder place = new();
    private readonly List<SpokenPiece> found = [];

    /// <summary>The pieces in a record, until the next one is read.</summary>
    /// <param name="json">The record, which was inspected.</param>
    public IReadOnlyList<SpokenPiece> In(ReadOnlyMemory<byte> json)
    {
        found.Clear();
        using var document = JsonDocument.Parse(json[JsonStart.MarkBytes(json.Span)..], new JsonDocumentOptions { MaxDepth = pass.Limits.Depth });
        if (document.RootElement.ValueKind == JsonValueKind.String)
            found.Add(new SpokenPiece("", document.RootElement.GetString()!, IsJson: false));
        else
            Read(document.RootElement);
        return found;
    }

    private void Read(JsonElement value)
    {
        if (value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object))
            return;
        var around = place.Length;
        if (value.ValueKind == JsonValueKind.Array)
        {
            place.Append("[]");
            foreach (var element in value.EnumerateArray())
                Read(element);
        }
        else
        {
            place.Append(Step(NumbersIn(value)));
            foreach (var field in value.EnumerateObject())
                Read(field);
        }

        place.Length = around;
    }

    private void Read(JsonProperty field)
    {
        var around = place.Length;
        if (field.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
        {
            place.Append('.').Append(Step(field.Name));
            Read(field.Value);
        }
        else if (field.Value.ValueKind == JsonValueKind.String && IsSpoken(field.Name))
        {
            place.Append('.').Append(Step(field.Name));
            found.Add(new SpokenPiece(place.ToString(), field.Value.GetString()!, field.Name is "arguments" or "partial_json"));
        }

        place.Length = around;
    }

    // The pieces of several answers come mixed; a number says whose they are.
    private static string NumbersIn(JsonElement value)
    {
        StringBuilder? numbers = null;
        foreach (var field in value.EnumerateObject())
        {
            if (field.Value.ValueKind == JsonValueKind.Number && field.Name.EndsWith("index", StringComparison.Ordinal))
                (numbers ??= new StringBuilder()).Append(field.Value.GetRawText()).Append(' ');
        }

        return numbers?.ToString() ?? "";
    }

    private static string Step(string name) =>
        name.Length <= StepLettersMax ? name : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    private bool IsSpoken(string name) => pass.Rules.Words.Of(Encoding.UTF8.GetBytes(name)).Is(WordRoles.Spoken);
}
