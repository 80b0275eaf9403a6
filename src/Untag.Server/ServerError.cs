namespace Untag.Server;

/// <summary>Something that whoever starts the server can mend.</summary>
/// <param name="message">What is wrong: lower case, no full stop.</param>
/// <param name="details">One line for each of several things that are wrong.</param>
/// <param name="hint">The next step; null when the message says it.</param>
internal sealed class ServerError(string message, IReadOnlyList<string> details, string? hint) : Exception(message)
{
    /// <summary>An error that is one thing.</summary>
    public ServerError(string message, string? hint = null)
        : this(message, [], hint)
    {
    }

    /// <summary>One line for each of several things that are wrong.</summary>
    public IReadOnlyList<string> Details { get; } = details;

    /// <summary>The next step; null when the message says it.</summary>
    public string? Hint { get; } = hint;
}
