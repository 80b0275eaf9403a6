using System.Globalization;
using System.Text;
using Untag.Guard;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Tiles;
using Untag.TransparencyLog.Trees;

namespace Untag.Check;

/// <summary>What the log of a guard says of the claim <c>no-tag-served</c>.</summary>
/// <remarks>
/// <list type="number">
/// <item>the log's checkpoint is accepted by a key, and its tree is recomputed from the entries;</item>
/// <item>the checkpoint at which the period begins must be one that this log grew out of;</item>
/// <item>what the entries between the two say is added up (<see cref="ServedPeriod"/>);</item>
/// <item>a gap, a guard that only observed, or no request at all is never a pass.</item>
/// </list>
/// </remarks>
internal static class ServedClaim
{
    private static readonly string[] NeverProven =
    [
        "it says nothing of traffic that did not go through the guard",
        "it says nothing of pixels, rendered pictures, video and encrypted fields",
        "it says nothing of embeddings, from which a caller can derive a tag, nor of numbers in tensors that no list names",
        "free text is looked through as well as can be done, which is not for certain",
    ];

    /// <summary>Judges the claim by the log that the product file names.</summary>
    public static ClaimResult Judge(ProductFile product, CancellationToken cancellation)
    {
        var open = new ClaimResult
        {
            Claim = Claims.NoTagServed,
            Says = Claims.Says(Claims.NoTagServed),
            Verdict = ClaimVerdict.NotChecked,
            Partial = product.Guard is not null,
            Failed = ["no log of a guard was given"],
            Next = ["it needs a guard in front of the service, with its log: `untag guard`, and `guard` in untag.yaml"],
        };
        if (product.Guard is not { } guard)
            return open;
        try
        {
            return Judged(open, product, guard, cancellation);
        }
        catch (LogDamageException problem)
        {
            return open with
            {
                Verdict = ClaimVerdict.Insufficient,
                Failed = [$"the log of the guard cannot be accepted: {problem.Message}"],
                Next = ["`untag log verify` tells more; keep the log as it is"],
            };
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return open with { Failed = [$"the log of the guard cannot be read: {FileProblem.InWords(problem)}"] };
        }
    }

    private static ClaimResult Judged(ClaimResult open, ProductFile product, GuardSection guard, CancellationToken cancellation)
    {
        var path = guard.Log ?? GuardSection.StandardLog;
        var folder = Path.Join(product.Folder, path);
        if (!File.Exists(Path.Join(folder, TileFolder.CheckpointName)))
            return open with { Failed = [$"there is no log of a guard at `{path}`"] };
        var log = TiledLog.Open(folder);
        var (key, isOwn) = ReadKey(product, guard, folder);
        if (key.Check(log.Note) != NoteVerdict.Valid || key.Name != log.Checkpoint.Origin)
            throw new LogDamageException($"its checkpoint is not signed by {key.Name}");
        log.Verify(null, cancellation);
        var from = guard.Since is { } since ? ReadSince(product, since, log, key) : 0;
        var report = ServedPeriod.Read(log.Entries(), from);
        return open with
        {
            Verdict = Verdict(report),
            Partial = false,
            Checked =
            [
                string.Create(CultureInfo.InvariantCulture, $"{path}: entries {from} to {log.Checkpoint.Size} of the log {key.Name}, signed by {key}"),
                .. Counts(report),
                .. report.Running,
            ],
            Passed = Verdict(report) == ClaimVerdict.Holds ? [Sentence(report, from, log.Checkpoint.Size)] : [],
            Failed = [.. Failures(report)],
            NotProven =
            [
                .. NeverProven,
                .. isOwn ? (IEnumerable<string>)["the key of the log lies beside it: whoever keeps the guard could write another log; a witness or a checkpoint that somebody else keeps rules that out"] : [],
                .. guard.Since is null ? ["the period begins with the log: with `since` it begins at a checkpoint that somebody kept"] : Array.Empty<string>(),
            ],
            Next = [.. Next(report)],
        };
    }

