namespace Untag.Scan.Containers.Codecs;

/// <summary>What was unpacked last, to which a packed file refers back. It grows with what there is: the size that the file
/// states is not believed.</summary>
internal sealed class LzmaWindow
{
    /// <summary>How far back can be referred to at most.</summary>
    public const int BytesMax = 64 * 1024 * 1024;

    private const int BytesMin = 64 * 1024;

    private byte[] bytes = new byte[BytesMin];
    private uint dictionaryBytes;
    private int at;

    /// <summary>How many bytes were put in since it was emptied.</summary>
    public long Total { get; private set; }

    /// <summary>Forgets all, and sets how far back the file says that it refers.</summary>
    public void Empty(uint newDictionaryBytes)
    {
        dictionaryBytes = newDictionaryBytes;
        at = 0;
        Total = 0;
    }

    /// <summary>Puts a byte in.</summary>
    public byte Put(byte value)
    {
        if (at == bytes.Length)
            MakeRoom();
        Total++;
        return bytes[at++] = value;
    }

    /// <summary>The byte that was put in before so many others.</summary>
    public byte Back(uint distance)
    {
        Check(distance);
        return bytes[IndexOf(distance)];
    }

    /// <summary>Puts bytes in once more; they may include those that this puts in.</summary>
    public void Repeat(uint distance, Span<byte> output)
    {
        Check(distance);
        foreach (ref var b in output)
            b = Put(bytes[IndexOf(distance)]);
    }

    private int IndexOf(uint distance)
    {
        var index = at - 1 - (int)distance;
        return index < 0 ? index + bytes.Length : index;
    }

    private void Check(uint distance)
    {
        if (distance >= Total || distance >= dictionaryBytes)
            throw new DamageException(DamageException.Damaged);
        if (distance >= BytesMax)
            throw new DamageException($"it refers back further than {BytesMax / (1024 * 1024)} MiB, which is not kept");
    }

    private void MakeRoom()
    {
        if (bytes.Length < BytesMax && bytes.Length < dictionaryBytes)
            Array.Resize(ref bytes, 2 * bytes.Length);
        else
            at = 0;
    }
}
