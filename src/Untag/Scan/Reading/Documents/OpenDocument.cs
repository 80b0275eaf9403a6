namespace Untag.Scan.Reading.Documents;

/// <summary>Reads a document in the OpenDocument format: text, presentation or sheets.</summary>
internal static class OpenDocument
{
    private const string Content = "content.xml";

    public static void Read(OfficeParts parts, List<Passage> passages)
    {
        var xml = parts.Read(Content);
        if (!xml.AsSpan().TrimStart().StartsWith("<"))
        {
            parts.AddUnreadable("the document is encrypted or damaged: its text was not read");
            return;
        }

        if (xml.Contains("<office:spreadsheet", StringComparison.Ordinal))
        {
            if (!OdsSheets.TryRead(xml, passages))
                parts.AddDamage(Content);
        }
        else
        {
            DocumentPassages.Add(parts.Paragraphs(Content, Dialect.OpenDocument), "", passages);
        }

        // Headers and footers belong to the styles of pages.
        DocumentPassages.Add(parts.Paragraphs("styles.xml", Dialect.OpenDocument), "header and footer, ", passages);
    }
}
