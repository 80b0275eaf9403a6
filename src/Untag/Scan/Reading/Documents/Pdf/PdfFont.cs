namespace Untag.Scan.Reading.Documents.Pdf;

/// <summary>What a page needs of a font: the text of its codes, and how wide they are.</summary>
internal sealed class PdfFont
{
    private const double WidthUnknown = 500;
    private const double WidthOfWide = 1000;

    private readonly Dictionary<int, double> widths = [];
    private readonly Dictionary<int, string> named = [];
    private readonly PdfCharacterMap? map;
    private readonly bool isWide;
    private readonly bool isUnicode;
    private readonly double otherwise;

    public PdfFont(PdfFile file, Dictionary<string, PdfValue>? entries)
    {
        if (file.Get(entries, "ToUnicode") is PdfValue.Packed packed)
            map = PdfCharacterMap.Read(file.Unpack(packed));
        isWide = file.NameOf(entries, "Subtype") == "Type0";
        var encoding = file.NameOf(entries, "Encoding");
        isUnicode = encoding is not null && (encoding.Contains("UCS2", StringComparison.Ordinal) || encoding.Contains("UTF16", StringComparison.Ordinal));
        otherwise = isWide ? WidthOfWide : WidthUnknown;
        if (isWide)
            AddWideWidths(file, entries);
        else
            AddWidths(file, entries);
        if (file.EntriesOf(file.Get(entries, "Encoding")) is { } own)
            AddNames(file, own);
    }

    /// <summary>Bytes of a code.</summary>
    public int CodeBytes => isWide ? 2 : 1;

    /// <summary>How wide a code is, in thousandths of the font's size.</summary>
    public double WidthOf(int code) => widths.GetValueOrDefault(code, otherwise);

    /// <summary>The text of a code; null when the font does not say it.</summary>
    public string? TextOf(int code)
    {
        if (map?.TextOf(code) is { } text)
            return text;
        if (isWide)
            return isUnicode ? char.ToString((char)code) : null;
        return named.TryGetValue(code, out var name) ? PdfGlyphs.TextOf(name) : PdfGlyphs.TextOf(code);
    }

    private void AddWidths(PdfFile file, Dictionary<string, PdfValue>? entries)
    {
        if (file.Get(entries, "Widths") is not PdfValue.Items items || file.Get(entries, "FirstChar") is not PdfValue.Number first)
            return;
        for (var i = 0; i < Math.Min(items.Values.Count, 256); i++)
        {
            if (file.Resolve(items.Values[i]) is PdfValue.Number width)
                widths[Math.Clamp(PdfParser.ToInt(first.Value), 0, 255) + i] = width.Value;
        }
    }

    // `12 [500 600]` are the widths of 12 and 13; `12 20 500` is the width of 12 to 20.
    private void AddWideWidths(PdfFile file, Dictionary<string, PdfValue>? entries)
    {
        if (file.Get(entries, "DescendantFonts") is not PdfValue.Items { Values: [var descendant, ..] }
            || file.Get(file.EntriesOf(descendant), "W") is not PdfValue.Items items)
            return;
        for (var i = 0; i + 1 < items.Values.Count;)
        {
            if (file.Resolve(items.Values[i]) is not PdfValue.Number first)
                return;
            var code = Math.Clamp(PdfParser.ToInt(first.Value), 0, ushort.MaxValue);
            var next = file.Resolve(items.Values[i + 1]);
            if (next is PdfValue.Items list)
            {
                foreach (var value in list.Values.Take(ushort.MaxValue))
                    widths[code++] = file.Resolve(value) is PdfValue.Number width ? width.Value : WidthOfWide;
                i += 2;
            }
            else if (next is PdfValue.Number last && i + 2 < items.Values.Count && file.Resolve(items.Values[i + 2]) is PdfValue.Number all)
            {
                for (; code <= Math.Min(last.Value, ushort.MaxValue); code++)
                    widths[code] = all.Value;
                i += 3;
            }
            else
            {
                return;
            }
        }
    }

    // `[65 /a /b 97 /c]`: codes 65 and 66 are a and b, 97 is c.
    private void AddNames(PdfFile file, Dictionary<string, PdfValue> encoding)
    {
        if (file.Get(encoding, "Differences") is not PdfValue.Items items)
            return;
        var code = 0;
        foreach (var item in items.Values)
        {
            if (file.Resolve(item) is PdfValue.Number number)
                code = Math.Clamp(PdfParser.ToInt(number.Value), 0, 255);
            else if (item is PdfValue.Name name && code < 256)
                named[code++] = name.Value;
        }
    }
}
