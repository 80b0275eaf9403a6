namespace Untag.Scan.Reading.Interfaces;

/// <summary>Manifests of Kubernetes, and what else describes its objects in their manner.</summary>
internal sealed class Kubernetes : IDocumentFormat
{
    public string Name => "Kubernetes manifest";

    public string Reads => "each object, by its kind and name";

    public bool Recognises(Node document) =>
        document["apiVersion"].Text is not null && document["kind"].Text is not null;

    public void Mark(Node document, SectionMarks marks)
    {
        var name = document["metadata"]["name"].Text ?? document["metadata"]["generateName"].Text;
        marks.Mark(document, $"{document["kind"].Text} {name}".TrimEnd(), SectionRole.Setting);
        foreach (var item in document["items"].Members)
        {
            if (Recognises(item))
                Mark(item, marks);
        }
    }
}
