using System.Text;
using Untag.Tests.TransparencyLog.Tiles;
using Untag.Tests.Workflow;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Storage;
using Untag.TransparencyLog.Tiles;

namespace Untag.Tests.TransparencyLog.Storage;

public sealed class FullDiskTests
{
    private static readonly SigningKey Key = SigningKey.New("example.com/log", NoteAlgorithm.Ed25519);

    [Fact]
    public void On_a_full_disk_nothing_is_told_to_be_durable_that_is_not_and_all_is_there_once_there_is_room()
    {
        using var disk = new SmallDisk("300k");
        var told = new List<string>();
        using (var log = LogStore.Open(disk.At("log"), Key))
        {
            Assert.Throws<IOException>(() => Fill(log, told));
            Assert.Throws<IOException>(() => log.Append("more"u8.ToArray()));
            Assert.Throws<IOException>(() => log.Publish());
        }

        disk.Remount("size=8m");
        using (var log = LogStore.Open(disk.At("log"), Key))
            log.Publish();
        var entries = new SpecReader(disk.At("log")).Entries().Select(Encoding.UTF8.GetString).ToList();
        Assert.True(told.Count > 50);
        Assert.Equal(told, entries.Take(told.Count));
        Assert.InRange(entries.Count, told.Count, told.Count + 1); // the one that the disk took and then failed
    }

    [Fact]
    public void A_folder_that_may_only_be_read_is_read_and_never_taken_for_one_that_another_program_has_open()
    {
        using var disk = new SmallDisk("8m");
        using (var log = LogStore.Open(disk.At("log"), Key))
        {
            log.Append("one"u8.ToArray());
            log.Publish();
        }

        disk.Remount("ro");
        var refusal = Assert.ThrowsAny<Exception>(() => LogStore.Open(disk.At("log"), Key));
        Assert.True(refusal is IOException or UnauthorizedAccessException, refusal.ToString());
        Assert.Equal("read-only file system", FileProblem.InWords(refusal));
        TiledLog.Open(disk.At("log")).Verify(null, TestContext.Current.CancellationToken);
        disk.Remount("rw");
        using (var log = LogStore.Open(disk.At("log"), Key))
            Assert.Equal(1UL, log.Append("two"u8.ToArray()));
    }

    [Fact]
    public void The_program_says_that_a_folder_may_only_be_read()
    {
        using var disk = new SmallDisk("8m");
        using var shell = new Shell();
        using (var log = LogStore.Open(disk.At("log"), Key))
            log.Publish();
        disk.Remount("ro");
        Assert.Equal(0, shell.Run($"untag log verify {disk.At("log")}").ExitCode);
        var (code, output) = shell.Run($"untag log export {disk.At("log")} -o {disk.At("copy")}");
        Assert.Equal(2, code);
        Assert.StartsWith($"error: the folder `{disk.At("copy")}` cannot be written: read-only file system", output, StringComparison.Ordinal);
    }

    private static void Fill(LogStore log, List<string> told)
    {
        for (var i = 0; ; i++)
        {
            var text = $"{i}".PadRight(1000, '.');
            Assert.Equal((ulong)i, log.Append(Encoding.UTF8.GetBytes(text)));
            told.Add(text);
            if (i % 50 == 10)
                log.Publish();
        }
    }
}
