using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Untag.Check;
using Untag.Guard;
using Untag.Server;
using Untag.Server.Guard;
using Untag.Tests.Check;
using Untag.Tests.Server.Cluster;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Tiles;

namespace Untag.Tests.Server.Guard;

/// <summary>Several guards before one service write one log through PostgreSQL.</summary>
[Collection(nameof(PostgresServer))]
public sealed class ManyGuardsTests(PostgresServer server) : IAsyncLifetime
{
    private const string Tagged = """{"faces": [{"age": 31, "ethnicity": {"value": "ASIAN"}}]}""";
    private const string Stripped = """{"faces": [{"age": 31}]}""";

    private const string SetBack = "delete from untag_entries where index > 0; update untag_head set size = 1, signed_size = 1, signed_root = null, signed_note = null";

    private readonly string connection = server.NewSchema();
    private readonly SigningKey key = SigningKey.New("acme-face/guards", NoteAlgorithm.Ed25519);
    private readonly List<ProductFolder> folders = [];
    private WebApplication service = null!;

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        service = await GuardedService.ServeAsync(context => GuardedService.WriteAsync(context, Tagged, "application/json"), HttpProtocols.Http1);

    [Fact]
    public async Task Two_guards_make_one_log_which_each_of_them_has_and_which_adds_up_over_both()
    {
        var (a, b) = (NewFolder(), NewFolder());
        string[] replicas;
        await using (var first = await StartAsync(a, "a"))
        await using (var second = await StartAsync(b, "b"))
        {
            for (var i = 0; i < 5; i++)
            {
                Assert.Equal(Stripped, await first.Client.GetStringAsync("/detect", Ending));
                Assert.Equal(Stripped, await second.Client.GetStringAsync("/detect", Ending));
            }

            await UntilCountedAsync(a, 10);
            await UntilCountedAsync(b, 10);
            Assert.Equal(2, Judge(a).Checked.Count(sentence => sentence.Contains("goes on", StringComparison.Ordinal)));
            replicas = [.. RecordsOf(b).OfType<GuardRecord.Started>().Select(started => started.Replica)];
        }

        Assert.Equal(["a", "b"], replicas.Order(StringComparer.Ordinal));
        var claim = new[] { Judge(a), Judge(b) }.Single(claim => !claim.Checked.Any(sentence => sentence.Contains("goes on", StringComparison.Ordinal)));
        Assert.Equal((ClaimVerdict.Holds, 0), (claim.Verdict, claim.Failed.Count));
        Assert.Contains(claim.Checked, sentence => sentence.Contains("10 stripped", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_kill_under_load_the_other_goes_on_and_the_next_run_tells_what_is_not_counted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no kill -9");
        var (a, b) = (NewFolder(), NewFolder());
        var received = 0;
        string killed;
        using (var first = StartProcess(a, "a")) // and so it is the sequencer
        {
            using var second = StartProcess(b, "b");
            var enough = new CancellationTokenSource();
            var loads = new[] { first, second }.SelectMany(guard => Enumerable.Range(0, 4).Select(_ => Load(guard.Address, enough.Token))).ToList();
            while (Volatile.Read(ref received) < 200)
                await Task.Delay(5, Ending);
            await UntilCountedAsync(a, 1);
            killed = RecordsOf(a).OfType<GuardRecord.Started>().First(started => started.Replica == "a").Run;
            first.Kill();
            var before = Volatile.Read(ref received);
            while (Volatile.Read(ref received) < before + 200)
                await Task.Delay(5, Ending);
            await enough.CancelAsync();
            await Task.WhenAll(loads);
            await UntilCountedAsync(b, 200);
            using (var again = StartProcess(a, "a"))
                Assert.Equal(0, again.Terminate());
            Assert.Equal(0, second.Terminate());
        }

        var records = RecordsOf(b);
        Assert.InRange(records.OfType<GuardRecord.Met>().Count(), received, received + 8);
        Assert.Equal(killed, records.OfType<GuardRecord.Started>().Last().Uncounted!.Run);
        var claim = Judge(b);
        Assert.Equal(ClaimVerdict.Insufficient, claim.Verdict);
        Assert.StartsWith($"run {GuardRun.Shown(killed)} of the guard `a` ended without a word", Assert.Single(claim.Failed), StringComparison.Ordinal);

        async Task Load(Uri address, CancellationToken enough)
        {
            using var client = new HttpClient { BaseAddress = address };
            try
            {
                while (!enough.IsCancellationRequested)
                {
                    Assert.Equal(Stripped, await client.GetStringAsync("/detect", Ending));
                    Interlocked.Increment(ref received);
                }
            }
            catch (HttpRequestException)
            {
                // The guard is dead.
            }
        }
    }

    [Fact]
    public async Task While_the_database_is_gone_nothing_is_answered_and_once_it_is_back_the_log_adds_up()
    {
        var (a, b) = (NewFolder(), NewFolder());
        var answers = new ConcurrentBag<(HttpStatusCode Status, string Text)>();
        await using (var first = await StartAsync(a, "a"))
        await using (var second = await StartAsync(b, "b"))
        {
            using var enough = new CancellationTokenSource();
            var loads = new[] { first, second }.SelectMany(guarded => Enumerable.Range(0, 3).Select(_ => Load(guarded, enough.Token))).ToList();
            for (var time = 0; time < 2; time++)
            {
                await Task.Delay(400, Ending);
                server.Stop();
                foreach (var guarded in new[] { first, second })
                {
                    while (await StatusAsync(guarded) != HttpStatusCode.ServiceUnavailable)
                        await Task.Delay(20, Ending);
                }

                server.Start();
                foreach (var guarded in new[] { first, second })
                {
                    while (await StatusAsync(guarded) != HttpStatusCode.OK)
                        await Task.Delay(20, Ending);
                }
            }

            await enough.CancelAsync();
            await Task.WhenAll(loads);
        }

        var log = new[] { a, b }.MaxBy(folder => RecordsOfOrNone(folder).Count)!;
        Assert.DoesNotContain(answers, answer => answer.Text.Contains("ethnicity", StringComparison.Ordinal));
        Assert.All(answers, answer => Assert.Contains(answer.Status, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable]));
        var stripped = answers.Count(answer => answer.Status == HttpStatusCode.OK);
        Assert.True(stripped > 0);
        var report = ServedPeriod.Read(TiledLog.Open(log.At(GuardSection.StandardLog)).Entries(), 0);
        Assert.Empty(report.Gaps);
        Assert.Empty(report.Running);
        Assert.InRange(report.Decided[GuardOutcome.Stripped], stripped, stripped + 20); // and those of the loops that wait
        Assert.True(RecordsOf(log).OfType<GuardRecord.Met>().Count() >= report.Decided[GuardOutcome.Stripped]);

        async Task Load(RunningGuard guarded, CancellationToken cancellation)
        {
            while (!cancellation.IsCancellationRequested)
            {
                using var reply = await guarded.Client.GetAsync("/detect", Ending);
                answers.Add((reply.StatusCode, await reply.Content.ReadAsStringAsync(Ending)));
            }
        }
    }

    [Fact]
    public async Task A_second_guard_of_the_same_name_is_told_so()
    {
        await using var first = await StartAsync(NewFolder(), "a");
        var problem = await Assert.ThrowsAsync<ServerError>(() => StartAsync(NewFolder(), "a"));
        Assert.Equal(
            ("the log of the guard cannot be used: another program writes as `a`", "each guard needs a name of its own, this one is `a`: --replica; each log a schema and a key of its own"),
            (problem.Message, problem.Hint));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(first));
    }

