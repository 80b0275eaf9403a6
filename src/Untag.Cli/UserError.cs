namespace Untag.Cli;

/// <summary>Something that the user can mend: caught once, in <c>Program</c>.</summary>
internal sealed class UserError(string message, string? hint = null) : Exception(message)
{
    /// <summary>The next step; null when the message says it.</summary>
    public string? Hint { get; } = hint;
}
