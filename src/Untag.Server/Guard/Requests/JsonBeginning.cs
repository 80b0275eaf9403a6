using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Untag.Server.Guard.Requests;

/// <summary>Tells by its first bytes that a body is JSON, whatever its content type says: services read it all the same. A picture is told from
/// it by its first byte.</summary>
internal static class JsonBeginning
{
    /// <summary>Bytes that are enough, from the first brace or bracket on.</summary>
    public const int Bytes = 512;

    private const int CharacterBytesMax = 4;

    // Some services take comments and a comma too many. How deep it is makes it no other thing.
    private static readonly JsonReaderOptions Options = new()
    {
        MaxDepth = int.MaxValue,
        AllowMultipleValues = true,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>True when a body begins like an object or a list of JSON, or of what a service takes for it that is less strict; null when more
    /// of it must come.</summary>
    /// <param name="first">What has come.</param>
    /// <param name="isWhole">True when nothing more comes.</param>
    public static bool? IsIn(ReadOnlySpan<byte> first, bool isWhole)
    {
        if (WideJson.IsIn(first, isWhole) is not false and var isWide)
            return isWide;
        var text = WithoutBlanks(first);
        if (!text.IsEmpty && text[0] is not ((byte)'{' or (byte)'['))
            return IsBeginningOfMark(first) && !isWhole ? null : false;
        if (!isWhole && text.Length < Bytes)
            return null;
        return !text.IsEmpty && (IsText(text) || IsJson(text, isWhole));
    }

    // Of what is cut in a character, all before it.
    private static bool IsText(ReadOnlySpan<byte> text)
    {
        foreach (var b in text)
        {
            if (b < ' ' && b is not ((byte)'\t' or (byte)'\r' or (byte)'\n'))
                return false;
        }

        var end = text.Length;
        while (end > 0 && text.Length - end < CharacterBytesMax && (text[end - 1] & 0xC0) == 0x80)
            end--;
        return Utf8.IsValid(text) || (end > 0 && Utf8.IsValid(text[..(end - 1)]));
    }

    /// <summary>True for JSON, as far as it has come.</summary>
    public static bool IsJson(ReadOnlySpan<byte> text, bool isWhole)
    {
        var reader = new Utf8JsonReader(WithoutBlanks(text), isWhole, new JsonReaderState(Options));
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ReadOnlySpan<byte> WithoutBlanks(ReadOnlySpan<byte> text) =>
        (text.StartsWith(Encoding.UTF8.Preamble) ? text[Encoding.UTF8.Preamble.Length..] : text).TrimStart(" \t\r\n"u8);

    private static bool IsBeginningOfMark(ReadOnlySpan<byte> first) => Encoding.UTF8.Preamble.StartsWith(first);
}
