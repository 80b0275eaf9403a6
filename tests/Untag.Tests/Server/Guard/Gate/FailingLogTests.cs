using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Untag.Guard;
using Untag.Server.Guard.Gate;
using Untag.TransparencyLog;

namespace Untag.Tests.Server.Guard.Gate;

/// <summary>A log that fails at any moment, and of which nobody knows what it took before it did.</summary>
public sealed class FailingLogTests
{
    private static readonly TimeSpan Second = TimeSpan.FromMilliseconds(3);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public async Task Whatever_it_took_it_adds_up_once_it_works_and_who_was_told_that_an_entry_is_durable_was_told_the_truth(int seed, bool isShared)
    {
        var log = new FailingLog(new Random(seed), isShared);
        var ledger = new Ledger();
        var told = new ConcurrentBag<ulong>();
        string run;
        using (var gate = LogGate.Begin(log, "a", ledger, TimeProvider.System, Second, NullLogger.Instance))
        {
            run = gate.Run;
            log.Fails = true;
            await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
            {
                for (var i = 0; i < 200; i++)
                    await RequestAsync(gate);
            }));
            log.Fails = false;
            while (!gate.IsOpen)
                await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.NotEqual(0, log.Failures);
        var records = log.Records;
        Assert.All(records, record => Assert.Equal(run, record.Run));
        var report = ServedPeriod.Read(records.Select(record => (ReadOnlyMemory<byte>)record.ToEntry().ToBytes()), 0);
        Assert.Empty(report.Gaps);
        Assert.Empty(report.Running);
        Assert.Equal((800L, told.Count), (report.Decided.Values.Sum(), (int)report.Decided[GuardOutcome.Stripped]));
        Assert.Empty(told.Except(records.OfType<GuardRecord.Met>().Select(met => met.Request)));

        async Task RequestAsync(LogGate gate)
        {
            var request = ledger.Enter();
            var outcome = GuardOutcome.Failed;
            try
            {
                await gate.WriteAsync(new GuardRecord.Met(gate.Run, request, GuardOutcome.Stripped, GuardPlace.Reply, "tag", new Dictionary<string, long>(), "d"));
                told.Add(request);
                outcome = GuardOutcome.Stripped;
            }
            catch (LogShutException)
            {
                while (!gate.IsOpen && request % 4 > 0) // some come all the same
                    await Task.Delay(1, TestContext.Current.CancellationToken);
            }

            ledger.Decide(outcome, 0);
        }
    }

    [Fact]
    public async Task Where_others_write_too_it_says_something_though_nothing_comes()
    {
        var log = new FailingLog(new Random(1), isShared: true);
        using (LogGate.Begin(log, "a", new Ledger(), new FastClock(), Second, NullLogger.Instance))
        {
            while (log.Records.Count < 3)
                await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.All(log.Records.Skip(1).SkipLast(1), record => Assert.Equal(0, Assert.IsType<GuardRecord.Totals>(record).Decided.Values.Sum()));
        Assert.Empty(ServedPeriod.Read(log.Records.Select(record => (ReadOnlyMemory<byte>)record.ToEntry().ToBytes()), 0).Gaps);
    }

    private sealed class FailingLog(Random random, bool isShared) : IGuardLog
    {
        private readonly ConcurrentQueue<GuardRecord> records = [];

        public bool Fails { get; set; }

        public int Failures { get; private set; }

        public IReadOnlyList<GuardRecord> Records => [.. records];

        public bool IsShared => isShared;

        public string WhenUnusable => "";

        public string WhenUnwritable => "";

        public GuardRecord? Open()
        {
            MayFail();
            return records.LastOrDefault(LastRun.Tells);
        }

        public void Append(IReadOnlyList<GuardRecord> added)
        {
            // All of it or nothing, as in a database; in files it may be a part.
            MayFail();
            foreach (var record in added)
            {
                records.Enqueue(record);
                if (!isShared)
                    MayFail();
            }

            MayFail();
        }

        public void Publish() => MayFail();

        public void Dispose()
        {
        }

        private void MayFail()
        {
            if (!Fails || random.Next(4) > 0)
                return;
            Failures++;
            throw random.Next(2) > 0 ? new IOException("it fails") : new LogDamageException("it is in use") { IsInUse = true };
        }
    }

    // A minute is over in a fifth of a second.
    private sealed class FastClock : TimeProvider
    {
        public override long TimestampFrequency => base.TimestampFrequency / 300;
    }
}
