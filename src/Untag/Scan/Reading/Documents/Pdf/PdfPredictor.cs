namespace Untag.Scan.Reading.Documents.Pdf;

/// <summary>Undoes the prediction of PNG, with which streams of objects may be written.</summary>
internal static class PdfPredictor
{
    private const int FirstOfPng = 10;

    /// <summary>The bytes as they were before they were predicted.</summary>
    public static byte[] Undo(byte[] content, Dictionary<string, PdfValue>? how, PdfFile file)
    {
        if (Number("Predictor", 1) < FirstOfPng)
            return content;
        var pixel = Math.Max(1, (int)((long)Number("Colors", 1) * Number("BitsPerComponent", 8) / 8));
        var row = (int)Math.Min(((long)Number("Columns", 1) * Number("Colors", 1) * Number("BitsPerComponent", 8) + 7) / 8, content.Length);
        var plain = new byte[content.Length];
        var written = 0;
        for (var at = 0; at + 1 < content.Length; at += row + 1)
        {
            var length = Math.Min(row, content.Length - at - 1);
            for (var i = 0; i < length; i++)
            {
                int left = i >= pixel ? plain[written + i - pixel] : 0;
                int above = written >= row ? plain[written + i - row] : 0;
                int corner = i >= pixel && written >= row ? plain[written + i - row - pixel] : 0;
                var predicted = content[at] switch
                {
                    1 => left,
                    2 => above,
                    3 => (left + above) / 2,
                    4 => Nearest(left, above, corner),
                    _ => 0,
                };
                plain[written + i] = (byte)((content[at + 1 + i] + predicted) & 0xFF);
            }

            written += length;
        }

        return plain[..written];

        int Number(string key, int otherwise) =>
            file.Get(how, key) is PdfValue.Number number ? Math.Clamp(PdfParser.ToInt(number.Value), 0, 1 << 20) : otherwise;
    }

    private static int Nearest(int left, int above, int corner)
    {
        var guess = left + above - corner;
        var (toLeft, toAbove, toCorner) = (Math.Abs(guess - left), Math.Abs(guess - above), Math.Abs(guess - corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
