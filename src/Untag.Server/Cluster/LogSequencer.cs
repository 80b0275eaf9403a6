using System.Diagnostics;
using Npgsql;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;

namespace Untag.Server.Cluster;

/// <summary>Gives the entries of a log of many writers their index, writes the tiles and signs: one program at a time, whichever is there
/// first, and another when that one ends. Those that wait, and those that have no key to sign with, follow it.</summary>
/// <param name="connection">How to connect, in the words of Npgsql.</param>
/// <param name="folder">Where readers find the log.</param>
/// <param name="key">Which log it is.</param>
/// <param name="signer">The key of the log; null to follow only.</param>
public sealed class LogSequencer(string connection, string folder, VerifierKey key, SigningKey? signer)
{
    private const int Most = 4096; // entries in one transaction

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20); // when nothing waits
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(500); // after a failure, or while another program is the sequencer
    private static readonly TimeSpan EndMax = TimeSpan.FromSeconds(5); // for what is left at the end

    private readonly LogFollower follower = new(folder, key);

    /// <summary>How often a checkpoint is signed, when there are new entries.</summary>
    public TimeSpan PublishEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Told each checkpoint that is signed here.</summary>
    public Action<SignedNote> OnPublished { get; init; } = _ => { };

    /// <summary>Told why it begins again: the database or the disk failed.</summary>
    public Action<string> OnTrouble { get; init; } = _ => { };

    /// <summary>Sequences until it is ended.</summary>
    /// <param name="cancellation">Ends it; what is durable by then is published, by this program or by the sequencer.</param>
    /// <exception cref="LogDamageException">What the database holds is not what was signed: nothing may be signed any more.</exception>
    public async Task Run(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await using var source = await ClusterSchema.Open(connection, key, cancellation);
                while (!cancellation.IsCancellationRequested)
                {
                    await Round(source, cancellation, cancellation);
                    await Task.Delay(Again, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                break;
            }
            catch (Exception problem) when (IsForNow(problem))
            {
                OnTrouble(problem is LogDamageException ? problem.Message : FileProblem.InWords(problem));
                await Task.Delay(Again, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await End(cancellation);
    }

    // The sequencer may end at the same time, or have failed just before: then nobody else publishes what this program wrote last.
    private async Task End(CancellationToken serving)
    {
        using var end = new CancellationTokenSource(EndMax);
        try
        {
            await using var source = await ClusterSchema.Open(connection, key, end.Token);
            await using var session = await Database.Try(async () => await source.OpenConnectionAsync(end.Token));
            var last = await Database.Try(() => session.Value<long>("select coalesce(max(id), 0) from untag_pending", end.Token));
            while (!await Round(source, serving, end.Token) && signer is not null)
            {
                const string isLeft = "select exists (select from untag_pending where id <= $1)";
                if (!await Database.Try(() => session.Value<bool>(isLeft, end.Token, last)))
                    return;
                await Task.Delay(Rest, end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The next program publishes it.
        }
        catch (Exception problem) when (IsForNow(problem))
        {
            OnTrouble(problem is LogDamageException ? problem.Message : FileProblem.InWords(problem));
        }
    }

    // What may be over the next time: the database or the disk fails, the folder may not be written, another program has it.
    private static bool IsForNow(Exception problem) => problem is IOException or UnauthorizedAccessException or LogDamageException { IsInUse: true };

    // Serves until it is told to end, or follows once; true when it served.
    private async Task<bool> Round(NpgsqlDataSource source, CancellationToken serving, CancellationToken cancellation)
    {
        await using var term = signer is null ? null : await SequencerTerm.TryBegin(source, folder, signer, cancellation);
        if (term is not null)
            await Serve(term, serving);
        else
            await follower.Follow(source, cancellation);
        return term is not null;
    }

    private async Task Serve(SequencerTerm term, CancellationToken serving)
    {
        var sincePublished = Stopwatch.StartNew();
        var isNew = true;
        while (!serving.IsCancellationRequested)
        {
            var taken = await term.Sequence(Most, CancellationToken.None);
            isNew |= taken > 0;
            if (isNew && sincePublished.Elapsed >= PublishEvery)
            {
                OnPublished(await term.Publish(CancellationToken.None));
                sincePublished.Restart();
                isNew = false;
            }

            if (taken == 0)
                await Task.Delay(Rest, serving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        while (await term.Sequence(Most, CancellationToken.None) == Most)
        {
            // What was written before the end.
        }

        OnPublished(await term.Publish(CancellationToken.None));
    }
}
