namespace Untag.Scan.Reading;

/// <summary>A line of a text.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Text">Without its end.</param>
internal readonly record struct TextLine(int Number, ReadOnlyMemory<char> Text);

/// <summary>Splits a text at LF, CR LF and CR.</summary>
internal static class Lines
{
    /// <summary>The lines in order.</summary>
    public static IEnumerable<TextLine> Of(string text)
    {
        var start = 0;
        var number = 0;
        while (start <= text.Length)
        {
            var length = text.AsSpan(start).IndexOfAny('\n', '\r');
            var end = length < 0 ? text.Length : start + length;
            yield return new TextLine(++number, text.AsMemory(start, end - start));
            if (end == text.Length)
                yield break;
            start = end + (text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1);
        }
    }
}
