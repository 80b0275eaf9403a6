namespace Untag.Scan.Containers.Codecs;

/// <summary>Unpacks LZMA2: LZMA in chunks, and chunks that are not packed.</summary>
internal sealed class Lzma2Stream : ReadOnlyStream
{
    private const int End = 0;
    private const int StoredAfterReset = 1;
    private const int Stored = 2;
    private const int Packed = 0x80;

    private readonly PackedBytes packed;
    private readonly LzmaDecoder decoder;
    private readonly uint dictionaryBytes;
    private readonly long length;
    private Needed needed = Needed.Dictionary;
    private bool isStored;
    private bool isEnded;
    private int left;
    private long packedEnd;

    /// <summary>Starts with the next packed byte.</summary>
    /// <param name="property">How far back the chunks refer.</param>
    /// <param name="packed">The packed bytes.</param>
    /// <param name="length">How many bytes they unpack to, or <see cref="CheckedStream.NotKnown"/>.</param>
    public Lzma2Stream(byte property, PackedBytes packed, long length)
    {
        if (property > 40)
            throw new DamageException(DamageException.Damaged);
        this.packed = packed;
        this.length = length;
        decoder = new LzmaDecoder(packed);
        dictionaryBytes = property == 40 ? uint.MaxValue : (2u | (property & 1u)) << (property / 2 + 11);
    }

    // What the next chunk must bring.
    private enum Needed
    {
        Nothing,
        State,
        Properties,
        Dictionary,
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length == 0)
            return 0;
        while (left == 0)
        {
            if (isEnded || !StartChunk())
                return 0;
        }

        var count = Math.Min(buffer.Length, left);
        if (isStored)
            ReadStored(buffer[..count]);
        else if (decoder.Read(buffer[..count]) < count)
            throw new DamageException(DamageException.Damaged); // there are no marks of an end in chunks
        left -= count;
        if (left == 0 && !isStored && packed.Position != packedEnd)
            throw new DamageException(DamageException.Damaged);
        return count;
    }

    private void ReadStored(Span<byte> buffer)
    {
        packed.Take(buffer);
        foreach (var b in buffer)
            decoder.Window.Put(b);
    }

    private bool StartChunk()
    {
        var control = packed.Next();
        isEnded = control == End;
        if (isEnded)
            return false;
        var reset = control >= Packed ? (Needed)((control >> 5) & 3)
            : control switch
            {
                StoredAfterReset => Needed.Dictionary,
                Stored => Needed.Nothing,
                _ => throw new DamageException(DamageException.Damaged),
            };
        if (reset < needed && (needed == Needed.Dictionary || control >= Packed))
            throw new DamageException(DamageException.Damaged);
        if (reset == Needed.Dictionary)
            decoder.Window.Empty(dictionaryBytes, length);
        isStored = control < Packed;
        if (isStored)
        {
            // Behind it the state starts anew, and nobody has told with which properties yet.
            if (reset == Needed.Dictionary)
                needed = Needed.Properties;
            left = (int)packed.Take(2) + 1;
            return true;
        }

        left = ((control & 0x1F) << 16) + (int)packed.Take(2) + 1;
        var packedBytes = packed.Take(2) + 1;
        if (reset >= Needed.Properties)
            decoder.SetProperties(packed.Next());
        else if (reset == Needed.State)
            decoder.Reset();
        needed = Needed.Nothing;
        packedEnd = packed.Position + packedBytes;
        decoder.Start();
        return true;
    }
}
