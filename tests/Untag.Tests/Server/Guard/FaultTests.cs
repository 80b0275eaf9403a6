using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Untag.Check;
using Untag.Guard;
using Untag.Tests.Check;
using Untag.TransparencyLog.Tiles;

namespace Untag.Tests.Server.Guard;

/// <summary>What goes wrong, goes closed: nothing passes that should not, and what the log says is true.</summary>
public sealed class FaultTests
{
    private const string Tagged = """{"faces": [{"age": 31, "ethnicity": {"value": "ASIAN"}}]}""";
    private const string Stripped = """{"faces": [{"age": 31}]}""";

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_kill_under_load_every_stripped_reply_that_a_client_has_is_in_the_log_and_the_next_run_tells_what_is_not_counted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no kill -9");
        await using var service = await GuardedService.ServeAsync(context => GuardedService.WriteAsync(context, Tagged, "application/json"), HttpProtocols.Http1);
        using var folder = new ProductFolder();
        string[] words = ["--listen", "127.0.0.1:0", "--upstream", service.Urls.First()];
        var received = 0;
        using (var server = ServerProcess.Start(folder.Root, words))
        {
            using var client = new HttpClient { BaseAddress = server.Address };
            var load = Enumerable.Range(0, 8).Select(async _ =>
            {
                try
                {
                    while (true)
                    {
                        Assert.Equal(Stripped, await client.GetStringAsync("/detect", Ending));
                        Interlocked.Increment(ref received);
                    }
                }
                catch (HttpRequestException)
                {
                    // The guard is dead.
                }
            }).ToList();
            while (Volatile.Read(ref received) < 200)
                await Task.Delay(5, Ending);
            server.Kill();
            await Task.WhenAll(load);
        }

        using (var server = ServerProcess.Start(folder.Root, words))
            Assert.Equal(0, server.Terminate());
        var records = GuardedService.RecordsOf(folder.At(GuardSection.StandardLog));
        Assert.InRange(records.OfType<GuardRecord.Met>().Count(), received, received + 8);
        var run = records[0].Run;
        Assert.Equal(run, records.OfType<GuardRecord.Started>().Last().Uncounted!.Run);
        var claim = Judge(folder);
        Assert.Equal(ClaimVerdict.Insufficient, claim.Verdict);
        Assert.Contains(claim.Failed, sentence => sentence.StartsWith($"run {GuardRun.Shown(run)} of the guard `guard` ended without a word", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_supervisor_ends_it_in_order_while_requests_are_on_their_way()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no SIGTERM");
        var came = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var service = await GuardedService.ServeAsync(
            async context =>
            {
                came.SetResult();
                await Task.Delay(300, Ending);
                await GuardedService.WriteAsync(context, Tagged, "application/json");
            }, HttpProtocols.Http1);
        using var folder = new ProductFolder();
        using var server = ServerProcess.Start(folder.Root, "--listen", "127.0.0.1:0", "--upstream", service.Urls.First());
        using var client = new HttpClient { BaseAddress = server.Address };
        var answer = client.GetStringAsync("/detect", Ending);
        await came.Task; // the request is on its way
        Assert.Equal(0, server.Terminate());
        Assert.Equal(Stripped, await answer);
        Assert.IsType<GuardRecord.Stopped>(GuardedService.RecordsOf(folder.At(GuardSection.StandardLog))[^1]);
        Assert.Equal(ClaimVerdict.Holds, Judge(folder).Verdict);
    }

    [Fact]
    public async Task On_a_full_disk_nothing_is_answered_and_once_there_is_room_the_log_adds_up()
    {
        using var folder = new ProductFolder(("disk/in", ""));
        var disk = folder.At("disk");
        Assert.SkipUnless(Mount("-t", "tmpfs", "-o", "size=200k", "tmpfs", disk), "a small disk cannot be mounted here");
        try
        {
            await using var service = await GuardedService.ServeAsync(context => GuardedService.WriteAsync(context, Tagged, "application/json"), HttpProtocols.Http1);
            await using (var guarded = await GuardedService.BeforeAsync(service, section => section with { Log = "log" }, disk))
            {
                while (await StatusAsync(guarded) == HttpStatusCode.OK)
                {
                }

                Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(guarded));
                Assert.True(Mount("-o", "remount,size=16m", disk));
                while (await StatusAsync(guarded) != HttpStatusCode.OK)
                    await Task.Delay(50, Ending);
            }

            var report = ServedPeriod.Read(TiledLog.Open(Path.Join(disk, "log")).Entries(), 0);
            Assert.Empty(report.Gaps);
            Assert.True(report.Decided[GuardOutcome.Failed] > 0);
        }
        finally
        {
            Run("umount", disk);
        }
    }

