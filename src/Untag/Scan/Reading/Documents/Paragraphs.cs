using System.Text;

namespace Untag.Scan.Reading.Documents;

/// <summary>Whose XML it is.</summary>
internal enum Dialect
{
    /// <summary>Office Open XML: text stands in elements of its own.</summary>
    OpenXml,

    /// <summary>OpenDocument: text stands anywhere in a paragraph.</summary>
    OpenDocument,
}

/// <summary>Reads the paragraphs of one part of a document. A word that is split over several runs is one word.</summary>
internal static class Paragraphs
{
    private const int NestedMax = 64;

    /// <summary>Appends the paragraphs that hold text.</summary>
    /// <returns>False when the part is damaged; what stands before the damage was read.</returns>
    public static bool TryRead(string xml, Dialect dialect, List<Paragraph> paragraphs)
    {
        var scan = new XmlScan(xml);
        // A paragraph can hold a text box or a comment, which holds paragraphs.
        var open = new Stack<(StringBuilder Text, int Number)>();
        int number = 0, tables = 0, tableDepth = 0, row = 0, skippedDepth = 0;
        var inText = false;
        while (scan.Read())
        {
            if (skippedDepth > 0)
            {
                if (scan.Part == XmlPart.End && scan.Depth < skippedDepth)
                    skippedDepth = 0;
                continue;
            }

            switch (scan.Part)
            {
                case XmlPart.Text when open.Count > 0 && (inText || dialect == Dialect.OpenDocument):
                    open.Peek().Text.Append(scan.Content);
                    break;
                case XmlPart.Start when IsRepetition(scan.Name):
                    skippedDepth = scan.Depth;
                    break;
                case XmlPart.Start when IsParagraph(scan.Name, dialect):
                    if (open.Count == NestedMax)
                        return false;
                    open.Push((new StringBuilder(), ++number));
                    inText = scan.Name is "text";
                    break;
                case XmlPart.Start when scan.Name is "tbl" or "table":
                    if (tableDepth++ == 0)
                    {
                        tables++;
                        row = 0;
                    }

                    break;
                case XmlPart.Start when scan.Name is "tr" or "table-row":
                    row++;
                    break;
                case XmlPart.Start when scan.Name is "t" or "delText":
                    inText = true;
                    break;
                case XmlPart.Start when open.Count > 0 && scan.Name is "tab" or "br" or "cr" or "s" or "line-break":
                    open.Peek().Text.Append(' ');
                    break;
                case XmlPart.End when open.Count > 0 && IsParagraph(scan.Name, dialect):
                    Add(open.Pop());
                    inText = false;
                    break;
                case XmlPart.End when scan.Name is "tbl" or "table":
                    tableDepth--;
                    break;
                case XmlPart.End when scan.Name is "t" or "delText":
                    inText = false;
                    break;
            }
        }

        while (open.TryPop(out var rest))
            Add(rest);
        return !scan.IsCut;

        void Add((StringBuilder Text, int Number) closed)
        {
            var text = closed.Text.ToString();
            if (!string.IsNullOrWhiteSpace(text))
                paragraphs.Add(new Paragraph(text, closed.Number, tableDepth > 0 ? tables : 0, row));
        }
    }

    // A comment of a sheet or slide is a `text` without paragraphs.
    private static bool IsParagraph(ReadOnlySpan<char> name, Dialect dialect) =>
        name is "p" || (dialect == Dialect.OpenDocument ? name is "h" : name is "text");

    // What older programs are to show says again what stands beside it; readings of East Asian names repeat them.
    private static bool IsRepetition(ReadOnlySpan<char> name) => name is "Fallback" or "rPh";
}
