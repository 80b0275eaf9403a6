using System.Diagnostics;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;

namespace Untag.Server.Cluster;

/// <summary>Gives the entries of a log of many writers their index, writes the tiles and signs: one program at a time, whichever is there
/// first, and another when that one ends.</summary>
public static class LogSequencer
{
    private const int Most = 4096; // entries in one transaction

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20); // when nothing waits
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(500); // after a failure, or while another program is the sequencer

    /// <summary>Sequences until it is ended.</summary>
    /// <param name="connection">How to connect, in the words of Npgsql.</param>
    /// <param name="folder">Where readers find the log.</param>
    /// <param name="key">The key of the log.</param>
    /// <param name="publishEvery">How often a checkpoint is signed, when there are new entries.</param>
    /// <param name="onPublished">Told each checkpoint.</param>
    /// <param name="onTrouble">Told why it begins again: the database or the disk failed.</param>
    /// <param name="cancellation">Ends it; what has an index by then is published.</param>
    /// <exception cref="LogDamageException">What the database holds is not what was signed: nothing may be signed any more.</exception>
    public static async Task Run(
        string connection, string folder, SigningKey key, TimeSpan publishEvery, Action<SignedNote> onPublished, Action<string> onTrouble,
        CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await using var source = await ClusterSchema.Open(connection, key.Verifier.Name, cancellation);
                while (!cancellation.IsCancellationRequested)
                {
                    await using (var term = await SequencerTerm.TryBegin(source, folder, key, cancellation))
                    {
                        if (term is not null)
                            await Serve(term, publishEvery, onPublished, cancellation);
                    }

                    await Task.Delay(Again, cancellation);
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem) when (problem is IOException or LogDamageException { IsInUse: true })
            {
                onTrouble(problem.Message);
                await Task.Delay(Again, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static async Task Serve(SequencerTerm term, TimeSpan publishEvery, Action<SignedNote> onPublished, CancellationToken cancellation)
    {
        var sincePublished = Stopwatch.StartNew();
        var isNew = true;
        while (!cancellation.IsCancellationRequested)
        {
            var taken = await term.Sequence(Most, CancellationToken.None);
            isNew |= taken > 0;
            if (isNew && sincePublished.Elapsed >= publishEvery)
            {
                onPublished(await term.Publish(CancellationToken.None));
                sincePublished.Restart();
                isNew = false;
            }

            if (taken == 0)
                await Task.Delay(Rest, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (isNew)
            onPublished(await term.Publish(CancellationToken.None));
    }
}
