namespace Untag.Server.Guard.Replies.Json;

/// <summary>What a token may cost.</summary>
internal static class TokenLimits
{
    /// <summary>Checks the length of a token: what stands between two of them counts for the second one.</summary>
    /// <exception cref="ReplyRefusedException">It is too long.</exception>
    public static void CheckLength(int length, ReplyLimits limits)
    {
        if (length > limits.TokenBytes)
            throw Refusal.Uninspectable(RefusalReason.Limit, $"the reply holds a text of more than {limits.TokenBytes} bytes");
    }

    /// <summary>Checks before an object or a list how many are around it.</summary>
    /// <exception cref="ReplyRefusedException">They are too many.</exception>
    public static void CheckDepth(int depth, ReplyLimits limits)
    {
        if (depth >= limits.Depth)
            throw Refusal.Uninspectable(RefusalReason.Limit, $"the reply is nested more than {limits.Depth} deep");
    }
}
