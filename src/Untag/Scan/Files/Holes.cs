using System.Runtime.InteropServices;

namespace Untag.Scan.Files;

/// <summary>Finds the bytes behind a hole in a file. Read as zeros, a disk image of many holes costs minutes and pushes
/// all else out of the system's cache.</summary>
/// <remarks>The framework has no public call for it; the runtime's own native library passes the question on to Linux.
/// Elsewhere holes are read.</remarks>
internal static class Holes
{
    private const int NextBytes = 3; // SEEK_DATA
    private const int NoSuchPlace = 6; // ENXIO: all that follows is a hole

    /// <summary>Moves a file that stands in a hole to the end of it.</summary>
    /// <returns>How many bytes were passed over; 0 when it stands in none, or nobody can tell.</returns>
    public static long Skip(FileStream file)
    {
        if (!OperatingSystem.IsLinux() || file.Position >= file.Length)
            return 0;
        var from = file.Position;
        var next = Seek(file.SafeFileHandle, from, NextBytes);
        if (next < 0)
            next = Marshal.GetLastPInvokeError() == NoSuchPlace ? file.Length : from;
        file.Position = next;
        return next - from;
    }

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_LSeek", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern long Seek(SafeHandle file, long offset, int whence);
}
