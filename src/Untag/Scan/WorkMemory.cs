using System.Collections.Concurrent;

namespace Untag.Scan;

/// <summary>The memory that all workers share: buffers for files of the size that is read into memory at most, which each
/// needs now and then, and the heap, which is kept near the size of what is in use.</summary>
/// <remarks>Left to itself the heap grows to many times that where large files are read, since their long arrays are garbage
/// that is collected late.</remarks>
internal sealed class WorkMemory
{
    private const int SparesMax = 2; // what nobody uses is no use
    private const long GarbageBytesMax = 64 << 20;

    private readonly ConcurrentQueue<byte[]> spares = new();
    private readonly Lock gate = new();
    private long bound = HeapBytes + GarbageBytesMax;

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
        if (spares.Count < SparesMax)
            spares.Enqueue(buffer);
    }

    /// <summary>Collects what was left behind, if it may be much.</summary>
    public void Collect()
    {
        if (HeapBytes < Volatile.Read(ref bound))
            return;
        lock (gate)
        {
            if (HeapBytes < bound)
                return; // another worker has just done it
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            Volatile.Write(ref bound, HeapBytes + GarbageBytesMax);
        }
    }

    private static long HeapBytes => GC.GetTotalMemory(forceFullCollection: false);
}
