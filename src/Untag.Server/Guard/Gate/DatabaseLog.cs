using Npgsql;
using Untag.Guard;
using Untag.Server.Cluster;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;

namespace Untag.Server.Guard.Gate;

/// <summary>A log in PostgreSQL, which several guards write. Each of them that has the key is ready to sequence it, and each has the whole
/// log in its folder for those who read it.</summary>
internal sealed partial class DatabaseLog : IGuardLog
{
    private readonly string connection;
    private readonly string replica;
    private readonly string folder;
    private readonly VerifierKey key;
    private readonly LogSequencer sequencer;
    private readonly ILogger logger;
    private readonly CancellationTokenSource ending = new();
    private Task sequencing = Task.CompletedTask;
    private ClusterLog? log;
    private string? trouble;
    private bool hasOtherPast; // than the folder knows

    private DatabaseLog(string connection, string replica, string folder, VerifierKey key, SigningKey? signer, ILogger logger)
    {
        this.connection = connection;
        this.replica = replica;
        this.folder = folder;
        this.key = key;
        this.logger = logger;
        sequencer = new LogSequencer(connection, folder, key, signer) { OnTrouble = Tell, OnPublished = _ => trouble = null };
    }

    public bool IsShared => true;

    public string WhenUnusable => hasOtherPast
        ? "bring back the newest copy of the database, or the folder of another guard; where there is neither, keep this folder and begin another log: with a schema, a key and a folder of its own"
        : $"each guard needs a name of its own, this one is `{replica}`: --replica; each log a schema and a key of its own";

    public string WhenUnwritable => "`log_database` under `guard` in untag.yaml says where the connection is found";

    /// <summary>What a guard was told of its log; nothing is opened.</summary>
    /// <exception cref="ServerError">It cannot be used.</exception>
    public static DatabaseLog Of(GuardSetup setup, ILogger logger)
    {
        var (key, signer) = LogKey.OfMany(setup);
        var connection = Secret.Read(setup.Section.LogDatabase!, setup.Folder, "connection").Trim();
        try
        {
            _ = new NpgsqlConnectionStringBuilder(connection);
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException) // whose message may hold a part of it
        {
            throw new ServerError(
                $"the connection `{setup.Section.LogDatabase}` cannot be used", "write it as `Host=db.example.com;Database=untag;Username=guard;Password=…`");
        }

        return new DatabaseLog(connection, setup.Replica, setup.LogFolder, key, signer, logger);
    }

    public GuardRecord? Open()
    {
        Close();
        ThrowIfDamaged();
        log = Wait(ClusterLog.Open(connection, key, replica, CancellationToken.None));
        Compare(log);
        if (sequencing.IsCompleted)
            sequencing = Task.Run(() => sequencer.Run(ending.Token));
        return log.Bookmark is { } bookmark && LogEntry.Parse(bookmark) is { } entry ? GuardEntries.Read(entry) : null;
    }

    public void Append(IReadOnlyList<GuardRecord> records)
    {
        var entries = records.Select(record => (ReadOnlyMemory<byte>)record.ToEntry().ToBytes()).ToList();
        log!.Append(entries, records.LastOrDefault(LastRun.Tells)?.ToEntry().ToBytes()).GetAwaiter().GetResult();
    }

    public void Publish()
    {
        ThrowIfDamaged();
        log!.Look().GetAwaiter().GetResult();
    }

    /// <summary>Lets what was written last be published, and lets the name go.</summary>
    public void Dispose()
    {
        ending.Cancel();
        sequencing.ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        Close();
        ending.Dispose();
    }

    // The sequencer compares more, and later: by then answers would have left.
    private void Compare(ClusterLog opened)
    {
        try
        {
            opened.Compare(folder).GetAwaiter().GetResult();
        }
        catch (LogDamageException)
        {
            hasOtherPast = true;
            throw;
        }
    }

    private void Close()
    {
        log?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        log = null;
    }

    // What the database holds is not what was signed: nothing more may be told to be durable in it.
    private void ThrowIfDamaged()
    {
        if (sequencing.IsFaulted)
            sequencing.GetAwaiter().GetResult();
    }

    private void Tell(string reason)
    {
        if (trouble != reason)
            TellTrouble(logger, reason);
        trouble = reason;
    }

    private static T Wait<T>(Task<T> work) => work.GetAwaiter().GetResult();

    [LoggerMessage(3, LogLevel.Warning, "the log is not published: {Reason}")]
    private static partial void TellTrouble(ILogger logger, string reason);
}
