namespace Untag.Scan.Reading.Documents;

/// <summary>Reads a document of Word.</summary>
internal static class WordDocument
{
    private static readonly (string Start, string Part)[] Others =
    [
        ("word/header", "header, "), ("word/footer", "footer, "), ("word/footnotes", "footnotes, "),
        ("word/endnotes", "endnotes, "), ("word/comments", "comments, "), ("word/glossary/document", "building blocks, "),
        ("word/charts/chart", "charts, "), ("word/diagrams/data", "diagrams, "),
    ];

    public static void Read(OfficeParts parts, List<Passage> passages)
    {
        DocumentPassages.Add(parts.Paragraphs("word/document.xml", Dialect.OpenXml), "", passages);
        foreach (var (start, part) in Others)
        {
            foreach (var name in parts.Named(start, ".xml"))
                DocumentPassages.Add(parts.Paragraphs(name, Dialect.OpenXml), part, passages);
        }
    }
}
