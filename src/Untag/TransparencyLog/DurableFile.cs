using System.Runtime.InteropServices;
using System.Text;

namespace Untag.TransparencyLog;

/// <summary>Files that survive a loss of power once they are written.</summary>
internal static class DurableFile
{
    /// <summary>Ending of the name of a file that is being written.</summary>
    public const string Unfinished = ".unfinished";

    /// <summary>Writes a file that is there whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        Replace(path, bytes);
        SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Writes files, each whole or not at all, with one wait for each of their folders.</summary>
    /// <exception cref="IOException">One of them cannot be written.</exception>
    public static void Write(IReadOnlyList<(string Path, byte[] Bytes)> files)
    {
        var folders = files.Select(file => Path.GetDirectoryName(file.Path)!).Distinct(StringComparer.Ordinal).ToList();
        folders.ForEach(CreateFolder);
        foreach (var (path, bytes) in files)
            Replace(path, bytes);
        folders.ForEach(SyncFolder);
    }

    /// <summary>Creates a folder, with those that it lies in, each with a name that is durable.</summary>
    /// <exception cref="IOException">It cannot be created.</exception>
    public static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder))
            return;
        var above = Path.GetDirectoryName(Path.GetFullPath(folder));
        if (above is not null)
            CreateFolder(above);
        Directory.CreateDirectory(folder);
        if (above is not null)
            SyncFolder(above);
    }

    /// <summary>Makes the names in a folder durable. The framework has no call for it; Windows needs none.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var handle = Open(Encoding.UTF8.GetBytes(folder + '\0'), 0);
        if (handle < 0)
            throw new IOException("the folder cannot be opened");
        var failed = Sync(handle) != 0;
        _ = Close(handle);
        if (failed)
            throw new IOException("the disk does not take what was written");
    }

    private static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        var unfinished = path + Unfinished;
        using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }

    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    private static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int handle);
}
