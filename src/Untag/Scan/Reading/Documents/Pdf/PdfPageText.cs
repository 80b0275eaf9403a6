using System.Text;

namespace Untag.Scan.Reading.Documents.Pdf;

/// <summary>Reads the text of one page by following those of its operators that show or move text.</summary>
/// <param name="file">The file.</param>
internal sealed class PdfPageText(PdfFile file)
{
    private const int FormsMax = 8;
    private const int OperandsMax = 4096;

    private readonly PdfLines lines = new();
    private readonly Dictionary<PdfValue, PdfFont> fonts = new(ReferenceEqualityComparer.Instance);
    private Matrix text = Matrix.One;
    private Matrix line = Matrix.One;
    private PdfFont? font;
    private double size = 1;
    private double leading;
    private double stretch = 1;
    private double letterSpace;
    private double wordSpace;

    /// <summary>Codes whose text the font says.</summary>
    public int Known { get; private set; }

    /// <summary>Codes whose text the font does not say.</summary>
    public int Unknown { get; private set; }

    /// <summary>The paragraphs of the page.</summary>
    public IReadOnlyList<string> Paragraphs => lines.Paragraphs;

    /// <summary>Follows the operators of a page, or of a form on it.</summary>
    public void Follow(byte[] content, Dictionary<string, PdfValue>? resources, int depth)
    {
        var parser = new PdfParser(content, 0);
        var operands = new List<PdfValue>();
        while (true)
        {
            parser.SkipBlanks();
            var at = parser.At;
            if (at >= content.Length)
                return;
            var value = parser.Read();
            if (value is PdfValue.Word { Value: "ID" })
                parser = new PdfParser(content, EndOfPicture(content, parser.At));
            else if (value is PdfValue.Word word)
                Do(word.Value, operands, resources, depth);
            else if (value is null)
                parser = new PdfParser(content, Math.Max(at, parser.At) + 1);
            if (value is PdfValue.Word or null || operands.Count > OperandsMax)
                operands.Clear();
            else
                operands.Add(value);
        }
    }

    // The bytes of a picture in the middle of a page end with EI between blanks.
    private static int EndOfPicture(byte[] content, int at)
    {
        for (var i = at; i + 2 < content.Length; i++)
        {
            if (content[i + 1] == 'E' && content[i + 2] == 'I' && PdfParser.IsBlank(content[i])
                && (i + 3 == content.Length || PdfParser.IsBlank(content[i + 3])))
                return i + 3;
        }

        return content.Length;
    }

    private void Do(string name, List<PdfValue> operands, Dictionary<string, PdfValue>? resources, int depth)
    {
        switch (name)
        {
            case "BT":
                text = line = Matrix.One;
                break;
            case "Tf" when operands is [PdfValue.Name key, ..]:
                font = FontOf(file.Get(file.EntriesOf(file.Get(resources, "Font")), key.Value));
                size = Number(operands, 1, 1);
                break;
            case "TL":
                leading = Number(operands, 0, 0);
                break;
            case "Tz":
                stretch = Number(operands, 0, 100) / 100;
                break;
            case "Tc":
                letterSpace = Number(operands, 0, 0);
                break;
            case "Tw":
                wordSpace = Number(operands, 0, 0);
                break;
            case "Td":
                Move(Number(operands, 0, 0), Number(operands, 1, 0));
                break;
            case "TD":
                leading = -Number(operands, 1, 0);
                Move(Number(operands, 0, 0), Number(operands, 1, 0));
                break;
            case "Tm":
                text = line = new Matrix(
                    Number(operands, 0, 1), Number(operands, 1, 0), Number(operands, 2, 0), Number(operands, 3, 1),
                    Number(operands, 4, 0), Number(operands, 5, 0));
                break;
            case "T*":
                Move(0, -leading);
                break;
            case "Tj":
                ShowAll(operands);
                break;
            case "'" or "\"":
                Move(0, -leading);
                ShowAll(operands);
                break;
            case "TJ" when operands is [PdfValue.Items items, ..]:
                ShowAll(items.Values);
                break;
            case "Do" when operands is [PdfValue.Name form, ..] && depth < FormsMax:
                FollowForm(file.Get(file.EntriesOf(file.Get(resources, "XObject")), form.Value), resources, depth);
                break;
        }
    }

    private void FollowForm(PdfValue? form, Dictionary<string, PdfValue>? resources, int depth)
    {
        if (form is not PdfValue.Packed packed || file.NameOf(packed.Values, "Subtype") != "Form")
            return;
        lines.End();
        Follow(file.Unpack(packed), file.EntriesOf(file.Get(packed.Values, "Resources")) ?? resources, depth + 1);
        lines.End();
    }

    private PdfFont? FontOf(PdfValue? value)
    {
        if (value is null)
            return null;
        if (!fonts.TryGetValue(value, out var known))
            fonts[value] = known = new PdfFont(file, file.EntriesOf(value));
        return known;
    }

    private void ShowAll(List<PdfValue> pieces)
    {
        foreach (var piece in pieces)
        {
            if (piece is PdfValue.Text shown)
                Show(shown.Bytes);
            else if (piece is PdfValue.Number back)
                text = text.Moved(-back.Value / 1000 * size * stretch, 0);
        }
    }

    private void Show(byte[] codes)
    {
        if (font is null)
            return;
        var from = (text.X, text.Y);
        var shown = new StringBuilder();
        var step = font.CodeBytes;
        for (var i = 0; i + step <= codes.Length; i += step)
        {
            var code = step == 2 ? (codes[i] << 8) | codes[i + 1] : codes[i];
            var of = font.TextOf(code);
            if (of is null)
                Unknown++;
            else
                Known++;
            shown.Append(of ?? "\uFFFD");
            var blank = step == 1 && code == ' ' ? wordSpace : 0;
            text = text.Moved(((font.WidthOf(code) / 1000 * size) + letterSpace + blank) * stretch, 0);
        }

        var scale = Math.Abs(size) * text.Scale;
        if (shown.Length > 0)
            lines.Add(shown.ToString(), from, (text.X, text.Y), double.IsFinite(scale) && scale > 0 ? scale : 1);
    }

    private void Move(double x, double y) => text = line = line.Moved(x, y);

    private double Number(List<PdfValue> operands, int index, double otherwise) =>
        index < operands.Count && file.Resolve(operands[index]) is PdfValue.Number number ? number.Value : otherwise;

    private readonly record struct Matrix(double A, double B, double C, double D, double X, double Y)
    {
        public static Matrix One => new(1, 0, 0, 1, 0, 0);

        public double Scale => Math.Sqrt((A * A) + (B * B));

        public Matrix Moved(double x, double y) => this with { X = X + (x * A) + (y * C), Y = Y + (x * B) + (y * D) };
    }
}
