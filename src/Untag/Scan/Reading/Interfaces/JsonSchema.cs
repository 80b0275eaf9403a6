namespace Untag.Scan.Reading.Interfaces;

/// <summary>JSON Schema, which describes what documents hold.</summary>
internal sealed class JsonSchema : IDocumentFormat
{
    public string Name => "JSON Schema";

    public string Reads => "each schema with its properties and enums";

    // Many settings name the schema that they follow; the schema itself names the one of schemas.
    public bool Recognises(Node document) =>
        document["$schema"].Text?.Contains("json-schema.org/", StringComparison.Ordinal) == true
        || (document["type"].Text == "object" && document["properties"].Members.Count > 0);

    public void Mark(Node document, SectionMarks marks)
    {
        var title = document["title"].Text;
        marks.Mark(document, title is null ? null : $"schema {title}", SectionRole.Response);
        marks.MarkMembers(document["definitions"], "schema", SectionRole.Response);
        marks.MarkMembers(document["$defs"], "schema", SectionRole.Response);
    }
}
