namespace Untag.Scan.Containers.Codecs;

/// <summary>What was unpacked last, to which a packed file refers back. It grows with what there is: the size that the file
/// states is not believed.</summary>
internal sealed class LzmaWindow
{
    /// <summary>How far back can be referred to at most.</summary>
    public const int BytesMax = 64 * 1024 * 1024;

    private const int BytesMin = 64 * 1024;
    private const int Growth = 4; // what is outgrown is garbage: with two, as much of it as the window has in the end

    private byte[] bytes = new byte[BytesMin];
    private uint dictionaryBytes;
    private int at;

    /// <summary>How many bytes were put in since it was emptied.</summary>
    public long Total { get; private set; }

    /// <summary>Forgets all, and sets how far back the file says that it refers.</summary>
    /// <param name="newDictionaryBytes">How many bytes back.</param>
    /// <param name="length">How many bytes it unpacks to, beyond which no reference leads, or
    /// <see cref="CheckedStream.NotKnown"/>.</param>
    public void Empty(uint newDictionaryBytes, long length)
    {
        dictionaryBytes = length == CheckedStream.NotKnown ? newDictionaryBytes : (uint)Math.Min(newDictionaryBytes, length);
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
        while (output.Length > 0)
        {
            if (at == bytes.Length)
                MakeRoom();
            var from = IndexOf(distance);
            var count = Math.Min(output.Length, bytes.Length - Math.Max(at, from));
            var room = bytes.AsSpan(at, count);
            if (distance == 0)
            {
                room.Fill(bytes[from]);
            }
            else
            {
                count = (int)Math.Min(count, distance + 1); // not beyond those that are there
                room = room[..count];
                bytes.AsSpan(from, count).CopyTo(room);
            }

            room.CopyTo(output);
            output = output[count..];
            at += count;
            Total += count;
        }
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
        var most = (int)Math.Clamp(dictionaryBytes, BytesMin, BytesMax);
        if (bytes.Length < most)
            Array.Resize(ref bytes, (int)Math.Min((long)Growth * bytes.Length, most));
        else
            at = 0;
    }
}
