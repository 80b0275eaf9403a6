using System.Collections.Concurrent;
using System.Text;
using Npgsql;
using Untag.Server.Cluster;
using Untag.Tests.Check;
using Untag.Tests.TransparencyLog.Tiles;
using Untag.TransparencyLog.Notes;

namespace Untag.Tests.Server.Cluster;

/// <summary>A log of many writers in a schema of its own, with folders for its sequencers.</summary>
internal sealed class ClusterFixture(PostgresServer server) : IAsyncDisposable
{
    public static readonly SigningKey Key = SigningKey.New("example.com/log", NoteAlgorithm.Ed25519);

    private readonly ProductFolder folder = new();
    private readonly ConcurrentBag<IAsyncDisposable> open = [];
    private int writers;

    public string Connection { get; } = server.NewSchema();

    public string At(string path) => folder.At(path);

    /// <summary>Opens the log.</summary>
    /// <param name="writer">Name of the writer; null for one that nobody has.</param>
    public async Task<ClusterLog> Log(string? writer = null)
    {
        var log = await ClusterLog.Open(Connection, Key.Verifier, writer ?? $"writer {Interlocked.Increment(ref writers)}", TestContext.Current.CancellationToken);
        open.Add(log);
        return log;
    }

    public async Task<SequencerTerm?> Begin(string name)
    {
        var source = await ClusterSchema.Open(Connection, Key.Verifier, TestContext.Current.CancellationToken);
        open.Add(source);
        return await SequencerTerm.TryBegin(source, At(name), Key, TestContext.Current.CancellationToken);
    }

    /// <summary>Gives everything that waits an index, and publishes.</summary>
    public async Task<Checkpoint> Publish(string name)
    {
        await using var term = (await Begin(name))!;
        return await Publish(term);
    }

    public static async Task<Checkpoint> Publish(SequencerTerm term)
    {
        while (await term.Sequence(1000, TestContext.Current.CancellationToken) > 0)
        {
        }

        return Checkpoint.Parse((await term.Publish(TestContext.Current.CancellationToken)).Text);
    }

    public List<string> Entries(string name) => [.. new SpecReader(At(name)).Entries().Select(Encoding.UTF8.GetString)];

    public void Execute(string sql) => PostgresServer.Execute(sql, Connection);

    /// <summary>The one value of a question, as text.</summary>
    public string Value(string sql)
    {
        using var session = new NpgsqlConnection(Connection + ";Pooling=false");
        session.Open();
        using var command = new NpgsqlCommand(sql, session);
        return $"{command.ExecuteScalar()}";
    }

    /// <summary>Ends all connections but the one that asks for it, as a network or an operator may.</summary>
    public void CutConnections() =>
        Execute("select pg_terminate_backend(pid, 5000) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'");

    public async ValueTask DisposeAsync()
    {
        foreach (var resource in open)
            await resource.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        folder.Dispose();
    }
}
