using Untag.Scan.Files;

namespace Untag.Scan;

/// <summary>Hands the files of a scan to its workers, each file once.</summary>
/// <remarks>
/// A large file that is begun last keeps one worker busy when all others have gone, so the largest come first. What is read
/// of one may take many times the memory of a small one, so while a worker reads a large file the others are given small
/// ones, as long as there are any. Small ones stay in the order of their folders, in which the disk has them.
/// </remarks>
internal sealed class FileOrder
{
    private const long LargeBytes = 1 << 20;

    private readonly Lock gate = new();
    private readonly Queue<int> large;
    private readonly Queue<int> small;
    private readonly IReadOnlyList<FoundFile> files;
    private int largeInHand;

    public FileOrder(IReadOnlyList<FoundFile> files)
    {
        this.files = files;
        var all = Enumerable.Range(0, files.Count).ToList();
        large = new Queue<int>(all.Where(IsLarge).OrderByDescending(i => files[i].SizeBytes));
        small = new Queue<int>(all.Where(i => !IsLarge(i)));
    }

    /// <summary>The index of the next file; as often as there are files.</summary>
    public int Take()
    {
        lock (gate)
        {
            if (large.Count == 0 || (largeInHand > 0 && small.Count > 0))
                return small.Dequeue();
            largeInHand++;
            return large.Dequeue();
        }
    }

    /// <summary>Says that a file was read.</summary>
    public void Finish(int file)
    {
        if (!IsLarge(file))
            return;
        lock (gate)
            largeInHand--;
    }

    private bool IsLarge(int file) => files[file].SizeBytes >= LargeBytes;
}
