namespace Untag.TransparencyLog;

/// <summary>A log that is not what it says: something is missing, cut or changed.</summary>
/// <param name="message">What is wrong: lower case, no full stop.</param>
public sealed class LogDamageException(string message) : Exception(message)
{
    /// <summary>True when nothing is wrong but that another program has the log open.</summary>
    public bool IsInUse { get; init; }
}
