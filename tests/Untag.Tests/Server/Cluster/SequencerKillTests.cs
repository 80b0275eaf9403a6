using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Untag.Tests.TransparencyLog.Storage;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Trees;

namespace Untag.Tests.Server.Cluster;

/// <summary>A sequencer is killed at random moments while others write.</summary>
[Collection(nameof(PostgresServer))]
public sealed class SequencerKillTests(PostgresServer server) : IAsyncDisposable
{
    private const int Kills = 8;
    private const int Writers = 4;

    private readonly ClusterFixture cluster = new(server);

    [Fact]
    public async Task Nothing_that_was_told_to_be_durable_is_lost_or_doubled_and_no_other_head_is_signed()
    {
        await File.WriteAllTextAsync(cluster.At("key"), ClusterFixture.Key.Secret(), Now);
        using var enough = new CancellationTokenSource();
        var told = new ConcurrentBag<string>();
        var writers = Enumerable.Range(0, Writers).Select(writer => Write(writer, told, enough.Token)).ToList();
        var random = new Random(20261130);
        var heads = new List<Checkpoint>();
        for (var kill = 0; kill < Kills; kill++)
        {
            // Two folders by turns: each sequencer goes on from what another left.
            var written = KilledProgram.Run("Untag.ClusterWriter", random.Next(1, 40), "sequence", cluster.Connection, cluster.At($"log{kill % 2}"), cluster.At("key"), "60", "5");
            heads.AddRange(written.Select(line => line.Split(' ')).Select(words =>
                new Checkpoint("example.com/log", ulong.Parse(words[1], CultureInfo.InvariantCulture), TreeHash.Parse(words[2])!.Value)));
        }

        await enough.CancelAsync();
        await Task.WhenAll(writers);
        await cluster.Publish("log0");
        var entries = cluster.Entries("log0");
        Assert.NotEmpty(told);
        Assert.Equal(told.Order(StringComparer.Ordinal), entries.Order(StringComparer.Ordinal));
        var tree = MerkleProver.Over([.. entries.Select(entry => MerkleTree.Leaf(Encoding.UTF8.GetBytes(entry)))]);
        Assert.NotEmpty(heads);
        Assert.All(heads, head => Assert.Equal(tree.RootOf(head.Size), head.Root));
        Assert.Equal(heads.Select(head => head.Size).Order(), heads.Select(head => head.Size));
    }

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private async Task Write(int writer, ConcurrentBag<string> told, CancellationToken enough)
    {
        var log = await cluster.Log();
        for (var number = 0; !enough.IsCancellationRequested; number++)
        {
            var text = $"{writer}-{number}";
            await log.Append(Encoding.UTF8.GetBytes(text));
            told.Add(text);
        }
    }
}
