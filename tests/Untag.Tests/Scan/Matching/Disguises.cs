using System.Globalization;
using System.Text;

namespace Untag.Tests.Scan.Matching;

/// <summary>Ways to write a letter so that a search for it fails and a reader, a browser or a compiler does not mind.</summary>
internal static class Disguises
{
    // Before the ways: they are made in the order of the file.
    private static readonly Dictionary<char, char> Cyrillic = new()
    {
        ['a'] = 'а',
        ['c'] = 'с',
        ['e'] = 'е',
        ['o'] = 'о',
        ['p'] = 'р',
        ['x'] = 'х',
        ['y'] = 'у',
        ['i'] = 'і',
        ['A'] = 'А',
        ['C'] = 'С',
        ['E'] = 'Е',
        ['O'] = 'О',
        ['P'] = 'Р',
        ['T'] = 'Т',
        ['H'] = 'Н',
    };

    public static readonly Func<char, string>[] All =
    [
        c => c.ToString(),
        c => c + "\u200B",
        c => "\u200D" + c,
        c => c + "\u202E",
        c => c + "\u2066",
        c => "\uFEFF" + c,
        c => c + "\u00AD",
        c => c + "\U000E0061",
        c => char.IsAscii(c) ? c + "\u0336" : c.ToString(),
        c => char.IsAscii(c) ? c + "\u0301" : c.ToString(),
        c => char.IsBetween(c, '!', '~') && char.IsLetter(c) ? ((char)(c + 0xFEE0)).ToString() : c.ToString(),
        c => char.IsAsciiLetterLower(c) ? char.ConvertFromUtf32(0x1D5BA + c - 'a') : c.ToString(),
        c => char.IsAsciiLetterUpper(c) ? char.ConvertFromUtf32(0x1D400 + c - 'A') : c.ToString(),
        c => char.IsAsciiLetterLower(c) ? char.ConvertFromUtf32(0x24D0 + c - 'a') : c.ToString(),
        c => Cyrillic.TryGetValue(c, out var other) ? other.ToString() : c.ToString(),
        c => c == 'o' ? "ο" : c == 'v' ? "ν" : c.ToString(),
        c => Escaped("\\u{0:x4}", c),
        c => Escaped("\\u{{{0:x}}}", c),
        c => Escaped("\\U{0:x8}", c),
        c => Escaped("&#{0};", c),
        c => Escaped("&#x{0:X};", c),
        c => InBytes("\\x{0:x2}", c),
        c => InBytes("%{0:X2}", c),
        c => string.Concat(Encoding.UTF8.GetBytes(c.ToString()).Select(b => "\\" + Convert.ToString(b, 8).PadLeft(3, '0'))),
    ];

    private static string Escaped(string format, char c) => string.Format(CultureInfo.InvariantCulture, format, (int)c);

    private static string InBytes(string format, char c) =>
        string.Concat(Encoding.UTF8.GetBytes(c.ToString()).Select(b => string.Format(CultureInfo.InvariantCulture, format, b)));
}
