namespace Untag.Scan.Reports;

/// <summary>Text from a product, without what would act where it is shown instead of being read.</summary>
public static class Harmless
{
    /// <summary>The text in one line, with a dot for every character that acts. Controls move the cursor of a screen, marks
    /// of direction make a line read differently from what it says, and the log of a build server obeys lines that begin
    /// with two colons, or that hold two number signs before a word or a bracket.</summary>
    public static string Text(string text)
    {
        var at = 0;
        while (at < text.Length && !Acts(text, at))
            at++;
        return at == text.Length ? text : string.Create(text.Length, text, static (shown, text) =>
        {
            for (var i = 0; i < text.Length; i++)
                shown[i] = Acts(text, i) ? '·' : text[i];
        });
    }

    private static bool Acts(string text, int at) => text[at] switch
    {
        // The lines of a text are its writer's: a separator of lines from the product would begin another.
        '\u061C' or '\u2028' or '\u2029' or '\u200E' or '\u200F' => true,
        (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => true,
        ':' => at + 1 < text.Length && text[at + 1] == ':' && string.IsNullOrWhiteSpace(text[..at]),
        '#' => at > 0 && text[at - 1] == '#' && at + 1 < text.Length && (text[at + 1] == '[' || char.IsAsciiLetter(text[at + 1])),
        var c => char.IsControl(c),
    };
}
