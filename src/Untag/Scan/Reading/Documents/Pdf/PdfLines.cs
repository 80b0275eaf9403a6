using System.Text;

namespace Untag.Scan.Reading.Documents.Pdf;

/// <summary>A place on a page, in its own unit.</summary>
internal readonly record struct PagePoint(double X, double Y);

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
    private PagePoint end;

    /// <summary>Takes a piece of text.</summary>
    /// <param name="piece">The text.</param>
    /// <param name="from">Where it begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="size">Size of its font at this place.</param>
    public void Add(string piece, PagePoint from, PagePoint to, double size)
    {
        var down = Math.Abs(from.Y - end.Y) / size;
        var across = (from.X - end.X) / size;
        if (down > ParagraphMin)
            End();
        else if (down > LineMin && text is [.., _, '-'] && char.IsLetter(text[^2])
            && piece.Length > 0 && char.IsLower(piece[0]))
            text.Length--; // a word that is divided at the end of the line
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
        var paragraph = WithoutLigatures(text.ToString().Trim());
        if (paragraph.Length > 0)
            paragraphs.Add(paragraph);
        text.Clear();
    }

    private static string WithoutLigatures(string paragraph) => paragraph.AsSpan().ContainsAnyInRange('\uFB00', '\uFB04')
        ? paragraph.Replace("\uFB00", "ff", StringComparison.Ordinal).Replace("\uFB01", "fi", StringComparison.Ordinal)
            .Replace("\uFB02", "fl", StringComparison.Ordinal).Replace("\uFB03", "ffi", StringComparison.Ordinal)
            .Replace("\uFB04", "ffl", StringComparison.Ordinal)
        : paragraph;
}