    [Fact]
    public async Task A_guard_whose_name_another_took_while_its_connection_was_lost_answers_nothing_any_more()
    {
        await using var first = await StartAsync(NewFolder(), "a");
        PostgresServer.Execute("update untag_writers set bookmark = convert_to(replace(convert_from(bookmark, 'UTF8'), substring(convert_from(bookmark, 'UTF8') from '\"run\":\"(.{32})'), repeat('b', 32)), 'UTF8')", connection);
        PostgresServer.Execute("select pg_terminate_backend(pid, 5000) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'", connection);
        while (await StatusAsync(first) != HttpStatusCode.ServiceUnavailable)
            await Task.Delay(20, Ending);
        await Task.Delay(1500, Ending); // it tries each second
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(first));
    }

    [Fact]
    public async Task A_guard_without_the_key_writes_and_follows()
    {
        var (a, b) = (NewFolder(), NewFolder());
        b.Write("log.vkey", key.Verifier.ToString());
        await using var writer = await StartAsync(b, "b", section => section with { LogKey = null, LogVerifier = "log.vkey" });
        Assert.Equal(Stripped, await writer.Client.GetStringAsync("/detect", Ending));
        Assert.False(File.Exists(b.At(GuardSection.StandardLog + "/checkpoint"))); // nobody signs yet
        await using var signer = await StartAsync(a, "a");
        await UntilCountedAsync(b, 1);
        Assert.Equal(ClaimVerdict.Holds, Judge(b).Verdict);
        Assert.False(File.Exists(b.At(GuardSection.StandardLog + ".key")));
    }

    [Theory]
    [InlineData(SetBack, "the checkpoint in the folder has ")]
    [InlineData("update untag_head set signed_root = decode(repeat('00', 32), 'hex')", "the first ")]
    [InlineData("update untag_entries set entry = 'another'", "entry ")] // it went on since, and has as many again
    public async Task A_guard_that_starts_on_a_database_that_was_set_back_answers_nothing(string sql, string said)
    {
        var folder = NewFolder();
        await using (var first = await StartAsync(folder, "a"))
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(first));
        PostgresServer.Execute(sql, connection);
        var problem = await Assert.ThrowsAsync<ServerError>(() => StartAsync(folder, "a"));
        Assert.StartsWith("the log of the guard cannot be used: " + said, problem.Message, StringComparison.Ordinal);
        Assert.StartsWith("bring back the newest copy of the database", problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guard_that_comes_back_to_a_database_that_was_set_back_answers_nothing_any_more()
    {
        var folder = NewFolder();
        await using var guarded = await StartAsync(folder, "a");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(guarded));
        await UntilCountedAsync(folder, 1);
        PostgresServer.Execute(
            SetBack + "; select pg_terminate_backend(pid, 5000) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'", connection);
        for (var i = 0; i < 60; i++)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(guarded));
            await Task.Delay(50, Ending);
        }
    }

    // A new machine knows nothing that a database could contradict.
    [Fact]
    public async Task A_guard_with_an_empty_folder_believes_the_database()
    {
        await using (var first = await StartAsync(NewFolder(), "a"))
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(first));
        PostgresServer.Execute(SetBack, connection);
        await using var elsewhere = await StartAsync(NewFolder(), "b");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(elsewhere));
    }

    [Theory]
    [InlineData("env:UNTAG_TEST_NOTHING", "log.key", "the variable of the connection `env:UNTAG_TEST_NOTHING` is not set")]
    [InlineData("none", "log.key", "the connection `none` cannot be read: it is not there")]
    [InlineData("log.key", "log.key", "the connection `log.key` cannot be used")]
    [InlineData("nowhere", "log.key", "the log of the guard cannot be written: the database does not answer: ")]
    [InlineData("connection", null, "which key signs the log of several guards?")]
    public async Task What_it_was_told_wrong_it_says_and_never_the_connection(string database, string? signer, string error)
    {
        var folder = NewFolder();
        folder.Write("nowhere", "Host=127.0.0.1;Port=1;Username=untag;Password=p4ssw0rd;Timeout=2");
        var problem = await Assert.ThrowsAsync<ServerError>(() => StartAsync(folder, "a", section => section with { LogDatabase = database, LogKey = signer }));
        Assert.StartsWith(error, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("p4ssw0rd", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_none_is_named_a_replica_is_the_machine() => Assert.Equal(
        Environment.MachineName, GuardedService.Setup(".", "http://127.0.0.1:9", section => section with { LogDatabase = "env:X" }).Replica);

    public async ValueTask DisposeAsync()
    {
        if (service is not null)
            await service.DisposeAsync();
        folders.ForEach(folder => folder.Dispose());
    }

    private static ClaimResult Judge(ProductFolder folder)
    {
        var log = TiledLog.Open(folder.At(GuardSection.StandardLog));
        log.Verify(null, Ending);
        var verifier = File.Exists(folder.At("log.vkey")) ? "log.vkey" : null;
        return ServedClaim.Judge(ProductFile.Without(folder.Root) with { Guard = new GuardSection { LogVerifier = verifier } }, Ending);
    }

    private static IReadOnlyList<GuardRecord> RecordsOf(ProductFolder folder) => GuardedService.RecordsOf(folder.At(GuardSection.StandardLog));

    private static IReadOnlyList<GuardRecord> RecordsOfOrNone(ProductFolder folder) =>
        File.Exists(folder.At(GuardSection.StandardLog + "/checkpoint")) ? RecordsOf(folder) : [];

    private static async Task UntilCountedAsync(ProductFolder folder, long stripped)
    {
        while (RecordsOfOrNone(folder).OfType<GuardRecord.Totals>().Sum(totals => totals.Decided[GuardOutcome.Stripped]) < stripped)
            await Task.Delay(50, Ending);
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningGuard guarded)
    {
        using var reply = await guarded.Client.GetAsync("/detect", Ending);
        return reply.StatusCode;
    }

    private ProductFolder NewFolder()
    {
        var folder = new ProductFolder(("log.key", key.Secret()), ("connection", connection + "\n"));
        folders.Add(folder);
        return folder;
    }

    private async Task<RunningGuard> StartAsync(ProductFolder folder, string replica, Func<GuardSection, GuardSection>? configure = null)
    {
        var setup = GuardedService.Setup(folder.Root, service.Urls.First(), section =>
            (configure ?? (same => same))(section with { LogDatabase = "connection", LogKey = "log.key", Replica = replica }));
        return new RunningGuard(await GuardHost.StartAsync(setup, TimeProvider.System));
    }

    private ServerProcess StartProcess(ProductFolder folder, string replica)
    {
        folder.Write("untag.yaml", "product: acme-face\nguard:\n  log_database: connection\n  log_key: log.key\n");
        return ServerProcess.Start(folder.Root, "--listen", "127.0.0.1:0", "--upstream", service.Urls.First(), "--replica", replica);
    }

    private sealed class RunningGuard(GuardHost host) : IAsyncDisposable
    {
        public HttpClient Client { get; } = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(host.Addresses.First()) };

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await host.DisposeAsync();
        }
    }
}
