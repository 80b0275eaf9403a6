namespace Untag.Scan.Reading.Interfaces;

/// <summary>Descriptions of an application as several containers.</summary>
internal sealed class Compose : IDocumentFormat
{
    public string Name => "Docker Compose";

    public string Reads => "each service, with what it is started with";

    public bool Recognises(Node document)
    {
        foreach (var service in document["services"].Members)
        {
            if (service["image"].Text is not null || service["build"].First >= 0)
                return true;
        }

        return false;
    }

    public void Mark(Node document, SectionMarks marks)
    {
        marks.Mark(document, null, SectionRole.Setting);
        marks.MarkMembers(document["services"], "service", SectionRole.Setting);
        marks.MarkMembers(document["configs"], "config", SectionRole.Setting);
    }
}
