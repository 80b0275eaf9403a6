using System.Collections.Concurrent;

namespace Untag.Scan;

/// <summary>Buffers for files of the size that is read into memory at most, shared by all workers: each needs one now and
/// then.</summary>
internal sealed class LargeBuffers
{
    private const int KeptMax = 2; // what nobody uses is no use

    private readonly ConcurrentQueue<byte[]> spares = new();

    /// <summary>A buffer of this size, with anything in it.</summary>
    public byte[] Rent(int size)
    {
        while (spares.TryDequeue(out var spare))
        {
            if (spare.Length == size)
                return spare;
        }

        return GC.AllocateUninitializedArray<byte>(size);
    }

    /// <summary>Takes a buffer back.</summary>
    public void Return(byte[] buffer)
    {
        if (spares.Count < KeptMax)
            spares.Enqueue(buffer);
    }
}
