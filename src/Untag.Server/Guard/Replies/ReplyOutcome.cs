namespace Untag.Server.Guard.Replies;

/// <summary>What became of a reply that was not refused.</summary>
/// <param name="Verdict">Whether anything was met.</param>
/// <param name="Bytes">Bytes that went to the client.</param>
/// <param name="StripsByRule">Places by the code of the rule.</param>
public sealed record ReplyOutcome(ReplyVerdict Verdict, long Bytes, IReadOnlyDictionary<string, int> StripsByRule);

/// <summary>Whether a reply carried a tag.</summary>
public enum ReplyVerdict
{
    /// <summary>It carried none.</summary>
    Clean,

    /// <summary>It carried one, which was taken out; where the route observes, only counted.</summary>
    Stripped,
}
