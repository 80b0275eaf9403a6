using System.Globalization;
using System.Text;

namespace Untag.Scan.Reading.Documents;

/// <summary>Reads the sheets of an OpenDocument workbook.</summary>
internal static class OdsSheets
{
    /// <summary>Appends a passage for each sheet, and one for comments; false when the document is damaged.</summary>
    public static bool TryRead(string xml, List<Passage> passages)
    {
        var scan = new XmlScan(xml);
        var text = new StringBuilder();
        var comments = new List<Paragraph>();
        var rows = new SheetRows();
        var sheet = "";
        int column = 0, repeated = 1, tables = 0, comment = 0;
        var isText = false;
        while (scan.Read())
        {
            switch (scan.Part)
            {
                case XmlPart.Text when tables > 0:
                    text.Append(scan.Content);
                    break;
                case XmlPart.Start when scan.Name is "table" && tables++ == 0:
                    rows = new SheetRows();
                    sheet = scan.Attribute("table:name") ?? "";
                    break;
                case XmlPart.End when scan.Name is "table" && --tables == 0:
                    rows.AddTo(passages, sheet);
                    break;
                case XmlPart.Start when scan.Name is "table-row":
                    rows.BeginRow();
                    column = 0;
                    break;
                case XmlPart.Start when scan.Name is "table-cell" or "covered-table-cell":
                    text.Clear();
                    isText = scan.Attribute("office:value-type") is "string";
                    repeated = Repeated(scan.Attribute("table:number-columns-repeated"));
                    break;
                case XmlPart.End when scan.Name is "table-cell" or "covered-table-cell":
                    rows.Add(column, text.ToString(), isText);
                    column = Math.Min(column + repeated, SheetRows.ColumnsMax);
                    text.Clear();
                    break;
                case XmlPart.Start when scan.Name is "annotation":
                    text.Clear();
                    break;
                case XmlPart.End when scan.Name is "annotation":
                    comments.Add(new Paragraph(text.ToString(), ++comment, Table: 0, Row: 0));
                    text.Clear();
                    break;
            }
        }

        DocumentPassages.Add(comments, "comments, ", passages);
        return !scan.IsCut;
    }

    private static int Repeated(string? count) =>
        int.TryParse(count, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, SheetRows.ColumnsMax) : 1;
}
