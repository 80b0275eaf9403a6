namespace Untag.Evidence.Timestamps;

/// <summary>What a time stamp says.</summary>
/// <param name="Time">When the signature of the statement was there, to the second, in UTC.</param>
/// <param name="Authority">The name in the certificate of the authority.</param>
/// <param name="RootWasGiven">True when it leads to a root that the reader gave: else anybody can have made it.</param>
public sealed record TimestampFacts(DateTimeOffset Time, string Authority, bool RootWasGiven);
