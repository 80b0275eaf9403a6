namespace Untag.Scan.Reading.Documents.Pdf;

/// <summary>A value in a PDF file.</summary>
internal abstract record PdfValue
{
    private PdfValue()
    {
    }

    public sealed record Nothing : PdfValue;

    public sealed record Number(double Value) : PdfValue;

    /// <summary>A name, without its slash.</summary>
    public sealed record Name(string Value) : PdfValue;

    /// <summary>A string: bytes whose meaning the font or the context says.</summary>
    public sealed record Text(byte[] Bytes) : PdfValue;

    public sealed record Items(List<PdfValue> Values) : PdfValue;

    public sealed record Entries(Dictionary<string, PdfValue> Values) : PdfValue;

    /// <summary>A stream: its entries, and where its packed bytes lie in the file.</summary>
    public sealed record Packed(Dictionary<string, PdfValue> Values, int Start, int Length) : PdfValue;

    /// <summary>A reference to an object by its number.</summary>
    public sealed record Reference(int Object) : PdfValue;

    /// <summary>An operator of a page, or a word of the file's own structure.</summary>
    public sealed record Word(string Value) : PdfValue;
}
