namespace Untag.Evidence.Statements;

/// <summary>The statement that came before another one, and what changed between them.</summary>
/// <param name="Bundle">SHA-256 of the bundle, in the edition that the signer had, in hexadecimal.</param>
/// <param name="Statement">SHA-256 of its signed statement: the same in every edition.</param>
/// <param name="SignedBy">SHA-256 of the public key that signed it.</param>
/// <param name="CheckedOn">The day of its check.</param>
/// <param name="Changes">What changed; empty for nothing.</param>
public sealed record StatedPrevious(
    string Bundle, string Statement, string SignedBy, DateOnly CheckedOn, IReadOnlyList<StatedChange> Changes);

/// <summary>Something that is another than it was.</summary>
/// <param name="What">claim, subject, policy, tool, coverage, version or key.</param>
/// <param name="Name">Of a claim its short name, of a subject its path; else the same as <paramref name="What"/>.</param>
/// <param name="Before">What it was; null when it was not there.</param>
/// <param name="After">What it is; null when it is not there any more.</param>
public sealed record StatedChange(string What, string Name, string? Before = null, string? After = null);
