using CsCheck;
using Untag.Guard;
using Untag.TransparencyLog;

namespace Untag.Tests.Guard;

/// <summary>What the log of a guard says of a period, and what of it does not add up.</summary>
public sealed class ServedPeriodTests
{
    private const string A = "00000000000000000000000000000aaa", B = "11111111111100000000000000000bbb", C = "22222222222200000000000000000ccc";

    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static readonly GuardRecord[] Whole =
    [
        new GuardRecord.Started(A, "guard", "0.1.0", Noon, null),
        new GuardRecord.InForce(A, "default", "d1", "c1", Enforces: true),
        new GuardRecord.Met(A, 2, GuardOutcome.Stripped, GuardPlace.Reply, "tag", new Dictionary<string, long> { ["UT0103"] = 3 }, "d1"),
        Second(A, 1, 3, open: 1, (GuardOutcome.Clean, 1), (GuardOutcome.Stripped, 1)),
        Second(A, 4, 3, open: 0, (GuardOutcome.Failed, 1)),
        new GuardRecord.Stopped(A, Noon, 3),
    ];

    [Fact]
    public void A_log_that_adds_up_has_no_gap()
    {
        var report = Read(Whole);
        Assert.Empty(report.Gaps);
        Assert.Equal((1L, 1L, 1L), (report.Decided[GuardOutcome.Clean], report.Decided[GuardOutcome.Stripped], report.Decided[GuardOutcome.Failed]));
        Assert.Equal((2L, 3L, true, 0L), (report.Answered, report.Rules["UT0103"], report.Enforced, report.Open));
        Assert.Equal(["d1"], report.Policies);
        Assert.Equal(["0.1.0"], report.Versions);
    }

    [Fact]
    public void Each_entry_that_is_taken_out_but_for_those_that_say_nothing_of_requests_is_a_gap()
    {
        for (var i = 0; i < Whole.Length; i++)
        {
            GuardRecord[] rest = [.. Whole[..i], .. Whole[(i + 1)..]];
            if (rest[0] is not GuardRecord.Started)
                rest = [.. Whole[1..]];
            var isNeeded = Whole[i] is not (GuardRecord.InForce or GuardRecord.Stopped);
            Assert.True(Read(rest).Gaps.Count > 0 == isNeeded, $"without entry {i}: {string.Join("; ", Read(rest).Gaps)}");
        }
    }

    [Fact]
    public void A_run_that_ended_without_a_word_is_a_gap_once_another_begins()
    {
        GuardRecord[] records = [.. Whole[..4], new GuardRecord.Started(B, "guard", "0.1.0", Noon, new UncountedRun(A, 3, 1))];
        Assert.Empty(Read(records[..4]).Gaps);
        Assert.Equal(1, Read(records[..4]).Open);
        Assert.Equal(["run 000000000000 of the guard `guard` ended without a word: what came after its request 3 is not counted"], Read(records).Gaps);
    }

    [Fact]
    public void A_period_that_begins_behind_a_gap_has_none()
    {
        GuardRecord[] records =
        [
            .. Whole[..4],
            new GuardRecord.Started(B, "guard", "0.1.0", Noon, new UncountedRun(A, 3, 1)),
            new GuardRecord.InForce(B, "default", "d2", "c1", Enforces: true),
            Second(B, 1, 1, open: 0, (GuardOutcome.Clean, 1)),
        ];
        var report = Read(records, from: 5);
        Assert.Empty(report.Gaps);
        Assert.Equal((1L, 0L), (report.Decided[GuardOutcome.Clean], report.Decided[GuardOutcome.Stripped]));
        Assert.Equal(["d2"], report.Policies);
    }

