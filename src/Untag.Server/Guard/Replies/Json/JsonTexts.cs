using System.Text.Json;
using System.Text.Unicode;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>Names and texts of JSON as the characters that they stand for.</summary>
internal static class JsonTexts
{
    /// <summary>The characters of the name or text that a reader stands at, in UTF-8.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="buffer">Where escapes are resolved; replaced by a larger one when it does not suffice.</param>
    /// <exception cref="ReplyRefusedException">They are no valid UTF-8, or half of a pair.</exception>
    public static ReadOnlySpan<byte> Of(scoped ref Utf8JsonReader reader, scoped ref byte[] buffer)
    {
        if (!reader.ValueIsEscaped)
        {
            return Utf8.IsValid(reader.ValueSpan)
                ? reader.ValueSpan
                : throw Refusal.Uninspectable(RefusalReason.Charset, "the reply holds a name or text that is no UTF-8");
        }

        if (buffer.Length < reader.ValueSpan.Length)
            buffer = new byte[reader.ValueSpan.Length];
        try
        {
            return buffer.AsSpan(0, reader.CopyString(buffer));
        }
        catch (InvalidOperationException)
        {
            throw Refusal.Uninspectable(RefusalReason.Charset, "the reply holds half of a character");
        }
    }

    /// <summary>The characters of a text that was read before.</summary>
    /// <param name="quoted">The text with its quotation marks.</param>
    /// <param name="isEscaped">True when it holds escapes.</param>
    /// <param name="buffer">As above.</param>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> quoted, bool isEscaped, scoped ref byte[] buffer)
    {
        if (!isEscaped)
            return quoted[1..^1];
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return Of(ref reader, ref buffer);
    }

    /// <summary>A text as it is written in JSON, with its quotation marks.</summary>
    public static byte[] Quoted(ReadOnlySpan<byte> characters)
    {
        var text = JsonEncodedText.Encode(characters, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        return [(byte)'"', .. text.EncodedUtf8Bytes, (byte)'"'];
    }
}
