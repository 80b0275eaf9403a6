using System.Globalization;
using System.Text;
using Untag.Tests.Check;
using Untag.Tests.TransparencyLog.Tiles;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Storage;
using Untag.TransparencyLog.Trees;

namespace Untag.Tests.TransparencyLog.Storage;

/// <summary>A program that writes a log is killed at random moments. UNTAG_KILLS says how often; eng/kill-log.sh has it killed 200
/// times.</summary>
public sealed class KillTests
{
    private const int Kills = 20;
    private const int Threads = 4;

    [Fact]
    public void Nothing_that_was_told_to_be_durable_is_lost_or_doubled_and_no_other_head_is_signed()
    {
        using var folder = new ProductFolder();
        var key = SigningKey.New("example.com/log", NoteAlgorithm.Ed25519);
        folder.Write("log.key", key.Secret());
        var random = new Random(20261129);
        var told = new Dictionary<ulong, string>();
        var heads = new List<(ulong Size, TreeHash Root)>();
        var kills = int.Parse(Environment.GetEnvironmentVariable("UNTAG_KILLS") ?? $"{Kills}", CultureInfo.InvariantCulture);
        for (var kill = 0; kill < kills; kill++)
        {
            foreach (var line in KilledProgram.Run("Untag.LogWriter", random.Next(1, 150), folder.At("log"), folder.At("log.key"), $"{Threads}", "30"))
            {
                var words = line.Split(' ');
                if (words[0] == "#")
                    heads.Add((ulong.Parse(words[1], CultureInfo.InvariantCulture), TreeHash.Parse(words[2])!.Value));
                else
                    Assert.True(told.TryAdd(ulong.Parse(words[0], CultureInfo.InvariantCulture), words[1]), $"two entries are told to be {words[0]}");
            }
        }

        using (var log = LogStore.Open(folder.At("log"), key))
            log.Publish();
        var entries = new SpecReader(folder.At("log")).Entries().Select(Encoding.UTF8.GetString).ToList();
        Assert.NotEmpty(told);
        Assert.NotEmpty(heads);
        Assert.All(told, entry => Assert.Equal(entry.Value, entries[(int)entry.Key]));
        Assert.Equal(entries.Count, entries.Distinct().Count());
        var tree = MerkleProver.Over([.. entries.Select(entry => MerkleTree.Leaf(Encoding.UTF8.GetBytes(entry)))]);
        Assert.All(heads, head => Assert.Equal(tree.RootOf(head.Size), head.Root));
        Assert.Equal(heads.Select(head => head.Size).Order(), heads.Select(head => head.Size));
    }
}
