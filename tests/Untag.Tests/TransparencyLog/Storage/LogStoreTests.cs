using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Untag.Tests.Check;
using Untag.Tests.TransparencyLog.Tiles;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Storage;

namespace Untag.Tests.TransparencyLog.Storage;

public sealed class LogStoreTests : IDisposable
{
    private static readonly SigningKey Key = SigningKey.New("example.com/log", NoteAlgorithm.Ed25519);

    private readonly ProductFolder folder = new();

    [Fact]
    public void What_is_appended_and_published_is_read_by_a_reader_made_from_the_specification_alone()
    {
        using (var log = LogStore.Open(folder.Root, Key))
        {
            for (var i = 0; i < 600; i++)
                Assert.Equal((ulong)i, log.Append(Entry(i)));
            Assert.Equal(NoteVerdict.Valid, Key.Verifier.Check(log.Publish()));
        }

        Assert.Equal(Enumerable.Range(0, 600).Select(Entry), new SpecReader(folder.Root).Entries());
    }

    [Fact]
    public void What_is_durable_and_not_published_is_there_when_the_log_is_opened_again()
    {
        for (var round = 0; round < 5; round++)
        {
            using var log = LogStore.Open(folder.Root, Key);
            Assert.Equal((ulong)(round * 100), log.Size);
            for (var i = 0; i < 100; i++)
            {
                log.Append(Entry(round * 100 + i));
                if (i == 50 && round % 2 == 0)
                    log.Publish();
            }
        }

        using (var log = LogStore.Open(folder.Root, Key))
            log.Publish();
        Assert.Equal(Enumerable.Range(0, 500).Select(Entry), new SpecReader(folder.Root).Entries());
    }

    [Fact]
    public void Many_threads_share_the_disk_and_every_entry_has_an_index_of_its_own()
    {
        var indexes = new ConcurrentDictionary<ulong, string>();
        using (var log = LogStore.Open(folder.Root, Key))
        {
            Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, thread =>
            {
                for (var i = 0; i < 50; i++)
                {
                    var text = string.Create(CultureInfo.InvariantCulture, $"{thread}-{i}");
                    Assert.True(indexes.TryAdd(log.Append(Encoding.UTF8.GetBytes(text)), text));
                    if (i % 10 == 0)
                        log.Publish();
                }
            });
            log.Publish();
        }

        Assert.Equal(
            indexes.OrderBy(pair => pair.Key).Select(pair => pair.Value),
            new SpecReader(folder.Root).Entries().Select(Encoding.UTF8.GetString));
    }

    [Fact]
    public void An_entry_that_was_published_and_is_not_in_the_journal_any_more_is_missed()
    {
        using (var log = LogStore.Open(folder.Root, Key))
        {
            log.Append(Entry(0));
            log.Append(Entry(1));
            log.Publish();
        }

        var segment = Directory.GetFiles(folder.At("journal")).Single();
        File.WriteAllBytes(segment, File.ReadAllBytes(segment)[..4]);
        Assert.Contains("the journal ends at entry 0", Assert.Throws<LogDamageException>(() => LogStore.Open(folder.Root, Key)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_writers_of_one_log_are_one_too_many()
    {
        using var first = LogStore.Open(folder.Root, Key);
        Assert.Contains("another program", Assert.Throws<LogDamageException>(() => LogStore.Open(folder.Root, Key)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_is_not_continued_with_another_key_or_over_other_tiles()
    {
        using (var log = LogStore.Open(folder.Root, Key))
        {
            for (var i = 0; i < 300; i++)
                log.Append(Entry(i));
            log.Publish();
        }

        var other = SigningKey.New("example.com/log", NoteAlgorithm.Ed25519);
        Assert.Throws<LogDamageException>(() => LogStore.Open(folder.Root, other));
        foreach (var (path, message) in new[] { ("tile/0/001.p/44", "last bundle"), ("tile/1/000.p/1", "do not make up the root") })
        {
            var bytes = File.ReadAllBytes(folder.At(path));
            bytes[20] ^= 1;
            File.WriteAllBytes(folder.At(path), bytes);
            Assert.Contains(message, Assert.Throws<LogDamageException>(() => LogStore.Open(folder.Root, Key)).Message, StringComparison.Ordinal);
            bytes[20] ^= 1;
            File.WriteAllBytes(folder.At(path), bytes);
        }
    }

    [Fact]
    public void An_entry_that_was_changed_on_the_disk_is_not_published_anew()
    {
        using (var log = LogStore.Open(folder.Root, Key))
        {
            log.Append(Entry(1));
            log.Publish();
        }

        File.WriteAllBytes(folder.At("tile/entries/000.p/1"), [0, 1, (byte)'2']);
        Assert.Contains("last bundle", Assert.Throws<LogDamageException>(() => LogStore.Open(folder.Root, Key)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_new_is_nothing_to_sign()
    {
        using var log = LogStore.Open(folder.Root, Key);
        log.Append(Entry(0));
        Assert.Same(log.Publish(), log.Publish());
    }

    [Fact]
    public void An_entry_is_at_most_four_kibibytes()
    {
        using var log = LogStore.Open(folder.Root, Key);
        log.Append(new byte[LogStore.EntryMax]);
        Assert.Throws<ArgumentException>(() => log.Append(new byte[LogStore.EntryMax + 1]));
        Assert.Equal(1UL, log.Size);
    }

    public void Dispose() => folder.Dispose();

    private static byte[] Entry(int index) => Encoding.UTF8.GetBytes(index.ToString(CultureInfo.InvariantCulture));
}
