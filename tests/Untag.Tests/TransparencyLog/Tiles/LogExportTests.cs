using System.Text;
using Untag.Tests.Check;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Storage;
using Untag.TransparencyLog.Tiles;

namespace Untag.Tests.TransparencyLog.Tiles;

public sealed class LogExportTests : IDisposable
{
    private static readonly SigningKey Key = SigningKey.New("example.com/log", NoteAlgorithm.Ed25519);

    private readonly ProductFolder folder = new();

    [Fact]
    public void A_copy_is_the_log_byte_for_byte_with_the_tiles_of_earlier_checkpoints()
    {
        Grow("log", 3, 200, 300, 700);
        Copy();
        Assert.Equal(Files("log"), Files("copy"));
        Assert.Contains("tile/entries/000.p/200", Files("copy").Keys);
        Assert.Equal(700, new SpecReader(folder.At("copy")).Entries().Count);
        TiledLog.Open(folder.At("copy")).Verify(null, CancellationToken.None);
    }

    [Fact]
    public void A_copy_that_was_interrupted_at_any_file_is_gone_on_with()
    {
        Grow("log", 3, 700);
        Copy();
        var whole = Files("copy");
        foreach (var left in Enumerable.Range(0, whole.Count))
        {
            Directory.Delete(folder.At("copy"), recursive: true);
            foreach (var path in whole.Keys.Where(path => path != "checkpoint").Take(left))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(folder.At($"copy/{path}"))!);
                File.Copy(folder.At($"log/{path}"), folder.At($"copy/{path}"));
            }

            Copy();
            Assert.Equal(whole, Files("copy"));
        }
    }

    [Fact]
    public void A_copy_is_brought_up_to_date_and_what_is_there_is_not_written_again()
    {
        Grow("log", 300);
        Copy();
        var tile = new FileInfo(folder.At("copy/tile/0/000"));
        tile.LastWriteTimeUtc = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Grow("log", 700);
        Copy();
        Assert.Equal(Files("log"), Files("copy"));
        tile.Refresh();
        Assert.Equal(2000, tile.LastWriteTimeUtc.Year);
    }

    [Fact]
    public void A_copy_of_another_log_of_a_fork_or_of_more_than_there_is_stays_as_it_is()
    {
        Grow("log", 10);
        Copy();
        Assert.Equal("it holds the log example.com/log", Obstacle("another", Of("example.com/another", 20)));
        Assert.Equal("it holds more of the log than there is to copy: the log was rolled back", Obstacle("short", Of("example.com/log", 4)));
        Assert.Equal("the log did not grow out of what it holds: the log was forked", Obstacle("fork", Of("example.com/log", 20, "other")));
        folder.Write("copy/notes.txt", "");
        Assert.Equal("it holds `notes.txt`, which is no part of a log", Obstacle("log", null));
    }

    [Fact]
    public void A_file_of_the_copy_that_is_another_is_not_written_over()
    {
        Grow("log", 10);
        folder.Write("copy/tile/0/000.p/10", "something else");
        Assert.Contains("`tile/0/000.p/10` is there and is another", Assert.Throws<IOException>(Copy).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.At("copy/checkpoint")));
    }

    [Fact]
    public void What_a_log_dropped_once_it_had_grown_is_made_of_what_it_grew_to()
    {
        Grow("log", 200);
        File.Copy(folder.At("log/checkpoint"), folder.At("seen"));
        Grow("log", 300);
        Directory.Delete(folder.At("log/tile/0/000.p"), recursive: true);
        Directory.Delete(folder.At("log/tile/entries/000.p"), recursive: true);
        var log = TiledLog.Open(folder.At("log"), folder.At("seen"));
        log.Verify(null, CancellationToken.None);
        LogExport.Copy(log, folder.At("copy"), null, CancellationToken.None);
        Assert.Equal(200, new SpecReader(folder.At("copy")).Entries().Count);
    }

    public void Dispose() => folder.Dispose();

    private static (SigningKey Key, int Size, string Text)? Of(string name, int size, string text = "entry") =>
        (SigningKey.New(name, NoteAlgorithm.Ed25519), size, text);

    private string? Obstacle(string name, (SigningKey Key, int Size, string Text)? made)
    {
        if (made is { } log)
            Write(name, log.Key, log.Text, log.Size);
        return LogExport.Obstacle(TiledLog.Open(folder.At(name)), folder.At("copy"));
    }

    private void Copy()
    {
        var log = TiledLog.Open(folder.At("log"));
        Assert.Null(LogExport.Obstacle(log, folder.At("copy")));
        LogExport.Copy(log, folder.At("copy"), null, CancellationToken.None);
    }

    private SortedDictionary<string, string> Files(string name) => new(
        Directory.EnumerateFiles(folder.At(name), "*", SearchOption.AllDirectories)
            .Select(path => (Path: Path.GetRelativePath(folder.At(name), path), Bytes: Convert.ToHexString(File.ReadAllBytes(path))))
            .Where(file => file.Path == "checkpoint" || file.Path.StartsWith("tile", StringComparison.Ordinal))
            .ToDictionary(file => file.Path, file => file.Bytes),
        StringComparer.Ordinal);

    private void Grow(string name, params int[] sizes) => Write(name, Key, "entry", sizes);

    private void Write(string name, SigningKey key, string text, params int[] sizes)
    {
        using var log = LogStore.Open(folder.At(name), key);
        foreach (var size in sizes)
        {
            for (var i = (int)log.Size; i < size; i++)
                log.Append(Encoding.UTF8.GetBytes($"{text} {i}"));
            log.Publish();
        }
    }
}
