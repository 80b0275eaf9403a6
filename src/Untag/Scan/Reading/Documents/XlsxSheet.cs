using System.Globalization;
using System.Text;

namespace Untag.Scan.Reading.Documents;

/// <summary>Reads the cells of a sheet of a workbook.</summary>
internal static class XlsxSheet
{
    /// <summary>Hands the cells to the rows of the sheet; false when the sheet is damaged.</summary>
    /// <param name="xml">The sheet.</param>
    /// <param name="shared">The texts that cells refer to by number.</param>
    /// <param name="rows">Takes the cells.</param>
    public static bool TryRead(string xml, List<string> shared, SheetRows rows)
    {
        var scan = new XmlScan(xml);
        var text = new StringBuilder();
        var column = -1;
        var type = "";
        var inText = false;
        while (scan.Read())
        {
            if (scan.Part == XmlPart.Text)
            {
                if (inText)
                    text.Append(scan.Content);
                continue;
            }

            var isStart = scan.Part == XmlPart.Start;
            if (scan.Name is "row" && isStart)
            {
                rows.BeginRow();
                column = -1;
            }
            else if (scan.Name is "c" && isStart)
            {
                column = ColumnOf(scan.Attribute("r")) ?? column + 1;
                type = scan.Attribute("t") ?? "n";
                text.Clear();
            }
            else if (scan.Name is "v" or "t" or "formula1")
            {
                inText = isStart;
                if (scan.Name is "formula1")
                    AddChoices(isStart, text, rows);
            }
            else if (scan.Name is "c")
            {
                rows.Add(column, Value(type, text.ToString(), shared), type is "s" or "str" or "inlineStr");
            }
        }

        return !scan.IsCut;
    }

    // The values that a cell accepts: "asian,black,white".
    private static void AddChoices(bool isStart, StringBuilder text, SheetRows rows)
    {
        if (!isStart && text.Length > 1 && text[0] == '"')
            rows.AddChoices(text.ToString().Trim('"').Split(','));
        text.Clear();
    }

    private static string Value(string type, string text, List<string> shared) =>
        type != "s" ? text
        : int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= 0 && number < shared.Count ? shared[number]
        : "";

    // "AB12" is in column 27, counted from 0.
    private static int? ColumnOf(string? cell)
    {
        var column = 0;
        foreach (var c in cell ?? "")
        {
            if (c is < 'A' or > 'Z' || column > SheetRows.ColumnsMax)
                break;
            column = (column * 26) + (c - 'A' + 1);
        }

        return column > 0 ? column - 1 : null;
    }
}
