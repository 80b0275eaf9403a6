using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Npgsql;
using Untag.Server.Cluster;
using Untag.Tests.Workflow;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Storage;
using Untag.TransparencyLog.Tiles;

namespace Untag.Tests.Server.Cluster;

[Collection(nameof(PostgresServer))]
public sealed class ClusterLogTests(PostgresServer server) : IAsyncDisposable
{
    private readonly ClusterFixture cluster = new(server);

    [Fact]
    public async Task Entries_of_many_writers_get_an_index_each_and_make_the_log_that_files_alone_would()
    {
        var told = new ConcurrentBag<string>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async writer =>
        {
            var log = await cluster.Log();
            await Task.WhenAll(Enumerable.Range(0, 100).Select(async number =>
            {
                var text = $"{writer}-{number}";
                await log.Append(Encoding.UTF8.GetBytes(text));
                told.Add(text);
            }));
        }));
        var head = await cluster.Publish("log");
        var entries = cluster.Entries("log");
        Assert.Equal(told.Order(StringComparer.Ordinal), entries.Order(StringComparer.Ordinal));
        using var files = LogStore.Open(cluster.At("files"), ClusterFixture.Key);
        foreach (var entry in entries)
            files.Append(Encoding.UTF8.GetBytes(entry));
        Assert.Equal(head, Checkpoint.Parse(files.Publish().Text));
    }

    [Fact]
    public async Task A_writer_that_commits_late_loses_nothing_though_later_numbers_were_taken_before()
    {
        var log = await cluster.Log();
        await using var late = new NpgsqlConnection(cluster.Connection);
        await late.OpenAsync(Now);
        await using var transaction = await late.BeginTransactionAsync(Now);
        await using (var insert = new NpgsqlCommand("insert into untag_pending (entry) values ('late')", late))
            await insert.ExecuteNonQueryAsync(Now);
        await log.Append("first"u8.ToArray());
        Assert.Equal(1UL, (await cluster.Publish("log")).Size);
        await transaction.CommitAsync(Now);
        await log.Append("second"u8.ToArray());
        Assert.Equal(3UL, (await cluster.Publish("log")).Size);
        Assert.Equal(["first", "late", "second"], cluster.Entries("log"));
    }

    [Fact]
    public async Task Nothing_is_told_to_be_durable_while_the_database_is_down_and_all_is_there_when_it_is_back()
    {
        var log = await cluster.Log();
        using var ended = new CancellationTokenSource();
        var troubles = new ConcurrentBag<string>();
        var sequencer = new LogSequencer(cluster.Connection, cluster.At("log"), ClusterFixture.Key.Verifier, ClusterFixture.Key)
        {
            PublishEvery = TimeSpan.FromMilliseconds(50),
            OnTrouble = troubles.Add,
        }.Run(ended.Token);
        var told = new List<string>();
        await Append("before", 20);
        server.Stop();
        for (var i = 0; i < 3; i++)
            await Assert.ThrowsAsync<IOException>(() => log.Append("while it was down"u8.ToArray()));
        server.Start();
        log = await cluster.Log();
        await Append("after", 20);
        while (!File.Exists(cluster.At("log/checkpoint")) || cluster.Entries("log").Count < 40)
            await Task.Delay(20, Now);
        await ended.CancelAsync();
        await sequencer;
        Assert.NotEmpty(troubles);
        Assert.Equal(told, cluster.Entries("log"));

        async Task Append(string text, int count)
        {
            for (var i = 0; i < count; i++)
            {
                await log.Append(Encoding.UTF8.GetBytes($"{text} {i}"));
                told.Add($"{text} {i}");
            }
        }
    }

    [Fact]
    public async Task Entries_of_one_writer_are_in_the_order_in_which_they_were_written()
    {
        await Task.WhenAll(Enumerable.Range(0, 3).Select(async writer =>
        {
            var log = await cluster.Log();
            for (var number = 0; number < 60; number += 3)
                await log.Append([.. Enumerable.Range(number, 3).Select(each => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes($"{writer} {each}"))], bookmark: null);
        }));
        await using (var term = (await cluster.Begin("log"))!)
        {
            while (await term.Sequence(7, Now) > 0) // cut anywhere
            {
            }

            await term.Publish(Now);
        }

        var entries = cluster.Entries("log").Select(entry => entry.Split(' ')).ToLookup(words => words[0], words => int.Parse(words[1], CultureInfo.InvariantCulture));
        Assert.All(entries, ofOne => Assert.Equal(Enumerable.Range(0, 60), ofOne));
    }

    [Fact]
    public async Task A_name_is_that_of_one_writer_until_it_ends()
    {
        var first = await cluster.Log("a");
        await cluster.Log("b");
        var second = await Assert.ThrowsAsync<LogDamageException>(() => cluster.Log("a"));
        Assert.Equal(("another program writes as `a`", true), (second.Message, second.IsInUse));
        await first.DisposeAsync();
        await cluster.Log("a");
    }

    [Fact]
    public async Task A_bookmark_is_there_when_its_entries_are_and_other_writers_have_their_own()
    {
        var log = await cluster.Log("a");
        Assert.Null(log.Bookmark);
        await log.Append(["one"u8.ToArray()], bookmark: "1"u8.ToArray());
        await log.Append("two"u8.ToArray());
        await (await cluster.Log("b")).Append(["three"u8.ToArray()], bookmark: "b"u8.ToArray());
        cluster.CutConnections();
        await Assert.ThrowsAsync<IOException>(() => log.Append(["four"u8.ToArray()], bookmark: "2"u8.ToArray()));
        Assert.Equal("the database failed before: open the log anew", (await Assert.ThrowsAsync<IOException>(() => log.Append("five"u8.ToArray()))).Message);
        await Assert.ThrowsAsync<IOException>(log.Look);
        log = await cluster.Log("a");
        Assert.Equal("1", Encoding.UTF8.GetString(log.Bookmark!));
        await log.Append(["four"u8.ToArray()], bookmark: "2"u8.ToArray());
        await log.Look();
        Assert.Equal("2", await BookmarkOf("a"));
        Assert.Equal("b", await BookmarkOf("b"));
        await cluster.Publish("log");
        Assert.Equal(["one", "two", "three", "four"], cluster.Entries("log"));

        async Task<string> BookmarkOf(string name)
        {
            cluster.CutConnections();
            return Encoding.UTF8.GetString((await cluster.Log(name)).Bookmark!);
        }
    }

    // It was sent, nobody knows what became of it, and it may still be done: until then nobody writes under the name, and so nothing
    // comes before it that was written later.
    [Fact]
    public async Task What_a_lost_connection_still_has_to_do_is_over_before_its_writer_goes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no SIGSTOP");
        var lost = await ClusterLog.Open(cluster.Connection + ";Command Timeout=1", ClusterFixture.Key.Verifier, "a", Now);
        await lost.Append(["one"u8.ToArray()], bookmark: "one"u8.ToArray());
        var process = cluster.Value("select pid from pg_locks where locktype = 'advisory'");
        Signals.Send("STOP", process);
        await Assert.ThrowsAsync<IOException>(() => lost.Append(["sent"u8.ToArray()], bookmark: "sent"u8.ToArray()));
        await lost.DisposeAsync();
        Assert.True((await Assert.ThrowsAsync<LogDamageException>(() => cluster.Log("a"))).IsInUse);
        Signals.Send("CONT", process);
        var again = await OpenWhenFree();
        var bookmark = Encoding.UTF8.GetString(again.Bookmark!);
        await again.Append("two"u8.ToArray());
        await cluster.Publish("log");
        Assert.Equal(bookmark == "sent" ? ["one", "sent", "two"] : ["one", "two"], cluster.Entries("log"));

        async Task<ClusterLog> OpenWhenFree()
        {
            while (true)
            {
                try
                {
                    return await cluster.Log("a");
                }
                catch (LogDamageException problem) when (problem.IsInUse)
                {
                    await Task.Delay(20, Now);
                }
            }
        }
    }

    [Fact]
    public async Task Those_that_are_not_the_sequencer_have_the_same_log()
    {
        var log = await cluster.Log();
        var (key, signer) = (ClusterFixture.Key.Verifier, ClusterFixture.Key);
        using var ended = new CancellationTokenSource();
        var sequencers = new[]
        {
            new LogSequencer(cluster.Connection, cluster.At("one"), key, signer) { PublishEvery = TimeSpan.FromMilliseconds(20) }.Run(ended.Token),
            new LogSequencer(cluster.Connection, cluster.At("two"), key, signer) { PublishEvery = TimeSpan.FromMilliseconds(20) }.Run(ended.Token),
            new LogSequencer(cluster.Connection, cluster.At("without key"), key, null).Run(ended.Token),
            new LogSequencer(cluster.Connection, cluster.At("one"), key, null).Run(ended.Token), // of the same folder
        };
        for (var i = 0; i < 300; i++)
            await log.Append(Encoding.UTF8.GetBytes($"{i}"));
        foreach (var name in (string[])["one", "two", "without key"])
        {
            while (!File.Exists(cluster.At(name + "/checkpoint")) || cluster.Entries(name).Count < 300)
                await Task.Delay(20, Now);
        }

        await ended.CancelAsync();
        await Task.WhenAll(sequencers);
        var shown = await File.ReadAllTextAsync(cluster.At("one/checkpoint"), Now);
        Assert.Equal(shown, await File.ReadAllTextAsync(cluster.At("two/checkpoint"), Now));
        Assert.Equal(shown, await File.ReadAllTextAsync(cluster.At("without key/checkpoint"), Now));
        TiledLog.Open(cluster.At("without key")).Verify(null, Now);
    }

    [Fact]
    public async Task Who_follows_shows_no_checkpoint_that_is_over_other_entries_or_of_another_key()
    {
        await (await cluster.Log()).Append("one"u8.ToArray());
        await cluster.Publish("log");
        var key = SigningKey.New(ClusterFixture.Key.Verifier.Name, NoteAlgorithm.Ed25519);
        var text = new Checkpoint(key.Verifier.Name, 1, default).ToString();
        const string NoCheckpoint = "nothing\n";
        foreach (var (signer, signed) in ((SigningKey, string)[])[(key, text), (ClusterFixture.Key, text), (ClusterFixture.Key, NoCheckpoint)])
        {
            cluster.Execute($"update untag_head set signed_note = '{new SignedNote(signed, [signer.Sign(signed)])}'");
            await Assert.ThrowsAsync<LogDamageException>(() => new LogSequencer(cluster.Connection, cluster.At("follower"), ClusterFixture.Key.Verifier, null).Run(Now));
            Assert.False(File.Exists(cluster.At("follower/checkpoint")));
        }
    }

    // Also while the database knows of no checkpoint at all: nobody who could sign may be there to find that out.
    [Fact]
    public async Task Who_follows_notices_that_a_database_was_set_back_to_its_beginning()
    {
        await (await cluster.Log()).Append("one"u8.ToArray());
        await cluster.Publish("log");
        cluster.Execute("delete from untag_entries; update untag_head set size = 0, signed_size = 0, signed_root = null, signed_note = null");
        var damage = await Assert.ThrowsAsync<LogDamageException>(() => new LogSequencer(cluster.Connection, cluster.At("log"), ClusterFixture.Key.Verifier, null).Run(Now));
        Assert.Equal("the checkpoint in the folder has 1 entries, and the database knows of 0: it was set back", damage.Message);
    }

    [Fact]
    public async Task A_folder_that_may_not_be_written_is_told_and_followed_into_once_it_may()
    {
        await (await cluster.Log()).Append("one"u8.ToArray());
        await cluster.Publish("log");
        Directory.CreateDirectory(cluster.At("follower/lock")); // a folder in place of a file is refused as one that may not be written is
        using var ended = new CancellationTokenSource();
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var follows = new LogSequencer(cluster.Connection, cluster.At("follower"), ClusterFixture.Key.Verifier, null) { OnTrouble = reason => told.TrySetResult(reason) }.Run(ended.Token);
        Assert.Equal(await Task.WhenAny(told.Task, follows), told.Task);
        Directory.Delete(cluster.At("follower/lock"));
        while (!File.Exists(cluster.At("follower/checkpoint")))
            await Task.Delay(20, Now);
        await ended.CancelAsync();
        await follows;
    }

    [Theory]
    [InlineData("", 10)]
    [InlineData(";Command Timeout=3", 3)]
    [InlineData(";Command Timeout=60", 10)]
    [InlineData(";Command Timeout=0", 10)]
    public void No_answer_of_the_database_is_waited_for_without_end(string words, int seconds) =>
        Assert.Equal(seconds, ClusterLog.Bounded("Host=127.0.0.1" + words).CommandTimeout);

    [Fact]
    public async Task One_database_schema_holds_one_log_and_waits_for_its_disk()
    {
        await cluster.Log();
        var key = SigningKey.New(ClusterFixture.Key.Verifier.Name, NoteAlgorithm.Ed25519).Verifier; // of the same name
        var other = await Assert.ThrowsAsync<LogDamageException>(() => ClusterLog.Open(cluster.Connection, key, "a", Now));
        Assert.Equal($"the database holds the log {ClusterFixture.Key.Verifier}", other.Message);
    }

    [Fact]
    public async Task A_database_that_is_not_there_or_refuses_is_told_as_that()
    {
        var nowhere = await Assert.ThrowsAsync<IOException>(() => ClusterLog.Open("Host=127.0.0.1;Port=1;Username=untag;Timeout=2", ClusterFixture.Key.Verifier, "a", Now));
        Assert.StartsWith("the database does not answer: ", nowhere.Message, StringComparison.Ordinal);
        var missing = await Assert.ThrowsAsync<IOException>(() => ClusterLog.Open(
            cluster.Connection.Replace("Database=postgres", "Database=nothing", StringComparison.Ordinal), ClusterFixture.Key.Verifier, "a", Now));
        Assert.StartsWith("the database refuses: ", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_is_at_most_four_kibibytes()
    {
        var log = await cluster.Log();
        await log.Append(new byte[LogStore.EntryMax]);
        await Assert.ThrowsAsync<ArgumentException>(() => log.Append(new byte[LogStore.EntryMax + 1]));
        Assert.Equal(1UL, (await cluster.Publish("log")).Size);
    }

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    private static CancellationToken Now => TestContext.Current.CancellationToken;
}
