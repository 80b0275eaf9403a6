using System.Globalization;
using System.Text;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Tiles;

namespace Untag.Tests.Server.Cluster;

/// <summary>Whoever keeps the database may delete entries that lie in the folders, as docs/guard.md says: the log goes on, and who needs
/// one that is gone is told where it is.</summary>
[Collection(nameof(PostgresServer))]
public sealed class ArchiveTests(PostgresServer server) : IAsyncDisposable
{
    private readonly ClusterFixture cluster = new(server);
    private int written;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_log_goes_on_behind_what_was_archived_and_the_folders_have_all_of_it()
    {
        await Write(600);
        await cluster.Publish("one");
        await cluster.Publish("two");
        Archive(500);
        await Write(100);
        await cluster.Publish("one");
        Archive(700); // more than the other folder has, and no more than it has entries: it needs those up to 700
        await Write(5);
        await cluster.Publish("one");
        AssertWhole("one", 705);
        Assert.Equal(NotThere(600), (await Assert.ThrowsAsync<LogDamageException>(() => cluster.Publish("two"))).Message);
        CopyFolder("one", "two");
        await Write(5);
        await cluster.Publish("two");
        await cluster.Publish("one");
        AssertWhole("two", 710);
        Assert.Equal(await File.ReadAllTextAsync(cluster.At("one/checkpoint"), Now), await File.ReadAllTextAsync(cluster.At("two/checkpoint"), Now));
    }

    [Fact]
    public async Task A_new_folder_is_told_what_it_lacks_before_anything_is_written()
    {
        await Write(10);
        await cluster.Publish("one");
        var log = await cluster.Log();
        await log.Compare(cluster.At("new"));
        Archive(1);
        Assert.Equal(NotThere(0), (await Assert.ThrowsAsync<LogDamageException>(() => log.Compare(cluster.At("new")))).Message);
        Assert.Equal(NotThere(0), (await Assert.ThrowsAsync<LogDamageException>(() => cluster.Publish("new"))).Message);
        Archive(10);
        log = await cluster.Log();
        await log.Compare(cluster.At("one"));
        CopyFolder("one", "new");
        await log.Compare(cluster.At("new"));
        await Write(1);
        await cluster.Publish("new");
        AssertWhole("new", 11);
    }

    // Whatever a sequencer had done when it was killed, and whenever somebody archives.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_archived_between_two_steps_of_a_sequencer_is_missed_by_nobody(bool publishes)
    {
        await Write(300);
        await cluster.Publish("one");
        CopyFolder("one", "two");
        await Write(300);
        await using (var term = (await cluster.Begin("one"))!)
        {
            await term.Sequence(200, Now);
            Archive(300);
            await term.Sequence(50, Now);
            if (publishes)
                await ClusterFixture.Publish(term);
            Archive(300);
        }

        await cluster.Publish("two"); // another takes over, from the entries alone
        await cluster.Publish("one");
        AssertWhole("two", 600);
        AssertWhole("one", 600);
    }

    // What no checkpoint speaks of lies in no folder.
    [Fact]
    public async Task The_statement_of_the_guide_deletes_nothing_that_no_checkpoint_speaks_of()
    {
        await Write(10);
        await using (var term = (await cluster.Begin("one"))!)
        {
            await term.Sequence(100, Now);
            Archive(1000);
            Assert.Equal("10", cluster.Value("select count(*) from untag_entries"));
        }

        await cluster.Publish("one");
        await Write(10);
        await using (var term = (await cluster.Begin("one"))!)
        {
            await term.Sequence(100, Now);
            cluster.Execute("update untag_head set signed_size = size, signed_root = null"); // it was recorded, and the sequencer was killed
            Archive(1000);
            Assert.Equal("10", cluster.Value("select count(*) from untag_entries"));
        }

        await cluster.Publish("one");
        AssertWhole("one", 20);
    }

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    private static string NotThere(int index) =>
        $"entry {index} is neither in the folder nor in the database any more: copy the folder of a guard that has it";

    private async Task Write(int count)
    {
        var log = await cluster.Log();
        for (var i = 0; i < count; i += 50)
        {
            var entries = Enumerable.Range(written, Math.Min(50, count - i)).Select(number => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes($"{number}")).ToList();
            await log.Append(entries, bookmark: null);
            written += entries.Count;
        }
    }

    private void Archive(int size) => cluster.Execute(
        Statement().Replace("1000000", size.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));

    // As the guide has it.
    private static string Statement() =>
        File.ReadLines(Architecture.Repository.File("docs/guard.md")).Single(line => line.StartsWith("delete from untag_entries", StringComparison.Ordinal));

    private void AssertWhole(string name, int count)
    {
        TiledLog.Open(cluster.At(name)).Verify(null, Now);
        Assert.Equal(Enumerable.Range(0, count).Select(number => $"{number}"), cluster.Entries(name));
    }

    private void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(cluster.At(from), "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock"))
        {
            var copy = Path.Join(cluster.At(to), Path.GetRelativePath(cluster.At(from), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }
}
