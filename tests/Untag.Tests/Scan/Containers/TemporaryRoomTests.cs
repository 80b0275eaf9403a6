using Untag.Scan;
using Untag.Scan.Containers;
using static Untag.Tests.Scan.Containers.Pack;

namespace Untag.Tests.Scan.Containers;

public sealed class TemporaryRoomTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("untag-room-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_bytes_are_all_there_and_can_be_sought_in()
    {
        using var file = Keep(Room())!;
        Assert.Equal((0, 400_004), (file.Position, file.Length));
        file.Position = 2;
        Assert.Equal('a', file.ReadByte());
        file.Position = 400_003;
        Assert.Equal('z', file.ReadByte());
    }

    [Fact]
    public void A_process_that_is_killed_leaves_nothing_behind()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there the system deletes the file when its last handle is gone");
        using var file = Keep(Room())!;
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void Nobody_but_the_owner_may_open_it()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var file = Keep(Room())!;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.SafeFileHandle));
    }

    [Fact]
    public void The_next_folder_is_taken_when_one_takes_no_file()
    {
        using var file = Keep(new TemporaryRoom([Path.Join(folder, "missing"), folder], _ => long.MaxValue));
        Assert.NotNull(file);
    }

    [Fact]
    public void The_disk_is_not_filled_up()
    {
        Assert.Null(new TemporaryRoom([folder], _ => 64 * 1024 * 1024).Keep("head"u8, Stream.Null, ScanLimits.Default, out var problem));
        Assert.Contains("no room on the disk", problem, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void The_system_has_room()
    {
        using var file = TemporaryRoom.OfSystem.Keep("head"u8, Stream.Null, ScanLimits.Default, out var problem);
        Assert.Null(problem);
        Assert.Equal(4, file!.Length);
    }

    private TemporaryRoom Room() => new([folder], _ => long.MaxValue);

    private static FileStream? Keep(TemporaryRoom room)
    {
        var rest = new byte[400_000];
        rest[^1] = (byte)'z';
        var file = room.Keep(Bytes("head"), new MemoryStream(rest), ScanLimits.Default, out var problem);
        Assert.Null(problem);
        return file;
    }
}
