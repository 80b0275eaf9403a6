using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Untag.Fuzz.Replies;

/// <summary>A document in one spelling: without blanks and escapes, numbers as they were, texts that hold JSON by what they
/// hold.</summary>
internal static class Canonical
{
    public static string Of(string json) => Of(JsonNode.Parse(json));

    public static string Of(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return text.ToString();
    }

    private static void Write(JsonNode? node, StringBuilder text)
    {
        switch (node)
        {
            case JsonObject fields:
                text.Append('{');
                foreach (var (name, value) in fields)
                {
                    text.Append(JsonEncodedText.Encode(name)).Append(':');
                    Write(value, text);
                    text.Append(';');
                }

                text.Append('}');
                break;
            case JsonArray list:
                text.Append('[');
                foreach (var value in list)
                {
                    Write(value, text);
                    text.Append(';');
                }

                text.Append(']');
                break;
            case not null when node.GetValueKind() == JsonValueKind.String:
                WriteText(node.GetValue<string>(), text);
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }

    private static void WriteText(string characters, StringBuilder text)
    {
        if (characters.TrimStart() is not ['{' or '[', ..])
        {
            text.Append('"').Append(JsonEncodedText.Encode(characters)).Append('"');
            return;
        }

        text.Append("text:");
        Write(JsonNode.Parse(characters), text);
    }
}