    [Fact]
    public async Task Slow_clients_do_not_stop_others()
    {
        await using var guarded = await GuardedService.AnswerAsync("{\"faces\": [" + string.Join(',', Enumerable.Repeat("{\"age\": 31}", 400_000)) + "]}");
        var slow = new List<Socket>();
        try
        {
            for (var i = 0; i < 50; i++)
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
                slow.Add(socket);
                await socket.ConnectAsync(guarded.Client.BaseAddress!.Host, guarded.Client.BaseAddress.Port, Ending);
                await socket.SendAsync(Encoding.ASCII.GetBytes("GET /detect HTTP/1.1\r\nHost: x\r\n\r\n"), Ending); // and never reads
            }

            for (var i = 0; i < 5; i++)
                Assert.Equal(HttpStatusCode.OK, await StatusAsync(guarded));
        }
        finally
        {
            slow.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task Requests_beyond_those_that_it_works_on_are_told_so_at_once()
    {
        var (come, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var guarded = await GuardedService.StartAsync(
            async context =>
            {
                come.SetResult();
                await go.Task;
                await GuardedService.WriteAsync(context, "{}", "application/json");
            },
            section => section with { Limits = section.Limits with { ConcurrencyMax = 1 } });
        var first = StatusAsync(guarded);
        await come.Task.WaitAsync(Ending);
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(guarded));
        go.SetResult();
        Assert.Equal(HttpStatusCode.OK, await first);
    }

    [Fact]
    public async Task A_service_that_says_nothing_for_too_long_is_given_up()
    {
        await using var guarded = await GuardedService.StartAsync(
            context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default),
            section => section with { Limits = section.Limits with { IdleMax = TimeSpan.FromMilliseconds(200) } });
        using var reply = await guarded.Client.GetAsync("/detect", Ending);
        (await GuardTests.ExpectProblem(reply, 504, "upstream")).Dispose();
    }

    [Fact]
    public async Task A_client_that_reads_no_further_and_goes_away_leaves_no_connection_to_the_service()
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var faces = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("""{"age": 31}, """, 1_000)));
        var written = 0;
        await using var guarded = await GuardedService.StartAsync(async context =>
        {
            context.RequestAborted.Register(() => gone.TrySetResult());
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync("["u8.ToArray(), Ending);
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(faces, Ending);
                Interlocked.Increment(ref written);
            }
        });
        using (var reply = await guarded.Client.GetAsync("/detect", HttpCompletionOption.ResponseHeadersRead, Ending))
        {
            // Until every buffer on the way is full, and the filter waits for room.
            for (var before = 0; before == 0 || before != Volatile.Read(ref written);)
            {
                before = Volatile.Read(ref written);
                await Task.Delay(500, Ending);
            }
        }

        await gone.Task.WaitAsync(Ending);
        Assert.Equal(1, GuardTests.TotalsOf(await guarded.EndAsync(), GuardOutcome.Failed));
    }

    [Theory]
    [InlineData("--listen", "192.0.2.1:8080", "error: the guard cannot listen: ")]
    [InlineData("--listen", "nowhere", "error: `nowhere` is no address to listen on")]
    [InlineData("--upstream", "ftp://x", "error: `ftp://x` is no address of a service")]
    [InlineData("--mode", "strop", "error: unknown mode `strop`\nhint: did you mean `strip`?")]
    [InlineData("--lisetn", "x", "error: unknown option `--lisetn`\nhint: did you mean `--listen`?")]
    [InlineData("--config", "none.yaml", "error: there is no product file `none.yaml`")]
    public void What_it_was_told_wrong_it_says_before_it_starts(string option, string value, string error)
    {
        using var folder = new ProductFolder();
        var (code, _, errors) = ServerProcess.RunToEnd(folder.Root, "guard", "--listen", "127.0.0.1:0", "--upstream", "http://127.0.0.1:9", option, value);
        Assert.Equal((2, true), (code, errors.StartsWith(error, StringComparison.Ordinal)));
    }

    private static ClaimResult Judge(ProductFolder folder) =>
        ServedClaim.Judge(ProductFile.Without(folder.Root) with { Guard = new GuardSection() }, Ending);

    private static async Task<HttpStatusCode> StatusAsync(GuardedService guarded)
    {
        using var reply = await guarded.Client.GetAsync("/detect", Ending);
        return reply.StatusCode;
    }

    private static bool Mount(params string[] arguments) => OperatingSystem.IsLinux() && Run("mount", arguments);

    private static bool Run(string program, params string[] arguments)
    {
#pragma warning disable RS0030 // a disk that is small enough to be full soon
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
#pragma warning restore RS0030
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
