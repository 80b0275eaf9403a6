using System.Text;
using Untag.Server.Cluster;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Tiles;

namespace Untag.Tests.Server.Cluster;

[Collection(nameof(PostgresServer))]
public sealed class SequencerTermTests(PostgresServer server) : IAsyncDisposable
{
    private readonly ClusterFixture cluster = new(server);

    [Fact]
    public async Task Of_two_sequencers_one_waits_until_the_other_has_ended()
    {
        await Append("one");
        await using (var first = await cluster.Begin("first"))
        {
            Assert.Null(await cluster.Begin("second"));
            await ClusterFixture.Publish(first!);
        }

        await Append("two");
        Assert.Equal(2UL, (await cluster.Publish("second")).Size);
        Assert.Equal(["one", "two"], cluster.Entries("second")); // what it did not see being made it has from the database
    }

    [Fact]
    public async Task A_sequencer_that_lost_its_connection_changes_and_signs_nothing_any_more()
    {
        await Append("one");
        await using var lost = (await cluster.Begin("lost"))!;
        await ClusterFixture.Publish(lost);
        await Append("two");
        await lost.Sequence(10, Now);
        cluster.CutConnections();
        await Append("three");
        Assert.Equal(3UL, (await cluster.Publish("next")).Size);
        await Assert.ThrowsAsync<IOException>(() => lost.Sequence(10, Now));
        await Assert.ThrowsAsync<IOException>(() => lost.Publish(Now));
        Assert.Equal(1UL, Shown("lost").Size);
        Assert.Equal(["one", "two", "three"], cluster.Entries("next"));
    }

    [Fact]
    public async Task A_sequencer_whose_epoch_has_passed_changes_and_signs_nothing_though_its_connection_lives()
    {
        await Append("one");
        await using var passed = (await cluster.Begin("log"))!;
        await ClusterFixture.Publish(passed);
        await Append("two");
        await passed.Sequence(10, Now);
        await Append("three");
        cluster.Execute("update untag_head set epoch = epoch + 1");
        Assert.Contains("the term is over", (await Assert.ThrowsAsync<IOException>(() => passed.Sequence(10, Now))).Message, StringComparison.Ordinal);
        Assert.Contains("the term is over", (await Assert.ThrowsAsync<IOException>(() => passed.Publish(Now))).Message, StringComparison.Ordinal);
        Assert.Equal(1UL, Shown("log").Size);
        await passed.DisposeAsync();
        Assert.Equal(3UL, (await cluster.Publish("log")).Size);
        Assert.Equal(["one", "two", "three"], cluster.Entries("log"));
    }

    [Fact]
    public async Task A_sequencer_that_ends_between_the_tiles_and_the_checkpoint_leaves_what_the_next_goes_on_from()
    {
        await Append("one");
        await cluster.Publish("log");
        await Append("two");
        await using (var term = (await cluster.Begin("log"))!)
        {
            await term.Sequence(10, Now);
            cluster.CutConnections();
            await Assert.ThrowsAsync<IOException>(() => term.Publish(Now));
            Assert.True(File.Exists(cluster.At("log/tile/0/000.p/2")));
        }

        Assert.Equal(1UL, Shown("log").Size);
        Assert.Equal(2UL, (await cluster.Publish("log")).Size);
        Assert.Equal(["one", "two"], cluster.Entries("log"));
    }

    [Fact]
    public async Task A_checkpoint_that_was_recorded_and_never_shown_is_shown_by_the_next()
    {
        await Append("one");
        await cluster.Publish("log");
        var before = await File.ReadAllBytesAsync(cluster.At("log/checkpoint"), Now);
        await Append("two");
        var recorded = await cluster.Publish("log");
        await File.WriteAllBytesAsync(cluster.At("log/checkpoint"), before, Now); // as if the program had ended before it was shown
        Assert.Equal(recorded, await cluster.Publish("log"));
    }

    [Fact]
    public async Task Nothing_is_signed_over_a_database_that_was_set_back()
    {
        await Append("one", "two");
        await cluster.Publish("log");
        cluster.Execute("delete from untag_entries where index = 1; update untag_head set size = 1, signed_size = 1");
        var damage = await Assert.ThrowsAsync<LogDamageException>(() => cluster.Begin("log"));
        Assert.Equal("the checkpoint in the folder has 2 entries, and the database knows of 1: it was set back", damage.Message);
    }

    [Fact]
    public async Task Nothing_is_signed_over_entries_that_were_changed_or_are_missing_in_the_database()
    {
        await Append("one", "two", "three");
        await cluster.Publish("log");
        cluster.Execute("update untag_entries set entry = 'other' where index = 1");
        var damage = await Assert.ThrowsAsync<LogDamageException>(() => cluster.Begin("elsewhere"));
        Assert.Equal("the first 3 entries of the database are not those over which a checkpoint was signed", damage.Message);
        cluster.Execute("delete from untag_entries where index = 1");
        Assert.Equal("entry 1 is neither in the folder nor in the database any more: copy the folder of a guard that has it", (await Assert.ThrowsAsync<LogDamageException>(() => cluster.Begin("again"))).Message);
    }

    [Fact]
    public async Task Two_sequencers_of_one_folder_are_told_apart_though_their_databases_differ()
    {
        await using var other = new ClusterFixture(server);
        await Append("one");
        await (await other.Log()).Append("one"u8.ToArray());
        await using var term = await cluster.Begin("log");
        var source = await ClusterSchema.Open(other.Connection, ClusterFixture.Key.Verifier, Now);
        await using (source)
        {
            var damage = await Assert.ThrowsAsync<LogDamageException>(() => SequencerTerm.TryBegin(source, cluster.At("log"), ClusterFixture.Key, Now));
            Assert.Equal("another program has the log open", damage.Message);
        }
    }

    [Fact]
    public async Task What_is_taken_at_once_is_bounded_and_nothing_new_is_nothing_to_sign()
    {
        await Append([.. Enumerable.Range(0, 25).Select(number => $"{number}")]);
        await using var term = (await cluster.Begin("log"))!;
        var taken = new List<int>();
        do
            taken.Add(await term.Sequence(10, Now));
        while (taken[^1] > 0);
        Assert.Equal([10, 10, 5, 0], taken);
        Assert.Same(await term.Publish(Now), await term.Publish(Now));
        Assert.Equal(Enumerable.Range(0, 25).Select(number => $"{number}"), cluster.Entries("log"));
    }

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private Checkpoint Shown(string name) => TiledLog.Open(cluster.At(name)).Checkpoint;

    private async Task Append(params string[] texts)
    {
        var log = await cluster.Log();
        foreach (var text in texts)
            await log.Append(Encoding.UTF8.GetBytes(text));
    }
}
