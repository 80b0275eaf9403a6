namespace Untag.Guard;

/// <summary>What became of a request that a guard took: exactly one of these.</summary>
public enum GuardOutcome
{
    /// <summary>It was answered, and nothing matched.</summary>
    Clean,

    /// <summary>It was answered without what matched.</summary>
    Stripped,

    /// <summary>It was answered with what matched, because the guard only observes.</summary>
    Observed,

    /// <summary>The request, or its reply, was refused because of what matched.</summary>
    Refused,

    /// <summary>The request, or its reply, was refused because it could not be inspected.</summary>
    Uninspectable,

    /// <summary>It was not answered, or not to the end: the service failed, the client left, a bound was reached.</summary>
    Failed,
}

/// <summary>How outcomes are spelt in a log.</summary>
public static class GuardOutcomes
{
    /// <summary>All of them, in the order in which they are told.</summary>
    public static readonly IReadOnlyList<GuardOutcome> All = Enum.GetValues<GuardOutcome>();

    /// <summary>The word for an outcome, such as <c>clean</c>.</summary>
    public static string Word(this GuardOutcome outcome) => outcome switch
    {
        GuardOutcome.Clean => "clean",
        GuardOutcome.Stripped => "stripped",
        GuardOutcome.Observed => "observed",
        GuardOutcome.Refused => "refused",
        GuardOutcome.Uninspectable => "uninspectable",
        GuardOutcome.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "there is no such outcome"),
    };

    /// <summary>True for outcomes that have an entry of their own in the log before anybody learns of them.</summary>
    public static bool HasEntry(this GuardOutcome outcome) => outcome is not (GuardOutcome.Clean or GuardOutcome.Failed);
}
