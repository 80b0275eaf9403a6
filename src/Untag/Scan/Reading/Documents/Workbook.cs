namespace Untag.Scan.Reading.Documents;

/// <summary>Reads a workbook: of each sheet its header and the labels of its columns; comments and text boxes whole.</summary>
internal static class Workbook
{
    private const string Part = "xl/workbook.xml";

    private static readonly (string Start, string Part)[] Others =
        [("xl/comments", "comments, "), ("xl/comments/", "comments, "), ("xl/threadedComments/", "comments, "), ("xl/drawings/drawing", "drawings, "),
         ("xl/charts/chart", "charts, ")];

    public static void Read(OfficeParts parts, List<Passage> passages)
    {
        var shared = SharedTexts(parts);
        foreach (var (name, sheet) in Sheets(parts))
        {
            var rows = new SheetRows();
            if (!XlsxSheet.TryRead(parts.Read(sheet), shared, rows))
                parts.AddDamage(sheet);
            rows.AddTo(passages, name);
        }

        foreach (var (start, part) in Others)
        {
            foreach (var name in parts.Named(start, ".xml"))
                DocumentPassages.Add(parts.Paragraphs(name, Dialect.OpenXml), part, passages);
        }
    }

    // A sheet says by numbers which texts its cells hold.
    private static List<string> SharedTexts(OfficeParts parts)
    {
        const string Shared = "xl/sharedStrings.xml";
        var texts = new List<string>();
        var scan = new XmlScan(parts.Read(Shared));
        var text = "";
        var inText = false;
        while (scan.Read())
        {
            if (scan.Part == XmlPart.Text)
                text += inText ? scan.Content : "";
            else if (scan.Name is "t")
                inText = scan.Part == XmlPart.Start;
            else if (scan.Name is "rPh" && scan.Part == XmlPart.Start)
                SkipReading(ref scan);
            else if (scan.Name is "si" && scan.Part == XmlPart.Start)
                text = "";
            else if (scan.Name is "si")
                texts.Add(text);
        }

        if (scan.IsCut)
            parts.AddDamage(Shared);
        return texts;
    }

    // How an East Asian text is spoken repeats it.
    private static void SkipReading(ref XmlScan scan)
    {
        while (scan.Read() && !(scan.Part == XmlPart.End && scan.Name is "rPh"))
        {
        }
    }

    private static List<(string Name, string Part)> Sheets(OfficeParts parts)
    {
        var targets = Relations.Of(parts, Part);
        var sheets = new List<(string, string)>();
        var scan = new XmlScan(parts.Read(Part));
        while (scan.Read())
        {
            if (scan.Part == XmlPart.Start && scan.Name is "sheet" && scan.Attribute("r:id") is { } id
                && targets.TryGetValue(id, out var sheet))
                sheets.Add((scan.Attribute("name") ?? "", sheet));
        }

        if (scan.IsCut)
            parts.AddDamage(Part);
        return sheets;
    }
}
