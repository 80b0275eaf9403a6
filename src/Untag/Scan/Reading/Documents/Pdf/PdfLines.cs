using System.Text;

namespace Untag.Scan.Reading.Documents.Pdf;

/// <summary>Puts pieces of text, each at a place of the page, together to words and paragraphs.</summary>
internal sealed class PdfLines
{
    // In sizes of the font: less than a blank is wide, more than letters are apart.
    private const double BlankMin = 0.2;
    private const double LineMin = 0.4;
    private const double ParagraphMin = 1.8;
    private const double BackMin = 1.0;

    private readonly List<string> paragraphs = [];
    private readonly StringBuilder text = new();
    private (double X, double Y) end;

    /// <summary>Takes a piece of text.</summary>
    /// <param name="piece">The text.</param>
    /// <param name="from">Where it begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="size">Size of its font at this place.</param>
    public void Add(string piece, (double X, double Y) from, (double X, double Y) to, double size)
    {
        var down = Math.Abs(from.Y - end.Y) / size;
        var across = (from.X - end.X) / size;
        if (down > ParagraphMin)
            End();
        else if (text.Length > 0 && (down > LineMin || across > BlankMin || across < -BackMin) && text[^1] != ' ')
            text.Append(' ');
        text.Append(piece);
        end = to;
    }

    /// <summary>The paragraphs; what is added later begins a new one.</summary>
    public IReadOnlyList<string> Paragraphs
    {
        get
        {
            End();
            return paragraphs;
        }
    }

    /// <summary>Ends the paragraph.</summary>
    public void End()
    {
        var paragraph = text.ToString().Trim();
        if (paragraph.Length > 0)
            paragraphs.Add(paragraph);
        text.Clear();
    }
}
