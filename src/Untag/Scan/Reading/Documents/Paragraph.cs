namespace Untag.Scan.Reading.Documents;

/// <summary>A paragraph of a document, its runs joined.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Number">Its number in its part of the document, counted from 1.</param>
/// <param name="Table">Number of the table that it stands in; 0 outside of tables.</param>
/// <param name="Row">Number of its row in the table.</param>
internal readonly record struct Paragraph(string Text, int Number, int Table, int Row);
