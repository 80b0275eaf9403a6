namespace Untag.Scan.Reading.Interfaces;

/// <summary>The values of a Helm chart, each with the path under which it is set from outside.</summary>
internal sealed class HelmValues : IDocumentFormat
{
    private const int CharactersMax = 120; // of a path; what lies deeper belongs to the value above

    public string Name => "Helm values";

    public string Reads => "each value, by its path";

    // What every chart says is which image it runs.
    public bool Recognises(Node document)
    {
        foreach (var member in document.Members)
        {
            if ((member.Name == "image" ? member : member["image"])["repository"].Text is not null)
                return true;
        }

        return false;
    }

    public void Mark(Node document, SectionMarks marks)
    {
        marks.Mark(document, null, SectionRole.Setting);
        MarkBelow(document, "", marks);
    }

    private static void MarkBelow(Node node, string path, SectionMarks marks)
    {
        foreach (var member in node.Members)
        {
            var of = path + member.Name;
            if (member.Name.Length > 0)
                marks.Mark(member, $"value {of}", SectionRole.Setting);
            if (member.Text is null && of.Length <= CharactersMax)
                MarkBelow(member, member.Name.Length > 0 ? of + "." : path, marks);
        }
    }
}
