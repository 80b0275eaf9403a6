using System.Runtime.InteropServices;
using System.Text;

namespace Untag.TransparencyLog;

/// <summary>Files that survive a loss of power once they are written.</summary>
internal static class DurableFile
{
    /// <summary>Writes a file that is there whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var unfinished = path + ".unfinished";
        using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
        SyncFolder(Path.GetDirectoryName(path)!);
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

    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    private static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int handle);
}
