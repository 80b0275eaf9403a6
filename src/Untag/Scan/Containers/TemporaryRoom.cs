namespace Untag.Scan.Containers;

/// <summary>Room on disk for bytes that a reader must seek in, that cannot seek where they come from, and that are too many
/// for memory. Nothing is ever left of them: the file loses its name before the first byte is written, so that it goes
/// with the process, however that ends. Nobody but the owner may open it, and nothing in an archive says what it is
/// called.</summary>
/// <param name="folders">Where it may be; the first that takes a file is used.</param>
/// <param name="freeBytes">How many bytes are free in a folder.</param>
internal sealed class TemporaryRoom(IReadOnlyList<string> folders, Func<string, long> freeBytes)
{
    private const long LeftBytes = 64 * 1024 * 1024; // for everybody else who needs the disk

    private static readonly string HowToHelp =
        $"{(OperatingSystem.IsWindows() ? "TEMP" : "TMPDIR")} may name another folder for it";

    /// <summary>What the system has: where <c>TMPDIR</c> says, or else the folder for large files before that for small
    /// ones, which is in memory on many a system.</summary>
    public static TemporaryRoom OfSystem { get; } = new(FoldersOfSystem(), folder => new DriveInfo(folder).AvailableFreeSpace);

    /// <summary>Copies bytes into a file without a name.</summary>
    /// <param name="head">The first bytes, which were read before.</param>
    /// <param name="rest">What follows them.</param>
    /// <param name="limits">Say how many bytes it may be.</param>
    /// <param name="problem">Why there is no file, without full stop; null when there is one.</param>
    public FileStream? Keep(ReadOnlySpan<byte> head, Stream rest, ScanLimits limits, out string? problem)
    {
        var file = Open(out var folder, out problem);
        if (file is null)
            return null;
        problem = Fill(file, folder, head, rest, limits);
        if (problem is null)
            return file;
        file.Dispose();
        return null;
    }

    private static string[] FoldersOfSystem() =>
        OperatingSystem.IsWindows() || Environment.GetEnvironmentVariable("TMPDIR") is { Length: > 0 }
            ? [Path.GetTempPath()]
            : ["/var/tmp", Path.GetTempPath()];

    private FileStream? Open(out string folder, out string? problem)
    {
        problem = null;
        foreach (var candidate in folders)
        {
            folder = candidate;
            try
            {
                return Open(candidate);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                problem = $"no temporary file can be made ({FileProblem.InWords(refused)}; {HowToHelp})";
            }
        }

        folder = "";
        return null;
    }

    private static FileStream Open(string folder)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (OperatingSystem.IsWindows())
            options.Options = FileOptions.DeleteOnClose; // by the system, when the last handle is gone
        else
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var path = Path.Join(folder, $"untag-{Path.GetRandomFileName()}");
        var file = new FileStream(path, options);
        if (!OperatingSystem.IsWindows())
            File.Delete(path); // elsewhere DeleteOnClose is the framework's own doing, which does not outlive the process
        return file;
    }

    private string? Fill(FileStream file, string folder, ReadOnlySpan<byte> head, Stream rest, ScanLimits limits)
    {
        var piece = new byte[128 * 1024];
        var length = 0L;
        for (var next = head; next.Length > 0; next = Next(rest, piece))
        {
            length += next.Length;
            if (length > limits.ExpandedBytesMax)
                return ScanLimit.ExpandedSize.Met(limits, "larger than what may be unpacked");
            try
            {
                if (freeBytes(folder) - next.Length < LeftBytes)
                    return $"there is no room on the disk for a temporary file ({HowToHelp})";
                file.Write(next);
            }
            catch (Exception full) when (full is IOException or UnauthorizedAccessException)
            {
                return $"a temporary file cannot be written ({FileProblem.InWords(full)}; {HowToHelp})";
            }
        }

        file.Position = 0;
        return null;
    }

    private static ReadOnlySpan<byte> Next(Stream rest, byte[] piece) =>
        piece.AsSpan(0, rest.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false));
}
