namespace Untag.Scan.Matching;

/// <summary>Maps a character to the one it is compared as: lower case, half width, without Latin accents.
/// One character gives one character, so positions stay.</summary>
/// <remarks>The runtime's own normalisation needs ICU data, which Untag does without
/// (<c>docs/decisions/0003-invariant-globalization.md</c>).</remarks>
internal static class Folding
{
    // Each line: the base letter, then the letters that are compared as it.
    private const string Accents = """
        aàáâãäåāăąǎạảấầẩẫậắằẳẵặ
        cçćĉċč
        dďđ
        eèéêëēĕėęěẹẻẽếềểễệ
        gĝğġģ
        hĥħ
        iìíîïĩīĭįıịỉ
        jĵ
        kķ
        lĺļľŀł
        nñńņňŉ
        oòóôõöøōŏőơọỏốồổỗộớờởỡợ
        rŕŗř
        sśŝşšș
        tţťŧț
        uùúûüũūŭůűųưụủứừửữự
        wŵ
        yýÿŷỳỵỷỹ
        zźżž
        """;

    private static readonly char[] Map = BuildMap();

    /// <summary>The character that <paramref name="c"/> is compared as.</summary>
    public static char Fold(char c) => Map[c];

    /// <summary>Folds a text into a buffer of the same length.</summary>
    public static void Fold(ReadOnlySpan<char> text, Span<char> folded)
    {
        var map = Map;
        for (var i = 0; i < text.Length; i++)
            folded[i] = map[text[i]];
    }

    private static char[] BuildMap()
    {
        var map = new char[char.MaxValue + 1];
        for (var c = 0; c <= char.MaxValue; c++)
            map[c] = char.ToLowerInvariant((char)c);
        foreach (var line in Accents.Split('\n', StringSplitOptions.TrimEntries))
        {
            foreach (var accented in line.AsSpan(1))
            {
                map[accented] = line[0];
                map[char.ToUpperInvariant(accented)] = line[0];
            }
        }

        const int FullWidthFirst = 0xFF01, FullWidthLast = 0xFF5E, FullWidthOffset = 0xFEE0;
        for (var c = FullWidthFirst; c <= FullWidthLast; c++)
            map[c] = char.ToLowerInvariant((char)(c - FullWidthOffset));
        return map;
    }
}
