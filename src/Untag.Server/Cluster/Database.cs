using System.Globalization;
using Npgsql;

namespace Untag.Server.Cluster;

/// <summary>Short ways to ask PostgreSQL.</summary>
internal static class Database
{
    /// <summary>Runs statements, and gives how many rows they changed.</summary>
    public static async Task<int> Run(this NpgsqlConnection session, string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = session.Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The one value of a question.</summary>
    public static async Task<T> Value<T>(this NpgsqlConnection session, string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = session.Command(sql, values);
        return (T)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>A statement with its values $1, $2 …</summary>
    public static NpgsqlCommand Command(this NpgsqlConnection session, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, session);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    /// <summary>Does something with the database.</summary>
    /// <exception cref="IOException">The database does not do it; the message says why.</exception>
    public static async Task<T> Try<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (PostgresException problem)
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"the database refuses: {problem.MessageText} ({problem.SqlState})"));
        }
        catch (Exception problem) when (problem is NpgsqlException or TimeoutException)
        {
            throw new IOException($"the database does not answer: {FileProblem.InWords(problem.InnerException ?? problem)}");
        }
        catch (InvalidOperationException) // what Npgsql says of a connection that has ended
        {
            throw new IOException("the connection to the database has ended");
        }
    }
}
