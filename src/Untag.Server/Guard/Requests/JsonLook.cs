using System.Text;
using System.Text.Json;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Requests;

/// <summary>Looks through JSON, whatever its shape: names, texts, and texts that hold JSON themselves.</summary>
/// <param name="judge">Judges each field.</param>
/// <param name="depthMax">Objects and lists inside each other.</param>
internal sealed class JsonLook(FieldJudge judge, int depthMax)
{
    private const int NestingMax = 8;

    /// <summary>Looks through a document, or several one behind the other.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public Asked? Look(string place, ReadOnlyMemory<byte> json) => Look(place, json, nesting: 0);

    private Asked? Look(string place, ReadOnlyMemory<byte> json, int nesting)
    {
        if (JsonBeginning.Behind(json.Span).Length is > 0 and var length)
            json = json[^length..];
        using var others = new OtherFields(judge, json);
        // Some services take comments and a comma too many; what they would read is looked at.
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions
        {
            MaxDepth = depthMax,
            AllowMultipleValues = true,
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
        });
        var names = new Stack<string>(); // of the fields that enclose the place, the nearest on top
        var field = "";
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    field = TextOf(ref reader);
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    if (reader.TokenType == JsonTokenType.StartObject && judge.JudgeName(place, field) is { } named
                        && !others.AreMeant(field, ""))
                        return named;
                    names.Push(field);
                    if (reader.TokenType == JsonTokenType.StartObject)
                        field = "";
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    field = names.Pop();
                    break;
                default:
                    if (LookAtValue(place, others, ref reader, field, names, nesting) is { } asked)
                        return asked;
                    break;
            }
        }

        return null;
    }

    /// <summary>Looks through a text that may be JSON.</summary>
    public Asked? LookInside(string place, string text) => text.AsSpan().TrimStart() is ['{' or '[', ..] ? LookInside(place, text, nesting: 0) : null;

    /// <summary>Looks through bytes that may be JSON, as far as they are.</summary>
    public Asked? LookInside(string place, ReadOnlyMemory<byte> bytes)
    {
        if (JsonBeginning.Behind(bytes.Span) is not [(byte)'{' or (byte)'[', ..])
            return null;
        try
        {
            return Look(place, bytes);
        }
        catch (JsonException)
        {
            return null; // it was judged as a text; `[age, race]` is no JSON and asks all the same
        }
    }

    private Asked? LookAtValue(string place, OtherFields others, ref Utf8JsonReader reader, string field, Stack<string> names, int nesting)
    {
        if (reader.TokenType == JsonTokenType.String && PackedJson.MayBegin(reader.ValueSpan) && LookAtPacked(place, reader.ValueSpan, nesting) is { } packed)
            return packed;
        if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && OpaqueText.Is(reader.ValueSpan))
            return judge.JudgeName(place, field) is { } named && !others.AreMeant(field, "") ? named : null;
        var value = reader.TokenType == JsonTokenType.String ? TextOf(ref reader) : Encoding.UTF8.GetString(reader.ValueSpan);
        if (judge.Judge(place, field, value) is { } asked && !others.AreMeant(field, value))
            return asked;
        if (names.Count > 1 && judge.ReadName(field).IsElement && judge.Judge(place, ParentOf(names), value) is { } element
            && !others.AreMeant(ParentOf(names), value))
            return element;
        return nesting < NestingMax && value.AsSpan().TrimStart() is ['{' or '[', ..] ? LookInside(place, value, nesting) : null;
    }

    private Asked? LookAtPacked(string place, ReadOnlySpan<byte> text, int nesting)
    {
        if (nesting >= NestingMax)
            return null;
        foreach (var json in PackedJson.Read(text.ToArray()))
        {
            if (LookInside(place, Encoding.UTF8.GetString(json), nesting) is { } asked)
                return asked;
        }

        return null;
    }

    // The list in which an element stands: the nearest name above it.
    private static string ParentOf(Stack<string> names) => names.FirstOrDefault(name => name.Length > 0) ?? "";

    private Asked? LookInside(string place, string text, int nesting)
    {
        try
        {
            return Look(place, Encoding.UTF8.GetBytes(text), nesting + 1);
        }
        catch (JsonException)
        {
            return null; // a text that begins like JSON and is none was judged as a text
        }
    }

    private static string TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException problem) // half of a surrogate pair, or damaged UTF-8
        {
            throw new JsonException("a text is damaged", problem);
        }
    }
}
