using System.Globalization;
using System.Text;

namespace Untag.Scan.Reading.Binaries;

/// <summary>Finds text of wide characters in data: UTF-16 or UTF-32, aligned, its small byte first.</summary>
internal sealed class WideRuns(int width)
{
    private const int AsciiMin = 3;
    private const int CharactersMax = 16 * 1024;

    private static readonly bool[] IsText = BuildIsText();

    private readonly StringBuilder run = new();
    private bool afterNul = true;

    /// <summary>Takes each run.</summary>
    public delegate void Found(string text, long offset);

    /// <summary>Finds the runs in a stretch of bytes.</summary>
    /// <returns>Number of bytes consumed.</returns>
    public int Read(ReadOnlySpan<byte> bytes, long offset, bool isLast, Found found)
    {
        var at = 0;
        for (; at + width <= bytes.Length; at += width)
        {
            var unit = bytes[at] | (bytes[at + 1] << 8);
            if (width == 4 && (bytes[at + 2] | bytes[at + 3]) != 0)
                unit = 0xFFFF; // beyond the plane of all the terms
            if (IsText[unit] && run.Length < CharactersMax)
            {
                run.Append((char)unit);
                continue;
            }

            End(unit == 0, offset + at, found);
        }

        if (isLast)
            End(isEndedByNul: true, offset + at, found);
        return Math.Max(at, 1);
    }

    // Any two numbers look like Chinese: such a run counts only between two NULs.
    private void End(bool isEndedByNul, long end, Found found)
    {
        if (run.Length >= 2)
        {
            var text = run.ToString();
            var ascii = 0;
            foreach (var c in text)
                ascii += char.IsAsciiLetter(c) ? 1 : 0;
            if (ascii >= AsciiMin || (afterNul && isEndedByNul))
                found(text, end - ((long)text.Length * width));
        }

        run.Clear();
        afterNul = isEndedByNul;
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
