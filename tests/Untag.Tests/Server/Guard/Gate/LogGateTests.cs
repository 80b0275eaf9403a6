using Microsoft.Extensions.Logging.Abstractions;
using Untag.Check;
using Untag.Guard;
using Untag.Server;
using Untag.Server.Guard.Gate;
using Untag.Tests.Check;
using Untag.TransparencyLog.Notes;

namespace Untag.Tests.Server.Guard.Gate;

public sealed class LogGateTests
{
    [Fact]
    public async Task A_record_is_in_the_log_when_its_writing_has_ended()
    {
        using var folder = new ProductFolder();
        using (var gate = Open(folder, new Ledger()))
        {
            await Task.WhenAll(Enumerable.Range(1, 100).Select(i => gate.WriteAsync(Met(gate, (ulong)i))));
        }

        var records = Records(folder);
        Assert.Equal(Enumerable.Range(1, 100), records.OfType<GuardRecord.Met>().Select(met => (int)met.Request).Order());
    }

    [Fact]
    public void A_run_that_ends_in_order_says_so_and_the_next_has_nothing_to_tell_of_it()
    {
        using var folder = new ProductFolder();
        var ledger = new Ledger();
        using (var gate = Open(folder, ledger))
        {
            ledger.Enter();
            ledger.Decide(GuardOutcome.Clean, 0);
        }

        Open(folder, new Ledger()).Dispose();
        var records = Records(folder);
        Assert.Equal([typeof(GuardRecord.Started), typeof(GuardRecord.Totals), typeof(GuardRecord.Stopped), typeof(GuardRecord.Started), typeof(GuardRecord.Stopped)], records.Select(record => record.GetType()));
        Assert.All(records.OfType<GuardRecord.Started>(), started => Assert.Null(started.Uncounted));
    }

    [Fact]
    public void A_run_that_ends_with_requests_on_their_way_says_nothing_and_the_next_tells_what_is_uncounted()
    {
        using var folder = new ProductFolder();
        var ledger = new Ledger();
        using (var gate = Open(folder, ledger))
        {
            ledger.Enter();
            ledger.Enter();
            ledger.Decide(GuardOutcome.Clean, 0);
        }

        Open(folder, new Ledger()).Dispose();
        var started = Records(folder).OfType<GuardRecord.Started>().ToList();
        Assert.Equal(new UncountedRun(started[0].Run, 2, 1), started[1].Uncounted);
    }

    [Fact]
    public void The_key_is_made_once_and_nobody_else_may_read_it()
    {
        using var folder = new ProductFolder();
        Open(folder, new Ledger()).Dispose();
        var path = folder.At(GuardSection.StandardLog + ".key");
        var key = SigningKey.Parse(File.ReadAllText(path).Trim());
        Assert.Equal("acme-face/guard", key.Verifier.Name);
        Assert.Equal(key.Verifier.ToString(), File.ReadAllText(folder.At(GuardSection.StandardLog + GuardSection.VerifierEnding)).Trim());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void A_second_guard_cannot_write_into_the_same_log()
    {
        using var folder = new ProductFolder();
        using var first = Open(folder, new Ledger());
        var problem = Assert.Throws<ServerError>(() => Open(folder, new Ledger()));
        Assert.Equal("the log of the guard cannot be used: another program has the log open", problem.Message);
    }

    [Fact]
    public void A_clock_that_jumps_changes_nothing_but_the_times_that_are_told()
    {
        using var folder = new ProductFolder();
        var (ledger, clock) = (new Ledger(), new JumpingClock());
        using (var gate = Open(folder, ledger, clock))
        {
            for (var i = 0; i < 3; i++)
            {
                ledger.Enter();
                ledger.Decide(GuardOutcome.Clean, 0);
                clock.Jump *= -2;
                Thread.Sleep(1100); // it seals each second
            }
        }

        var claim = ServedClaim.Judge(ProductFile.Without(folder.Root) with { Guard = new GuardSection() }, TestContext.Current.CancellationToken);
        Assert.Equal(["the guard put no policy in force"], claim.Failed);
        Assert.Equal(3, Records(folder).OfType<GuardRecord.Totals>().Sum(totals => totals.Decided[GuardOutcome.Clean]));
    }

    [Fact]
    public async Task After_its_end_a_gate_takes_nothing()
    {
        using var folder = new ProductFolder();
        var gate = Open(folder, new Ledger());
        gate.Dispose();
        await Assert.ThrowsAsync<LogShutException>(() => gate.WriteAsync(Met(gate, 1)));
    }

    internal static LogGate Open(ProductFolder folder, Ledger ledger, TimeProvider? clock = null)
    {
        var setup = GuardedService.Setup(folder.Root, "http://127.0.0.1:9000");
        return LogGate.Open(LogGate.LogOf(setup, NullLogger.Instance), setup.Replica, ledger, clock ?? TimeProvider.System, NullLogger.Instance);
    }

    private static GuardRecord.Met Met(LogGate gate, ulong request) =>
        new(gate.Run, request, GuardOutcome.Stripped, GuardPlace.Reply, "tag", new Dictionary<string, long> { ["UT0103"] = 1 }, "d");

    private sealed class JumpingClock : TimeProvider
    {
        public TimeSpan Jump { get; set; } = TimeSpan.FromDays(1);

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Jump;
    }

    private static IReadOnlyList<GuardRecord> Records(ProductFolder folder) => GuardedService.RecordsOf(folder.At(GuardSection.StandardLog));
}
