using Untag.Check;
using Untag.Guard;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Storage;

namespace Untag.Tests.Check;

/// <summary>The claim <c>no-tag-served</c> is judged by the log of a guard, from one checkpoint to another.</summary>
public sealed class ServedClaimTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly ProductFolder folder = new();
    private readonly SigningKey key = SigningKey.New("acme-face/guard", NoteAlgorithm.Ed25519);
    private readonly Dictionary<GuardOutcome, long> none = GuardOutcomes.All.ToDictionary(outcome => outcome, _ => 0L);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_log_without_a_gap_makes_the_claim_hold_and_says_what_that_does_not_prove()
    {
        Write(Started(0), InForce(0), Met(0, 2, GuardOutcome.Uninspectable), Second(0, 1, 2, (GuardOutcome.Clean, 1), (GuardOutcome.Uninspectable, 1)), Stopped(0, 2));
        var claim = Judge();
        Assert.Equal((ClaimVerdict.Holds, false), (claim.Verdict, claim.Partial));
        Assert.Equal(
            ["no reply that passed guard 0.1.0 under policy d1 between checkpoint 0 and 5 carried a field matched by it; 1 replies were not inspectable and were refused"],
            claim.Passed);
        Assert.Empty(claim.Failed);
        Assert.Contains(claim.NotProven, sentence => sentence.Contains("did not go through the guard", StringComparison.Ordinal));
        Assert.Contains(claim.NotProven, sentence => sentence.Contains("the key of the log lies beside it", StringComparison.Ordinal));
    }

    [Fact]
    public void A_gap_makes_it_insufficient()
    {
        Write(Started(0), InForce(0), Second(0, 1, 2, (GuardOutcome.Clean, 2)), Started(3));
        var claim = Judge();
        Assert.Equal(ClaimVerdict.Insufficient, claim.Verdict);
        Assert.Empty(claim.Passed);
        Assert.Equal(["run 000000000000 of the guard `guard` ended without a word: what came after its request 2 is not counted"], claim.Failed);
    }

    [Fact]
    public void The_period_begins_at_a_checkpoint_that_somebody_kept()
    {
        Write(Started(0), InForce(0), Second(0, 1, 2, (GuardOutcome.Clean, 2)), Started(3));
        Keep("kept");
        Write(InForce(3), Second(3, 1, 5, (GuardOutcome.Clean, 5)), Stopped(3, 5));
        var claim = Judge(section => section with { Since = "kept" });
        Assert.Equal(ClaimVerdict.Holds, claim.Verdict);
        Assert.Contains("between checkpoint 4 and 7", claim.Passed[0], StringComparison.Ordinal);
        Assert.Contains(claim.Checked, sentence => sentence.Contains("5 clean", StringComparison.Ordinal));
    }

    [Fact]
    public void A_tag_that_was_only_observed_makes_it_fail()
    {
        Write(Started(0), InForce(0, enforces: false), Met(0, 1, GuardOutcome.Observed), Second(0, 1, 1, (GuardOutcome.Observed, 1)), Stopped(0, 1));
        var claim = Judge();
        Assert.Equal(ClaimVerdict.Fails, claim.Verdict);
        Assert.Contains("1 replies carried a tag and were passed on: the guard only observed", claim.Failed);
    }

    [Fact]
    public void A_guard_that_only_observed_proves_nothing_even_when_it_met_nothing()
    {
        Write(Started(0), InForce(0, enforces: false), Second(0, 1, 1, (GuardOutcome.Clean, 1)), Stopped(0, 1));
        var claim = Judge();
        Assert.Equal(ClaimVerdict.Insufficient, claim.Verdict);
        Assert.Equal(["not enforced: a guard only observed in some of the period"], claim.Failed);
    }

    [Fact]
    public void No_reply_at_all_is_no_pass()
    {
        Write(Started(0), InForce(0), Stopped(0, 0));
        Assert.Equal((ClaimVerdict.Insufficient, "no reply passed the guard in the period"), (Judge().Verdict, Judge().Failed.Single()));
    }

    [Fact]
    public void Without_a_log_nothing_was_checked()
    {
        var claim = Judge();
        Assert.Equal((ClaimVerdict.NotChecked, true), (claim.Verdict, claim.Partial));
        Assert.Equal(["there is no log of a guard at `.untag/guard-log`"], claim.Failed);
        Assert.Equal((ClaimVerdict.NotChecked, false), Judged(ProductFile.Without(folder.Root)));
    }

    [Fact]
    public void A_log_that_was_changed_or_is_of_another_key_is_not_accepted()
    {
        Write(Started(0), InForce(0), Second(0, 1, 1, (GuardOutcome.Clean, 1)), Stopped(0, 1));
        folder.Write(".untag/guard-log.vkey", SigningKey.New("acme-face/guard", NoteAlgorithm.Ed25519).Verifier.ToString());
        Assert.Equal("the log of the guard cannot be accepted: its checkpoint is not signed by acme-face/guard", Judge().Failed.Single());
        folder.Write(".untag/guard-log.vkey", key.Verifier.ToString());
        var entries = folder.At(".untag/guard-log/tile/entries/000.p/4");
        var bytes = File.ReadAllBytes(entries);
        bytes[bytes.AsSpan().IndexOf("\"clean\":\"1\""u8) + 9] = (byte)'9';
        File.WriteAllBytes(entries, bytes);
        var claim = Judge();
        Assert.Equal(ClaimVerdict.Insufficient, claim.Verdict);
        Assert.StartsWith("the log of the guard cannot be accepted: entry 2 is not the one", claim.Failed.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_was_begun_anew_does_not_grow_out_of_a_checkpoint_of_the_old_one()
    {
        Write(Started(0), InForce(0), Second(0, 1, 2, (GuardOutcome.Clean, 2)), Stopped(0, 2));
        Keep("kept");
        Directory.Delete(folder.At(".untag/guard-log"), recursive: true);
        Write(Started(0), InForce(0), Second(0, 1, 9, (GuardOutcome.Clean, 9)), Stopped(0, 9), Started(4));
        Assert.Equal("the log of the guard cannot be accepted: it was forked: at `kept` it was another", Judge(section => section with { Since = "kept" }).Failed.Single());
    }

    private static string Run(ulong number) => $"{number:x32}";

    private static GuardRecord.Started Started(ulong run) => new(Run(run), "guard", "0.1.0", Noon, null);

    private static GuardRecord.InForce InForce(ulong run, bool enforces = true) => new(Run(run), "default", "d1", "c1", enforces);

    private static GuardRecord.Met Met(ulong run, ulong request, GuardOutcome outcome) =>
        new(Run(run), request, outcome, GuardPlace.Reply, "tag", new Dictionary<string, long>(), "d1");

    private static GuardRecord.Stopped Stopped(ulong run, ulong last) => new(Run(run), Noon, last);

    private static (ClaimVerdict Verdict, bool Partial) Judged(ProductFile product) =>
        ServedClaim.Judge(product, CancellationToken.None) is var claim ? (claim.Verdict, claim.Partial) : default;

    private GuardRecord.Totals Second(ulong run, ulong first, ulong last, params (GuardOutcome Outcome, long Count)[] decided)
    {
        var counts = new Dictionary<GuardOutcome, long>(none);
        foreach (var (outcome, count) in decided)
            counts[outcome] = count;
        return new GuardRecord.Totals(Run(run), Noon, first, last, counts, 0, 0);
    }

    private void Write(params GuardRecord[] records)
    {
        folder.Write(".untag/guard-log.vkey", key.Verifier.ToString());
        using var log = LogStore.Open(folder.At(".untag/guard-log"), key);
        foreach (var record in records)
            log.Append(record.ToEntry().ToBytes());
        log.Publish();
    }

    private void Keep(string name) => File.Copy(folder.At(".untag/guard-log/checkpoint"), folder.At(name));

    private ClaimResult Judge(Func<GuardSection, GuardSection>? configure = null) => ServedClaim.Judge(
        ProductFile.Without(folder.Root) with { Guard = (configure ?? (section => section))(new GuardSection()) }, CancellationToken.None);
}
