namespace Untag.Server.Guard.Replies.Json;

/// <summary>The first bytes of a document, which tell its encoding.</summary>
internal static class JsonStart
{
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>Length of the byte order mark before the document; 0 without one.</summary>
    /// <exception cref="ReplyRefusedException">It is not in UTF-8.</exception>
    public static int MarkBytes(ReadOnlySpan<byte> json) => json switch
    {
        [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..] or [0, ..] or [_, 0, ..] =>
            throw Refusal.Uninspectable(RefusalReason.Charset, "the reply is in UTF-16 or UTF-32"),
        _ => json.StartsWith(Mark) ? Mark.Length : 0,
    };
}
