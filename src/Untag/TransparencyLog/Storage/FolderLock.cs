namespace Untag.TransparencyLog.Storage;

/// <summary>Keeps a second program from writing a log: it would give the same index to two entries.</summary>
internal sealed class FolderLock : IDisposable
{
    private const string Name = "lock";

    private readonly FileStream file;

    private FolderLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock of a folder, until it is disposed of or the program ends.</summary>
    /// <exception cref="LogDamageException">Another program has it.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static FolderLock Take(string folder)
    {
        try
        {
            return new FolderLock(new FileStream(Path.Join(folder, Name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException problem) when (IsTaken(problem))
        {
            throw new LogDamageException("another program has the log open") { IsInUse = true };
        }
    }

    public void Dispose() => file.Dispose();

    // A violation of sharing on Windows, EAGAIN of Linux or macOS: a folder that cannot be written is another matter.
    private static bool IsTaken(IOException problem) =>
        OperatingSystem.IsWindows() ? (problem.HResult & 0xffff) == 32 : problem.HResult is 11 or 35;
}