    [Theory]
    [InlineData(5, 6, "goes on with request 5")]
    [InlineData(3, 4, "goes on with request 3")]
    public void Numbers_that_are_left_out_or_come_twice_are_a_gap(ulong first, ulong last, string gap)
    {
        var records = Whole[..4].Append(Second(A, first, last, open: 1, (GuardOutcome.Clean, (long)(last - first + 1))));
        Assert.Contains(gap, Assert.Single(Read([.. records]).Gaps), StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_of_several_guards_stand_between_each_other()
    {
        GuardRecord[] records =
        [
            Started(A, "a"), Started(B, "b"), InForce(B), InForce(A),
            Second(B, 1, 2, open: 1, (GuardOutcome.Clean, 1)), Second(A, 1, 4, open: 0, (GuardOutcome.Clean, 4)), Second(B, 3, 3, open: 0, (GuardOutcome.Clean, 2)),
            new GuardRecord.Stopped(A, Noon, 4), Started(C, "a"), InForce(C), Second(C, 1, 1, open: 0, (GuardOutcome.Clean, 1)),
        ];
        var report = Read(records);
        Assert.Empty(report.Gaps);
        Assert.Equal((8L, 0L), (report.Answered, report.Open));
        Assert.Equal(
            [
                "run 111111111111 of the guard `b` goes on: it is counted up to its request 3, 0 of them not decided yet",
                "run 222222222222 of the guard `a` goes on: it is counted up to its request 1, 0 of them not decided yet",
            ], report.Running);
    }

    [Fact]
    public void When_a_guard_begins_again_only_its_own_run_has_ended()
    {
        GuardRecord[] records = [Started(A, "a"), Started(B, "b"), Second(A, 1, 2, open: 1, (GuardOutcome.Clean, 1)), Started(C, "a"), Second(B, 1, 1, open: 0, (GuardOutcome.Clean, 1))];
        Assert.Equal(["run 000000000000 of the guard `a` ended without a word: what came after its request 2 is not counted"], Read(records).Gaps);
        Assert.Equal(2, Read(records).Running.Count);
    }

    [Fact]
    public void A_guard_that_begins_under_another_name_ends_the_run_that_it_names() => Assert.Equal(
        ["run 000000000000 of the guard `a` ended without a word: what came after its request 0 is not counted"],
        Read([Started(A, "a"), new GuardRecord.Started(B, "b", "0.1.0", Noon, new UncountedRun(A, 0, 0))]).Gaps);

    [Fact]
    public void A_run_that_begins_twice_is_a_gap() => Assert.Contains("begins twice", Read([Started(A, "a"), Started(A, "b")]).Gaps[0], StringComparison.Ordinal);

    // A guard that is gone and never comes back: others say how long it is gone.
    [Theory]
    [InlineData(RunTally.SilentAfter - 1, false)]
    [InlineData(RunTally.SilentAfter, true)]
    public void A_run_that_says_nothing_while_others_go_on_is_a_gap(int seconds, bool isSilent)
    {
        GuardRecord[] records = [Started(A, "a"), Started(B, "b"), .. Seconds(B, seconds - 1)];
        Assert.Empty(Read(records).Gaps);
        records = [.. records, Second(B, (ulong)seconds, (ulong)seconds, open: 0, (GuardOutcome.Clean, 1))];
        var report = Read(records);
        Assert.Equal(isSilent ? ["run 000000000000 of the guard `a` says nothing any more while others go on: what came after its request 0 is not counted"] : [], report.Gaps);
        Assert.Equal(isSilent ? 1 : 2, report.Running.Count);
        Assert.Empty(Read([.. records, Second(A, 1, 0, open: 0)]).Gaps); // it is there again, and has counted all the time
    }

    [Fact]
    public void A_run_that_was_silent_before_the_period_is_no_gap_in_it_whether_its_guard_comes_back_or_not()
    {
        GuardRecord[] records = [Started(A, "a"), Started(B, "b"), .. Seconds(B, RunTally.SilentAfter)];
        GuardRecord[] more = [.. records, Second(B, RunTally.SilentAfter + 1, RunTally.SilentAfter + 1, open: 0, (GuardOutcome.Clean, 1))];
        Assert.Single(Read(more, from: (ulong)records.Length - 1).Gaps);
        Assert.Empty(Read(more, from: (ulong)records.Length).Gaps);
        Assert.Empty(Read([.. more, Started(C, "a")], from: (ulong)records.Length).Gaps);
        Assert.Single(Read([.. more, Started(C, "a")]).Gaps);
    }

    [Fact]
    public void A_guard_that_only_observed_is_said_to_have_enforced_nothing()
    {
        GuardRecord[] records = [.. Whole];
        records[1] = new GuardRecord.InForce(A, "default", "d1", "c1", Enforces: false);
        Assert.False(Read(records).Enforced);
    }

    [Fact]
    public void Every_record_is_read_as_it_was_written()
    {
        foreach (var record in Whole.Append(new GuardRecord.Started(B, "a", "0.1.0", Noon, new UncountedRun(A, 8, 9))))
        {
            var bytes = record.ToEntry().ToBytes();
            Assert.True(bytes.Length < 4096);
            Assert.Equal(bytes, GuardEntries.Read(LogEntry.Parse(bytes)!)!.ToEntry().ToBytes());
        }
    }

    [Fact]
    public void What_other_parts_write_into_a_log_is_passed_over() =>
        Assert.Empty(Read([], others: LogEntry.OfStatement(new string('0', 64), new DateOnly(2026, 11, 30))).Gaps);

    [Theory]
    [InlineData("""{"kind":"guard-stopped","last":"3","run":"00000000000000000000000000000aaa","schema":"untag/log/1"}""")]
    [InlineData("""{"at":"2026-11-30T12:00:00Z","kind":"guard-stopped","last":"03","run":"00000000000000000000000000000aaa","schema":"untag/log/1"}""")]
    [InlineData("""{"at":"2026-11-30T12:00:00Z","kind":"guard-stopped","last":"3","more":"1","run":"00000000000000000000000000000aaa","schema":"untag/log/1"}""")]
    [InlineData("""{"at":"noon","kind":"guard-stopped","last":"3","run":"00000000000000000000000000000aaa","schema":"untag/log/1"}""")]
    [InlineData("""{"at":"2026-11-30T12:00:00Z","kind":"guard-stopped","last":"3","run":"0","schema":"untag/log/1"}""")]
    [InlineData("""{"at":"2026-11-30T12:00:00Z","kind":"guard-started","replica":"guard","schema":"untag/log/1","version":"0.1.0"}""")]
    [InlineData("""{"kind":"guard-tomorrow","schema":"untag/log/1"}""")]
    public void An_entry_of_a_guard_that_is_not_whole_is_damage(string text) =>
        Assert.Throws<LogDamageException>(() => GuardEntries.Read(LogEntry.Parse(System.Text.Encoding.UTF8.GetBytes(text))!));

    [Fact]
    public void No_numbers_make_the_reader_fail() =>
        Gen.Select(Gen.ULong, Gen.ULong, Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue]).Sample((first, last, clean, open) =>
        {
            var report = Read([Whole[0], Whole[1], Second(A, first, last, open, (GuardOutcome.Clean, clean))]);
            Assert.Equal(first != 1 || (Int128)last - clean != open, report.Gaps.Count > 0);
        });

    private static GuardRecord.Started Started(string run, string replica) => new(run, replica, "0.1.0", Noon, null);

    private static GuardRecord.InForce InForce(string run) => new(run, "default", "d1", "c1", Enforces: true);

    private static IEnumerable<GuardRecord> Seconds(string run, int count) =>
        Enumerable.Range(1, count).Select(number => Second(run, (ulong)number, (ulong)number, open: 0, (GuardOutcome.Clean, 1)));

    private static GuardRecord.Totals Second(string run, ulong first, ulong last, long open, params (GuardOutcome Outcome, long Count)[] decided)
    {
        var counts = GuardOutcomes.All.ToDictionary(outcome => outcome, _ => 0L);
        foreach (var (outcome, count) in decided)
            counts[outcome] = count;
        return new GuardRecord.Totals(run, Noon, first, last, counts, 0, open);
    }

    private static ServedReport Read(IEnumerable<GuardRecord> records, ulong from = 0, LogEntry? others = null) => ServedPeriod.Read(
        records.Select(record => (ReadOnlyMemory<byte>)record.ToEntry().ToBytes()).Concat(others is null ? [] : [others.ToBytes()]), from);
}
