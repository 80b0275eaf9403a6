using System.Buffers.Text;
using System.Collections.Frozen;
using System.Text;
using System.Text.Unicode;

namespace Untag.Server.Guard.Replies.Names;

/// <summary>JSON in base64 within a text, as queues and tokens carry it. A text that holds some begins in one of a few ways.</summary>
internal static class PackedJson
{
    private const int PartsMax = 5; // of a token
    private const int UrlLettersMax = 128; // of what stands before base64 in a URL
    private const int LettersBehindUrl = 4;
    private const string Blanks = " \t\n\r";
    private const string Mark = "\u00ef\u00bb\u00bf"; // of the byte order

    private static readonly byte[] Thirds = [0x00, 0x40, 0x80, 0xC0]; // a letter has the two highest bits of each

    // Three letters are two bytes and two bits of the third. JSON begins with a bracket and with what may stand behind it, or with a blank or a
    // mark and what may stand behind that.
    private static readonly FrozenSet<uint> Packed = Beginning().Select(ThreeOf).ToFrozenSet();

    private static readonly FrozenSet<uint> PackedSquashed = Beginning().Select(three => ThreeOf(three.ToLowerInvariant())).ToFrozenSet();

    /// <summary>How such texts begin with their quotation mark, squashed, for the search of whole replies.</summary>
    public static IReadOnlyList<string> Beginnings { get; } =
        [.. Beginning().Select(three => "\0" + three.ToLowerInvariant()).Distinct(StringComparer.Ordinal), "\0dat"];

    private static ReadOnlySpan<byte> UrlScheme => "data:"u8;

    private static ReadOnlySpan<byte> UrlPacked => "base64,"u8;

    /// <summary>True for squashed letters that begin so.</summary>
    public static bool BeginsAt(ReadOnlySpan<byte> letters)
    {
        if (letters is [0, ..] && PackedSquashed.Contains(ThreeOf(letters[1..])))
            return true;
        if (!letters.StartsWith("\0data"u8))
            return false;
        var url = letters[1..Math.Min(letters.Length, UrlLettersMax + LettersBehindUrl)];
        var end = url.IndexOf((byte)0);
        if (end >= 0)
            url = url[..end];
        for (; url.IndexOf("base64"u8) is var at and >= 0; url = url["base64".Length..])
        {
            url = url[at..];
            if (PackedSquashed.Contains(ThreeOf(url["base64".Length..])))
                return true;
        }

        return false;
    }

    /// <summary>True for a text that begins so, behind blanks or as the URL of data.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> text)
    {
        text = WithoutUrl(text);
        Span<byte> three = stackalloc byte[3];
        var count = 0;
        for (var i = 0; i < text.Length && count < three.Length; i++)
        {
            if (text[i] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                three[count++] = text[i];
        }

        return Packed.Contains(ThreeOf(three[..count]));
    }

    /// <summary>What is packed in a text, part by part as they stand between points; what is no JSON is left out.</summary>
    public static IEnumerable<byte[]> Read(byte[] text)
    {
        var packed = WithoutUrl(text).ToArray();
        foreach (var part in SplitAtPoints(packed))
        {
            var bytes = new byte[part.Length];
            if (Decoded(packed.AsSpan(part.Start, part.Length), bytes) is var count and > 0 && IsJson(bytes.AsSpan(0, count)))
                yield return bytes[..count];
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8))
            bytes = bytes["\uFEFF"u8.Length..];
        return bytes.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..] && Utf8.IsValid(bytes);
    }

    private static ReadOnlySpan<byte> WithoutUrl(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t\r\n"u8);
        if (text.Length < UrlScheme.Length || !Ascii.EqualsIgnoreCase(text[..UrlScheme.Length], UrlScheme))
            return text;
        var head = text[..Math.Min(text.Length, UrlLettersMax)];
        for (var at = UrlScheme.Length; at + UrlPacked.Length <= head.Length; at++)
        {
            if (Ascii.EqualsIgnoreCase(head.Slice(at, UrlPacked.Length), UrlPacked))
                return text[(at + UrlPacked.Length)..];
        }

        return text;
    }

    private static IEnumerable<string> Beginning()
    {
        const string Begun = Blanks + "{[";
        (string First, string Second)[] ways =
        [
            ("{", Blanks + "\""), ("[", Blanks + "\"{[-0123456789tfn"), (Blanks, Begun), (Mark[..1], Mark[1..2]),
        ];
        return from way in ways
               from first in way.First
               from second in way.Second
               from third in Thirds
               select Convert.ToBase64String([(byte)first, (byte)second, third])[..3];
    }

    private static uint ThreeOf(string three) => ThreeOf(Encoding.ASCII.GetBytes(three));

    private static uint ThreeOf(ReadOnlySpan<byte> letters) => letters is [var first, var second, var third, ..]
        ? first | ((uint)second << 8) | ((uint)third << 16)
        : 0;

    private static IEnumerable<(int Start, int Length)> SplitAtPoints(byte[] text)
    {
        var start = 0;
        for (var parts = 0; start < text.Length && parts < PartsMax; parts++)
        {
            var end = Array.IndexOf(text, (byte)'.', start);
            var length = (end < 0 ? text.Length : end) - start;
            yield return (start, length);
            start += length + 1;
        }
    }

    // Both alphabets, with or without what fills the end.
    private static int Decoded(ReadOnlySpan<byte> packed, byte[] bytes)
    {
        var plain = packed.TrimEnd("= \t\r\n"u8).ToArray();
        for (var i = 0; i < plain.Length; i++)
            plain[i] = plain[i] switch { (byte)'+' => (byte)'-', (byte)'/' => (byte)'_', var b => b };
        return Base64Url.IsValid(plain) && Base64Url.TryDecodeFromUtf8(plain, bytes, out var count) ? count : 0;
    }
}
