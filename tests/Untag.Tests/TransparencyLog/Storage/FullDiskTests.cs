using System.Diagnostics;
using System.Text;
using Untag.Tests.Check;
using Untag.Tests.TransparencyLog.Tiles;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Storage;

namespace Untag.Tests.TransparencyLog.Storage;

public sealed class FullDiskTests
{
    [Fact]
    public void On_a_full_disk_nothing_is_told_to_be_durable_that_is_not_and_all_is_there_once_there_is_room()
    {
        using var folder = new ProductFolder(("disk/in", ""));
        var disk = folder.At("disk");
        Assert.SkipUnless(Mount("-t", "tmpfs", "-o", "size=300k", "tmpfs", disk), "a small disk cannot be mounted here");
        try
        {
            var key = SigningKey.New("example.com/log", NoteAlgorithm.Ed25519);
            var told = new List<string>();
            using (var log = LogStore.Open(Path.Join(disk, "log"), key))
            {
                Assert.Throws<IOException>(() => Fill(log, told));
                Assert.Throws<IOException>(() => log.Append("more"u8.ToArray()));
                Assert.Throws<IOException>(() => log.Publish());
            }

            Assert.True(Mount("-o", "remount,size=8m", disk));
            using (var log = LogStore.Open(Path.Join(disk, "log"), key))
                log.Publish();
            var entries = new SpecReader(Path.Join(disk, "log")).Entries().Select(Encoding.UTF8.GetString).ToList();
            Assert.True(told.Count > 50);
            Assert.Equal(told, entries.Take(told.Count));
            Assert.InRange(entries.Count, told.Count, told.Count + 1); // the one that the disk took and then failed
        }
        finally
        {
            Run("umount", disk);
        }
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

    private static bool Mount(params string[] arguments) => OperatingSystem.IsLinux() && Run("mount", arguments);

    private static bool Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
#pragma warning disable RS0030 // a disk that is small enough to be full soon
        using var process = Process.Start(start)!;
#pragma warning restore RS0030
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
