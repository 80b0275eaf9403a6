using System.Buffers.Text;
using System.Text.Unicode;

namespace Untag.Server.Guard.Replies.Names;

/// <summary>JSON in base64 within a text, as queues and tokens carry it. A text that holds some begins in one of a few ways.</summary>
internal static class PackedJson
{
    private const int PartsMax = 5; // of a token

    /// <summary>How such texts begin with their quotation mark, squashed, for the search of whole replies.</summary>
    public static IReadOnlyList<string> Beginnings { get; } = ["\0eyj", "\0eya", "\0ewo", "\0ew0", "\0w3s", "\0wyj"];

    /// <summary>True for squashed letters that begin so.</summary>
    public static bool BeginsAt(ReadOnlySpan<byte> letters) => letters.StartsWith("\0eyj"u8) || letters.StartsWith("\0eya"u8)
        || letters.StartsWith("\0ewo"u8) || letters.StartsWith("\0ew0"u8) || letters.StartsWith("\0w3s"u8) || letters.StartsWith("\0wyj"u8);

    /// <summary>True for a text that begins so.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> text) =>
        text.StartsWith("eyJ"u8) || text.StartsWith("eyA"u8) || text.StartsWith("ewo"u8) || text.StartsWith("ew0"u8)
        || text.StartsWith("W3s"u8) || text.StartsWith("WyJ"u8);

    /// <summary>What is packed in a text, part by part as they stand between points; what is no JSON is left out.</summary>
    public static IEnumerable<byte[]> Read(byte[] text)
    {
        foreach (var part in SplitAtPoints(text))
        {
            var bytes = new byte[part.Length];
            if (Decoded(text.AsSpan(part.Start, part.Length), bytes) is var count and > 0
                && bytes[0] is (byte)'{' or (byte)'[' && Utf8.IsValid(bytes.AsSpan(0, count)))
                yield return bytes[..count];
        }
    }

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
        var plain = packed.TrimEnd((byte)'=').ToArray();
        for (var i = 0; i < plain.Length; i++)
            plain[i] = plain[i] switch { (byte)'+' => (byte)'-', (byte)'/' => (byte)'_', var b => b };
        return Base64Url.IsValid(plain) && Base64Url.TryDecodeFromUtf8(plain, bytes, out var count) ? count : 0;
    }
}
