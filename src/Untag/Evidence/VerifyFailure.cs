namespace Untag.Evidence;

/// <summary>Why a bundle or a log is not accepted. The number is the exit code of <c>untag verify</c> and of <c>untag log verify</c>;
/// docs/exit-codes.md is made from this file.</summary>
public enum VerifyFailure
{
    /// <summary>It is no bundle, or not a whole one.</summary>
    NotABundle = 10,

    /// <summary>A file in it is not the one that its manifest names.</summary>
    FileChanged = 11,

    /// <summary>A file that its manifest names is not there.</summary>
    FileMissing = 12,

    /// <summary>A file is there that its manifest does not name.</summary>
    FileAdded = 13,

    /// <summary>The files are the right ones, but not packed as Untag packs them.</summary>
    Repacked = 14,

    /// <summary>The signature is not of the key that it names.</summary>
    BadSignature = 15,

    /// <summary>It was signed by another key than the one that was given.</summary>
    OtherKey = 16,

    /// <summary>A document is not the one that was signed.</summary>
    DocumentChanged = 17,

    /// <summary>What was signed cannot be understood by this version.</summary>
    UnknownStatement = 18,

    /// <summary>The key that signed had ended, or nothing shows that it had not.</summary>
    KeyEnded = 19,

    /// <summary>The product holds another file than the one that the statement is about.</summary>
    OtherProduct = 20,

    /// <summary>A file that the statement is about is not in the product.</summary>
    ProductFileMissing = 21,

    /// <summary>The statement is not valid any more.</summary>
    Expired = 22,

    /// <summary>The statement is valid only from a later day on.</summary>
    NotYetValid = 23,

    /// <summary>It was withdrawn by whoever signed it.</summary>
    Withdrawn = 24,

    /// <summary>It does not come after the bundle that the reader gave as the one before it.</summary>
    OtherPrevious = 25,

    /// <summary>It says something else of what changed since the bundle before it than the two bundles do.</summary>
    FalseDifference = 26,

    /// <summary>It is older than the bundle that the reader has seen before.</summary>
    OlderThanSeen = 27,

    /// <summary>The log's proof does not lead from the statement to the checkpoint.</summary>
    NotInLog = 30,

    /// <summary>The checkpoint is not signed by the key of its log, or a witness's signature is forged.</summary>
    BadCheckpoint = 31,

    /// <summary>The log is smaller than the one that was seen before.</summary>
    RolledBack = 32,

    /// <summary>The log did not grow out of the one that was seen before.</summary>
    Forked = 33,

    /// <summary>The key or the checkpoint that was given is of another log.</summary>
    OtherLog = 34,

    /// <summary>The files of the log are not those that its checkpoint speaks of.</summary>
    LogDamaged = 35,

    /// <summary>A root for time stamps was given, and there is no time stamp.</summary>
    NoTimestamp = 40,

    /// <summary>The time stamp is none, or is not signed by its certificate.</summary>
    BadTimestamp = 41,

    /// <summary>The time stamp is of another signature.</summary>
    TimestampOfOther = 42,

    /// <summary>The time stamp answers another request.</summary>
    OtherNonce = 43,

    /// <summary>The certificate of the time stamp is not one for time stamps.</summary>
    NoTimestampAuthority = 44,

    /// <summary>The certificate of the time stamp was not valid at its time.</summary>
    TimestampAuthorityEnded = 45,

    /// <summary>The certificate of the time stamp does not lead to a root that was given.</summary>
    TimestampNotTrusted = 46,
}

/// <summary>What is said of each failure.</summary>
public static class VerifyFailures
{
    /// <summary>Every failure with its exit code and its sentence, in the order of the codes.</summary>
    public static IReadOnlyList<(VerifyFailure Failure, int Code, string Says)> All { get; } =
        [.. Enum.GetValues<VerifyFailure>().Select(failure => (failure, (int)failure, Says(failure)))];

    /// <summary>The failure in words: a sentence without full stop.</summary>
    public static string Says(VerifyFailure failure) => failure switch
    {
        VerifyFailure.NotABundle => "this is no evidence bundle, or not a whole one",
        VerifyFailure.FileChanged => "a file in the bundle was changed",
        VerifyFailure.FileMissing => "a file of the bundle is missing",
        VerifyFailure.FileAdded => "the bundle holds a file that does not belong to it",
        VerifyFailure.Repacked => "the bundle was packed anew: its bytes are not those that Untag writes",
        VerifyFailure.BadSignature => "the signature is not of the key that it names",
        VerifyFailure.OtherKey => "the bundle was signed with another key than the one that was given",
        VerifyFailure.DocumentChanged => "a document in the bundle is not the one that was signed",
        VerifyFailure.UnknownStatement => "what was signed cannot be understood by this version",
        VerifyFailure.KeyEnded => "the key had ended when it signed",
        VerifyFailure.OtherProduct => "the product is not the one that the statement is about",
        VerifyFailure.ProductFileMissing => "a file that the statement is about is not in the product",
        VerifyFailure.Expired => "the statement has expired",
        VerifyFailure.NotYetValid => "the statement is dated later than today",
        VerifyFailure.Withdrawn => "the statement was withdrawn by whoever signed it",
        VerifyFailure.OtherPrevious => "the statement does not come after the bundle that was given as the one before it",
        VerifyFailure.FalseDifference => "what changed since the bundle before it is not what the statement says",
        VerifyFailure.OlderThanSeen => "the statement is older than the one that was seen before",
        VerifyFailure.NotInLog => "the log does not prove that it holds the statement",
        VerifyFailure.BadCheckpoint => "the checkpoint of the log is not signed as it says",
        VerifyFailure.RolledBack => "the log is smaller than it was before: entries were taken out",
        VerifyFailure.Forked => "the log is not the continuation of the one that was seen before",
        VerifyFailure.OtherLog => "the key or the checkpoint that was given is of another log",
        VerifyFailure.LogDamaged => "the log is not whole",
        VerifyFailure.NoTimestamp => "the bundle carries no time stamp",
        VerifyFailure.BadTimestamp => "the time stamp cannot be read, or is not signed as it says",
        VerifyFailure.TimestampOfOther => "the time stamp is of another signature",
        VerifyFailure.OtherNonce => "the time stamp answers another request: its nonce is another",
        VerifyFailure.NoTimestampAuthority => "the certificate of the time stamp is not one for time stamps",
        VerifyFailure.TimestampAuthorityEnded => "the certificate of the time stamp was not valid at the time that it states",
        VerifyFailure.TimestampNotTrusted => "the time stamp does not lead to a root that was given",
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, "there is no such failure"),
    };
}

/// <summary>A bundle or a log is not accepted.</summary>
/// <param name="failure">Why.</param>
/// <param name="detail">Where or what exactly: lower case, no full stop; null when there is no more to say.</param>
public sealed class VerifyException(VerifyFailure failure, string? detail = null)
    : Exception(detail is null ? VerifyFailures.Says(failure) : $"{VerifyFailures.Says(failure)}: {detail}")
{
    /// <summary>Why.</summary>
    public VerifyFailure Failure { get; } = failure;
}
