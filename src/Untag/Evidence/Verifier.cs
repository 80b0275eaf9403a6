using System.Security.Cryptography;
using Untag.Evidence.Statements;
using Untag.Evidence.Timestamps;

namespace Untag.Evidence;

/// <summary>Verifies a bundle. It needs no network.</summary>
/// <remarks>
/// <list type="number">
/// <item>the bundle is what its manifest says, to the last byte (<see cref="Bundles.Manifest"/>);</item>
/// <item>the statement is signed by the key in it, which is the one that the reader gave; each document is the one that was signed,
/// or is withheld; the short forms for policy engines say what the statement says (<see cref="OpenedBundle"/>);</item>
/// <item>what others say of the statement is theirs (<see cref="Countersigning"/>), and it was not withdrawn;</item>
/// <item>the log holds the statement, and grew out of what the reader saw of it before (<see cref="LogEvidence"/>);</item>
/// <item>its signature was there when a time stamp says, if there is one (<see cref="TimestampCheck"/>);</item>
/// <item>it is valid today, and its key had not ended;</item>
/// <item>it comes after the bundle that the reader has seen before, and says truly what changed (<see cref="PreviousBundle"/>);</item>
/// <item>the product is the one that it is about.</item>
/// </list>
/// </remarks>
public static class Verifier
{
    /// <summary>Verifies a bundle.</summary>
    /// <exception cref="VerifyException">It is not accepted; the exception says why.</exception>
    public static Verification Verify(VerifyRequest request)
    {
        var opened = OpenedBundle.Open(request.Bundle, request.Key);
        var statement = opened.Statement;
        if (opened.Countersignatures.FirstOrDefault(other => other.Says.Says == CountersignWords.Withdraws) is { } withdrawal)
            throw new VerifyException(VerifyFailure.Withdrawn, $"on {withdrawal.Says.On:yyyy-MM-dd}: {withdrawal.Says.Remark ?? "no reason is given"}");
        var log = LogEvidence.Read(opened.Files, request);
        var timestamp = TimestampOf(opened, request);
        CompareDays(statement.Predicate, request);
        if (request.Key?.ValidUntil is { } end)
            CompareEnd(end, statement.Predicate, timestamp, request.Today);
        request.Previous?.CompareWith(opened);
        if (request.ProductFolder is { } folder)
            CompareProduct(statement.Subject, folder);
        return new Verification
        {
            Subjects = statement.Subject,
            Claims = statement.Predicate,
            Fingerprint = opened.Fingerprint,
            KeyWasGiven = request.Key is not null,
            ProductCompared = request.ProductFolder is not null,
            PreviousCompared = request.Previous is not null,
            Withheld = opened.Withheld,
            Log = log,
            Timestamp = timestamp,
            Countersignatures = opened.Countersignatures,
        };
    }

    private static void CompareDays(ClaimsPredicate claims, VerifyRequest request)
    {
        if (request.Today > claims.ValidUntil)
            throw new VerifyException(VerifyFailure.Expired, $"it was valid until {claims.ValidUntil:yyyy-MM-dd}");
        if (request.Today < claims.CheckedOn)
            throw new VerifyException(VerifyFailure.NotYetValid, $"it is dated {claims.CheckedOn:yyyy-MM-dd}");
    }

    private static TimestampFacts? TimestampOf(OpenedBundle opened, VerifyRequest request)
    {
        if (!opened.Files.TryGetValue(BundlePaths.Timestamp, out var token))
            return request.TimestampRoots is null ? null : throw new VerifyException(VerifyFailure.NoTimestamp);
        var facts = TimestampCheck.Read(token, Timestamping.SignatureOf(opened.Files), request.TimestampRoots);
        var day = DateOnly.FromDateTime(facts.Time.UtcDateTime);
        return day >= opened.Statement.Predicate.CheckedOn
            ? facts
            : throw new VerifyException(VerifyFailure.NotYetValid, $"it is dated {opened.Statement.Predicate.CheckedOn:yyyy-MM-dd}, and was time-stamped on {day:yyyy-MM-dd}");
    }

    // A statement says itself of what day it is: whoever finds a key that has ended can sign with an earlier day.
    private static void CompareEnd(DateOnly end, ClaimsPredicate claims, TimestampFacts? timestamp, DateOnly today)
    {
        if (claims.CheckedOn > end)
            throw new VerifyException(VerifyFailure.KeyEnded, $"it ended on {end:yyyy-MM-dd}, and the statement is of {claims.CheckedOn:yyyy-MM-dd}");
        if (timestamp is { RootWasGiven: true } && DateOnly.FromDateTime(timestamp.Time.UtcDateTime) > end)
            throw new VerifyException(VerifyFailure.KeyEnded, $"it ended on {end:yyyy-MM-dd}, and the time stamp is of {timestamp.Time.UtcDateTime:yyyy-MM-dd}");
        if (today > end && timestamp is not { RootWasGiven: true })
            throw new VerifyException(VerifyFailure.KeyEnded, $"it ended on {end:yyyy-MM-dd}, and nothing but the statement shows that it signed before");
    }

    private static void CompareProduct(IReadOnlyList<Subject> subjects, string folder)
    {
        foreach (var (name, digest) in subjects)
        {
            var path = name.Contains('\0', StringComparison.Ordinal) ? "" : Path.GetFullPath(Path.Join(folder, name));
            if (!path.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(path))
                throw new VerifyException(VerifyFailure.ProductFileMissing, $"`{name}`");
            try
            {
                using var file = File.OpenRead(path);
                if (Convert.ToHexStringLower(SHA256.HashData(file)) != digest.Sha256)
                    throw new VerifyException(VerifyFailure.OtherProduct, $"`{name}` has another digest");
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                throw new VerifyException(VerifyFailure.ProductFileMissing, $"`{name}` cannot be read: {FileProblem.InWords(problem)}");
            }
        }
    }
}