    private static (VerifierKey Key, bool IsOwn) ReadKey(ProductFile product, GuardSection guard, string folder)
    {
        var path = guard.LogVerifier is { } named ? Path.Join(product.Folder, named) : folder + GuardSection.VerifierEnding;
        try
        {
            return (VerifierKey.Parse(File.ReadAllText(path).Trim()), guard.LogVerifier is null);
        }
        catch (FormatException problem)
        {
            throw new LogDamageException($"its verifier key cannot be used: {problem.Message}");
        }
    }

    private static ulong ReadSince(ProductFile product, string since, TiledLog log, VerifierKey key)
    {
        try
        {
            var note = SignedNote.Parse(Encoding.UTF8.GetBytes(File.ReadAllText(Path.Join(product.Folder, since))));
            if (key.Check(note) != NoteVerdict.Valid)
                throw new LogDamageException($"the checkpoint `{since}` is not signed by {key.Name}");
            var older = Checkpoint.Parse(note.Text);
            var newer = log.Checkpoint;
            if (older.Size > newer.Size)
                throw new LogDamageException($"it was rolled back: it had {older.Size} entries at `{since}`, and has {newer.Size}");
            if (older.Size > 0 && !MerkleProofs.Extends(older.Size, newer.Size, older.Root, newer.Root, log.Prover.Consistency(older.Size)))
                throw new LogDamageException($"it was forked: at `{since}` it was another");
            return older.Size;
        }
        catch (FormatException problem)
        {
            throw new LogDamageException($"the checkpoint `{since}` cannot be used: {problem.Message}");
        }
    }

    private static ClaimVerdict Verdict(ServedReport report)
    {
        if (report.Decided[GuardOutcome.Observed] > 0)
            return ClaimVerdict.Fails;
        return report is { Gaps.Count: 0, Enforced: true, Policies.Count: > 0, Answered: > 0 } ? ClaimVerdict.Holds : ClaimVerdict.Insufficient;
    }

    private static IEnumerable<string> Counts(ServedReport report)
    {
        if (report is not { First: { } first, Last: { } last })
            yield break;
        yield return string.Create(CultureInfo.InvariantCulture, $"from {first.UtcDateTime:yyyy-MM-dd HH:mm:ss} to {last.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC by the clock of the guard: ")
            + string.Join(", ", GuardOutcomes.All.Select(outcome => string.Create(CultureInfo.InvariantCulture, $"{report.Decided[outcome]} {outcome.Word()}")));
    }

    private static string Sentence(ServedReport report, ulong from, ulong to) => string.Create(
        CultureInfo.InvariantCulture,
        $"no reply that passed guard {string.Join(", ", report.Versions)} under policy {string.Join(", ", report.Policies)} between checkpoint {from} and {to} carried a field matched by it; {report.Decided[GuardOutcome.Uninspectable]} replies were not inspectable and were refused");

    private static IEnumerable<string> Failures(ServedReport report)
    {
        if (report.Decided[GuardOutcome.Observed] is > 0 and var observed)
            yield return string.Create(CultureInfo.InvariantCulture, $"{observed} replies carried a tag and were passed on: the guard only observed");
        if (!report.Enforced)
            yield return "not enforced: a guard only observed in some of the period";
        foreach (var gap in report.Gaps)
            yield return gap;
        if (report.Policies.Count == 0 && report.Answered > 0)
            yield return "the guard put no policy in force";
        if (report.Answered == 0)
            yield return "no reply passed the guard in the period";
    }

    private static IEnumerable<string> Next(ServedReport report)
    {
        if (report.Gaps.Count > 0)
            yield return "begin the period behind the gap: keep a copy of a later checkpoint, and name it as `since`";
        if (!report.Enforced)
            yield return "run the guard with `mode: strip` or `mode: block`";
        yield return "`untag log show` prints every entry";
    }
}
