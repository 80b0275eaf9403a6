using System.Globalization;
using System.Text;

namespace Untag.Scan.Reading.Binaries;

/// <summary>Finds text of wide characters in data: UTF-16 or UTF-32, aligned, its small byte first.</summary>
internal sealed class WideRuns(int width)
{
    private const int AsciiMin = 3;
    private const int CharactersMax = 16 * 1024;

    private static readonly bool[] IsText = BuildIsText();

    private bool afterNul = true;

    /// <summary>Takes each run.</summary>
    public delegate void Found(string text, long offset);

    /// <summary>Finds the runs in a stretch of bytes.</summary>
    /// <returns>Number of bytes that need not be given again.</returns>
    public int Read(ReadOnlySpan<byte> bytes, long offset, bool isLast, Found found)
    {
        var start = 0;
        var letters = 0;
        var at = 0;
        for (; at + width <= bytes.Length; at += width)
        {
            var unit = bytes[at] | (bytes[at + 1] << 8);
            if (width == 4 && (bytes[at + 2] | bytes[at + 3]) != 0)
                unit = 0xFFFF; // beyond the plane of all the terms
            if (IsText[unit] && at - start < CharactersMax * width)
            {
                letters += char.IsAsciiLetter((char)unit) ? 1 : 0;
                continue;
            }

            if (at > start)
                End(bytes[start..at], letters, isEndedByNul: unit == 0, offset + start, found);
            afterNul = unit == 0;
            start = at + width;
            letters = 0;
        }

        if (!isLast && start > 0)
            return start; // the next stretch may go on with the run
        End(bytes[start..at], letters, isEndedByNul: isLast, offset + start, found);
        afterNul = isLast;
        return at;
    }

    // Any two numbers look like Chinese: such a run counts only between two NULs.
    private void End(ReadOnlySpan<byte> run, int letters, bool isEndedByNul, long offset, Found found)
    {
        if (run.Length >= 2 * width && (letters >= AsciiMin || (afterNul && isEndedByNul)))
            found(TextOf(run), offset);
    }

    private string TextOf(ReadOnlySpan<byte> run)
    {
        var text = new StringBuilder(run.Length / width);
        for (var at = 0; at < run.Length; at += width)
            text.Append((char)(run[at] | (run[at + 1] << 8)));
        return text.ToString();
    }

    private static bool[] BuildIsText()
    {
        var text = new bool[char.MaxValue + 1];
        for (var c = 0x20; c < char.MaxValue; c++)
        {
            text[c] = CharUnicodeInfo.GetUnicodeCategory((char)c) is not (UnicodeCategory.Control or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator);
        }

        return text;
    }
}
