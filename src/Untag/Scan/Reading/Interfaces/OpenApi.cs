namespace Untag.Scan.Reading.Interfaces;

/// <summary>Descriptions of HTTP interfaces, in both generations: what is asked for stands in parameters and requests,
/// all else is what the interface offers.</summary>
internal sealed class OpenApi : IDocumentFormat
{
    public string Name => "OpenAPI 2 (Swagger) and 3";

    public string Reads => "each operation with its parameters, request and responses; each schema";

    public bool Recognises(Node document) =>
        (document["openapi"].Text ?? document["swagger"].Text) is not null
        && (document["paths"].First >= 0 || document["webhooks"].First >= 0 || document["components"].First >= 0);

    public void Mark(Node document, SectionMarks marks)
    {
        marks.Mark(document, null, SectionRole.Response);
        foreach (var path in document["paths"].Members)
            MarkPath(path, marks);
        // The product itself sends what a webhook calls its request.
        marks.MarkMembers(document["webhooks"], "webhook", SectionRole.Response);
        MarkParts(document["components"], marks);
        MarkParts(document, marks); // where Swagger has them
    }

    private static void MarkParts(Node parts, SectionMarks marks)
    {
        marks.MarkMembers(parts["schemas"], "schema", SectionRole.Response);
        marks.MarkMembers(parts["definitions"], "schema", SectionRole.Response);
        marks.MarkMembers(parts["responses"], "response", SectionRole.Response);
        marks.MarkMembers(parts["headers"], "header", SectionRole.Response);
        marks.MarkMembers(parts["examples"], "example", SectionRole.Response);
        marks.MarkMembers(parts["requestBodies"], "request", SectionRole.Request);
        marks.MarkMembers(parts["parameters"], "parameter", SectionRole.Request);
    }

    private static void MarkPath(Node path, SectionMarks marks)
    {
        marks.Mark(path, path.Name, SectionRole.Response);
        MarkParameters(path, path.Name, marks);
        foreach (var operation in path.Members)
        {
            if (operation.Name is "get" or "put" or "post" or "delete" or "options" or "head" or "patch" or "trace" or "query")
                MarkOperation(operation, $"{operation.Name.ToUpperInvariant()} {path.Name}", marks);
        }
    }

    private static void MarkOperation(Node operation, string name, SectionMarks marks)
    {
        marks.Mark(operation, name, SectionRole.Response);
        MarkParameters(operation, name, marks);
        marks.Mark(operation["requestBody"], $"{name}, request", SectionRole.Request);
        marks.MarkMembers(operation["responses"], $"{name}, response", SectionRole.Response);
        marks.MarkMembers(operation["callbacks"], $"{name}, callback", SectionRole.Response);
    }

    private static void MarkParameters(Node holder, string name, SectionMarks marks)
    {
        foreach (var parameter in holder["parameters"].Members)
        {
            var reference = parameter["$ref"].Text;
            var called = parameter["name"].Text ?? reference?[(reference.LastIndexOf('/') + 1)..];
            var isBody = parameter["in"].Text == "body" || called is null;
            marks.Mark(parameter, isBody ? $"{name}, request" : $"{name}, parameter {called}", SectionRole.Request);
        }
    }
}
