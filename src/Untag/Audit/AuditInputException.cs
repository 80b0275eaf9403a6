namespace Untag.Audit;

/// <summary>Something is wrong with a table, or with what was asked of it, that its owner can mend.</summary>
/// <param name="message">What is wrong and where: lower case, no full stop, and nothing that a row says of a person.</param>
/// <param name="hint">The next step.</param>
public sealed class AuditInputException(string message, string hint) : Exception(message)
{
    /// <summary>The next step.</summary>
    public string Hint { get; } = hint;
}
