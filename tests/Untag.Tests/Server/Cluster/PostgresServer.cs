using System.Diagnostics;
using Npgsql;

namespace Untag.Tests.Server.Cluster;

/// <summary>A PostgreSQL of the tests alone, which waits for its disk as a real one does.</summary>
public sealed class PostgresServer : IDisposable
{
    private const string Owner = "nobody"; // PostgreSQL refuses to run as root

    private readonly DirectoryInfo? folder;
    private readonly string? programs;
    private int schemas;

    public PostgresServer()
    {
        programs = FindPrograms();
        if (programs is null)
            return;
        folder = Directory.CreateTempSubdirectory("untag-pg-");
        if (Environment.IsPrivilegedProcess)
            Run("chown", Owner, folder.FullName);
        RunAsOwner("initdb", "-D", Files, "-A", "trust", "-U", "untag", "-E", "UTF8", "--locale=C", "--no-sync");
        Start();
    }

    /// <summary>How to connect to a schema of its own.</summary>
    public string NewSchema()
    {
        Assert.SkipWhen(programs is null, "there is no PostgreSQL here");
        var name = $"log{Interlocked.Increment(ref schemas)}";
        Execute($"create schema {name}", Connection("public"));
        return Connection(name);
    }

    /// <summary>Runs statements as somebody who keeps the database.</summary>
    public static void Execute(string sql, string connection)
    {
        using var session = new NpgsqlConnection(connection + ";Pooling=false");
        session.Open();
        using var command = new NpgsqlCommand(sql, session);
        command.ExecuteNonQuery();
    }

    public void Start() =>
        RunAsOwner("pg_ctl", "-D", Files, "-l", Path.Join(folder!.FullName, "log"), "-w", "-o", $"-c listen_addresses='' -k {folder.FullName}", "start");

    /// <summary>Stops it as a loss of power would.</summary>
    public void Stop()
    {
        RunAsOwner("pg_ctl", "-D", Files, "-m", "immediate", "-w", "stop");
        NpgsqlConnection.ClearAllPools();
    }

    public void Dispose()
    {
        if (folder is null)
            return;
        Stop();
        folder.Delete(recursive: true);
    }

    private string Files => Path.Join(folder!.FullName, "data");

    private string Connection(string schema) => $"Host={folder!.FullName};Username=untag;Database=postgres;Search Path={schema};Timeout=5";

    private void RunAsOwner(string program, params string[] arguments)
    {
        var path = Path.Join(programs, program);
        if (Environment.IsPrivilegedProcess)
            Run("setpriv", ["--reuid", Owner, "--regid", "nogroup", "--clear-groups", path, .. arguments]);
        else
            Run(path, arguments);
    }

    private void Run(string program, params string[] arguments)
    {
        // Nothing is redirected: the server would keep the pipe.
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$@\" > /dev/null 2>&1 < /dev/null", "sh", program, .. arguments]) { WorkingDirectory = folder!.FullName };
#pragma warning disable RS0030 // a server of the test
        using var process = Process.Start(start)!;
#pragma warning restore RS0030
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ends with {process.ExitCode}");
    }

    private static string? FindPrograms()
    {
        if (OperatingSystem.IsWindows())
            return null;
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        var installed = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(path => Path.Join(path, "bin"))
            : [];
        return installed.Concat(onPath).FirstOrDefault(path => File.Exists(Path.Join(path, "initdb")) && File.Exists(Path.Join(path, "pg_ctl")));
    }
}

/// <summary>Tests that share the server take turns.</summary>
[CollectionDefinition(nameof(PostgresServer))]
public sealed class PostgresTests : ICollectionFixture<PostgresServer>;
