namespace Untag.Scan.Reading.Interfaces;

/// <summary>Avro schemas and protocols.</summary>
internal sealed class Avro : IDocumentFormat
{
    public string Name => "Avro schema and protocol";

    public string Reads => "each record with its fields, each enum, each message";

    public bool Recognises(Node document) =>
        IsNamedType(document)
        || (document["protocol"].Text is not null && document["types"].First >= 0)
        || (document.Name.Length == 0 && document.Members is [{ Name: "" } first, ..] && IsNamedType(first));

    public void Mark(Node document, SectionMarks marks)
    {
        marks.Mark(document, null, SectionRole.Response);
        foreach (var message in document["messages"].Members)
        {
            marks.Mark(message, $"message {message.Name}", SectionRole.Response);
            marks.Mark(message["request"], $"message {message.Name}, request", SectionRole.Request);
        }

        MarkTypes(document, marks);
    }

    // A type is written out where it is first used: in a field, a list, a union.
    private static void MarkTypes(Node node, SectionMarks marks)
    {
        if (IsNamedType(node))
            marks.Mark(node, $"{node["type"].Text} {node["name"].Text}", SectionRole.Response);
        foreach (var member in node.Members)
            MarkTypes(member, marks);
    }

    private static bool IsNamedType(Node node) =>
        node["name"].Text is not null
        && node["type"].Text switch
        {
            "record" or "error" => node["fields"].First >= 0,
            "enum" => node["symbols"].First >= 0,
            _ => false,
        };
}
