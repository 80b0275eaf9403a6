using CsCheck;
using Untag.Guard;
using Untag.Server.Guard.Gate;

namespace Untag.Tests.Server.Guard.Gate;

public sealed class LedgerTests
{
    private const string Run = "00000000000000000000000000000aaa";

    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_second_in_which_nothing_happened_is_not_told() => Assert.Null(new Ledger().Seal(Run, Noon));

    [Fact]
    public void It_is_told_when_that_is_asked_for()
    {
        var totals = new Ledger().Seal(Run, Noon, evenIfEmpty: true)!;
        Assert.Equal((1UL, 0UL, 0L, 0L), (totals.First, totals.Last, totals.Open, totals.Decided.Values.Sum()));
    }

    // Whatever comes, is decided and is sealed in whatever order: the reader of the log finds that it adds up.
    [Fact]
    public void What_a_ledger_seals_adds_up_to_the_reader_of_the_log() => Gen.Int[0, 4].List[0, 60].Sample(steps =>
    {
        var ledger = new Ledger();
        var records = new List<GuardRecord> { new GuardRecord.Started(Run, "guard", "0", Noon, null) };
        var open = 0;
        foreach (var step in steps)
        {
            if (step == 0)
            {
                ledger.Enter();
                open++;
            }
            else if (step < 3 && open > 0)
            {
                ledger.Decide(step == 1 ? GuardOutcome.Clean : GuardOutcome.Failed, 0);
                open--;
            }
            else if (step >= 3 && ledger.Seal(Run, Noon, evenIfEmpty: step == 4) is { } totals)
            {
                records.Add(totals);
            }
        }

        if (ledger.Seal(Run, Noon) is { } last)
            records.Add(last);
        var report = ServedPeriod.Read(records.Select(record => (ReadOnlyMemory<byte>)record.ToEntry().ToBytes()), 0);
        Assert.Empty(report.Gaps);
        Assert.Equal((open, steps.Count(step => step == 0)), ((int)report.Open, (int)ledger.Sums().Requests));
    });
}
