namespace Untag.Scan.Containers.Codecs;

/// <summary>The packed bytes that a decoder reads one after the other. Where they end too early, they are cut.</summary>
/// <param name="packed">The bytes.</param>
internal sealed class PackedBytes(Stream packed)
{
    private readonly byte[] buffer = new byte[16 * 1024];
    private int next;
    private int end;
    private long passed;

    /// <summary>How many bytes were taken.</summary>
    public long Position => passed + next;

    /// <summary>True when no byte is left.</summary>
    public bool IsAtEnd => next == end && !Fill();

    /// <summary>Takes one byte.</summary>
    public byte Next()
    {
        if (next == end && !Fill())
            throw new DamageException(DamageException.Cut);
        return buffer[next++];
    }

    /// <summary>Takes bytes until a buffer is full.</summary>
    public void Take(Span<byte> bytes)
    {
        foreach (ref var b in bytes)
            b = Next();
    }

    /// <summary>Takes a number whose highest byte comes first.</summary>
    public uint Take(int bytes)
    {
        uint number = 0;
        for (; bytes > 0; bytes--)
            number = (number << 8) | Next();
        return number;
    }

    private bool Fill()
    {
        passed += next;
        next = 0;
        end = packed.Read(buffer);
        return end > 0;
    }
}
