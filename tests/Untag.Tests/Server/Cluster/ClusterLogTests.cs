using System.Collections.Concurrent;
using System.Text;
using Npgsql;
using Untag.Server.Cluster;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Storage;

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
