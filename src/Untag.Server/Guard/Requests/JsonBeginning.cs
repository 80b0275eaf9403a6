using System.Buffers;
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
        var text = Behind(first);
        if (text.IsEmpty)
            return isWhole ? false : null;
        if (text[0] is not ((byte)'{' or (byte)'['))
            return false;
        if (!isWhole && text.Length < Bytes)
            return null;
        return IsText(text) || IsJson(text, isWhole) || HoldsText(text, isWhole);
    }

    /// <summary>What stands behind blanks, marks and comments, which many parsers skip; empty when they do not end.</summary>
    public static ReadOnlySpan<byte> Behind(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            if (text.StartsWith("/*"u8))
                text = text[2..].IndexOf("*/"u8) is >= 0 and var end ? text[(end + 4)..] : [];
            else if (text[0] == '#' || text.StartsWith("//"u8))
                text = text.IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and var end ? text[end..] : [];
            else if (Rune.DecodeFromUtf8(text, out var rune, out var length) == OperationStatus.NeedMoreData || text is [(byte)'/'])
                return [];
            else if (IsBlank(rune))
                text = text[length..];
            else
                return text;
        }

        return text;
    }

    // A mark stands for nothing, and some take the signs that once divided files and records for blanks.
    private static bool IsBlank(Rune rune) => Rune.IsWhiteSpace(rune) || rune.Value is 0xFEFF or (>= 0x1C and <= 0x1F);

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
        var reader = new Utf8JsonReader(Behind(text), isWhole, new JsonReaderState(Options));
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

    // A service may read so far and no further. Numbers of a tensor do not come to a text.
    private static bool HoldsText(ReadOnlySpan<byte> text, bool isWhole)
    {
        var reader = new Utf8JsonReader(text, isWhole, new JsonReaderState(Options));
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String)
                    return true;
            }
        }
        catch (JsonException)
        {
            // Nothing was said before.
        }

        return false;
    }
}
