using CsCheck;
using Untag.Guard;
using Untag.TransparencyLog;

namespace Untag.Tests.Guard;

/// <summary>What the log of a guard says of a period, and what of it does not add up.</summary>
public sealed class ServedPeriodTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static readonly GuardRecord[] Whole =
    [
        new GuardRecord.Started("guard", "0.1.0", Noon, null),
        new GuardRecord.InForce(0, "default", "d1", "c1", Enforces: true),
        new GuardRecord.Met(0, 2, GuardOutcome.Stripped, GuardPlace.Reply, "tag", new Dictionary<string, long> { ["UT0103"] = 3 }, "d1"),
        Second(0, 1, 3, open: 1, (GuardOutcome.Clean, 1), (GuardOutcome.Stripped, 1)),
        Second(0, 4, 3, open: 0, (GuardOutcome.Failed, 1)),
        new GuardRecord.Stopped(0, Noon, 3),
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
        GuardRecord[] records = [.. Whole[..4], new GuardRecord.Started("guard", "0.1.0", Noon, new UncountedRun(0, 3, 1))];
        Assert.Empty(Read(records[..4]).Gaps);
        Assert.Equal(1, Read(records[..4]).Open);
        Assert.Equal(["run 0 of the guard `guard` ended without a word: what came after its request 3 is not counted"], Read(records).Gaps);
    }

    [Fact]
    public void A_period_that_begins_behind_a_gap_has_none()
    {
        GuardRecord[] records =
        [
            .. Whole[..4],
            new GuardRecord.Started("guard", "0.1.0", Noon, new UncountedRun(0, 3, 1)),
            new GuardRecord.InForce(4, "default", "d2", "c1", Enforces: true),
            Second(4, 1, 1, open: 0, (GuardOutcome.Clean, 1)),
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
        var records = Whole[..4].Append(Second(0, first, last, open: 1, (GuardOutcome.Clean, (long)(last - first + 1))));
        Assert.Contains(gap, Assert.Single(Read([.. records]).Gaps), StringComparison.Ordinal);
    }

    [Fact]
    public void A_guard_that_only_observed_is_said_to_have_enforced_nothing()
    {
        GuardRecord[] records = [.. Whole];
        records[1] = new GuardRecord.InForce(0, "default", "d1", "c1", Enforces: false);
        Assert.False(Read(records).Enforced);
    }

    [Fact]
    public void Every_record_is_read_as_it_was_written()
    {
        foreach (var record in Whole.Append(new GuardRecord.Started("a", "0.1.0", Noon, new UncountedRun(7, 8, 9))))
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
    [InlineData("""{"kind":"guard-stopped","last":"3","run":"0","schema":"untag/log/1"}""")]
    [InlineData("""{"at":"2026-11-30T12:00:00Z","kind":"guard-stopped","last":"03","run":"0","schema":"untag/log/1"}""")]
    [InlineData("""{"at":"2026-11-30T12:00:00Z","kind":"guard-stopped","last":"3","more":"1","run":"0","schema":"untag/log/1"}""")]
    [InlineData("""{"at":"noon","kind":"guard-stopped","last":"3","run":"0","schema":"untag/log/1"}""")]
    [InlineData("""{"kind":"guard-tomorrow","schema":"untag/log/1"}""")]
    public void An_entry_of_a_guard_that_is_not_whole_is_damage(string text) =>
        Assert.Throws<LogDamageException>(() => GuardEntries.Read(LogEntry.Parse(System.Text.Encoding.UTF8.GetBytes(text))!));

    [Fact]
    public void No_numbers_make_the_reader_fail() =>
        Gen.Select(Gen.ULong, Gen.ULong, Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue]).Sample((first, last, clean, open) =>
        {
            var report = Read([Whole[0], Whole[1], Second(0, first, last, open, (GuardOutcome.Clean, clean))]);
            Assert.Equal(first != 1 || (Int128)last - clean != open, report.Gaps.Count > 0);
        });

    private static GuardRecord.Totals Second(ulong run, ulong first, ulong last, long open, params (GuardOutcome Outcome, long Count)[] decided)
    {
        var counts = GuardOutcomes.All.ToDictionary(outcome => outcome, _ => 0L);
        foreach (var (outcome, count) in decided)
            counts[outcome] = count;
        return new GuardRecord.Totals(run, Noon, first, last, counts, 0, open);
    }

    private static ServedReport Read(IEnumerable<GuardRecord> records, ulong from = 0, LogEntry? others = null) => ServedPeriod.Read(
        records.Select(record => (ReadOnlyMemory<byte>)record.ToEntry().ToBytes()).Concat(others is null ? [] : [others.ToBytes()]), from);
}
