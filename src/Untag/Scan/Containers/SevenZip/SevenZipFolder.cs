namespace Untag.Scan.Containers.SevenZip;

/// <summary>One stretch of unpacked bytes, which holds one file or, in a solid archive, many. Its coders form a tree: the
/// streams of each come from other coders, or are packed bytes of the archive.</summary>
internal sealed class SevenZipFolder
{
    private const int CodersMax = 32;
    private const int NotBound = -1;

    private readonly SevenZipCoder[] coders;
    private readonly int[] sources; // for each input the coder that gives it, or NotBound
    private readonly int[] packedStreams; // for each input its place among the packed streams
    private readonly int root;
    private long[] sizes = [];

    /// <summary>Reads how it is unpacked.</summary>
    public SevenZipFolder(SevenZipBytes header)
    {
        coders = new SevenZipCoder[Limited(header.Number())];
        var inputCount = 0;
        for (var i = 0; i < coders.Length; i++)
        {
            coders[i] = ReadCoder(header);
            inputCount += coders[i].InputCount;
        }

        sources = new int[Limited(inputCount)];
        packedStreams = new int[inputCount];
        Array.Fill(sources, NotBound);
        Array.Fill(packedStreams, NotBound);
        var isBound = new bool[coders.Length];
        for (var i = 1; i < coders.Length; i++)
        {
            var input = Index(header, sources.Length);
            var coder = Index(header, coders.Length);
            if (sources[input] != NotBound || isBound[coder])
                throw new DamageException(SevenZipBytes.Damaged);
            sources[input] = coder;
            isBound[coder] = true;
        }

        root = Array.IndexOf(isBound, false);
        PackedCount = inputCount - coders.Length + 1;
        if (PackedCount < 1)
            throw new DamageException(SevenZipBytes.Damaged);
        for (var i = 0; i < PackedCount; i++)
        {
            var input = PackedCount == 1 ? Array.IndexOf(sources, NotBound) : Index(header, sources.Length);
            packedStreams[input] = i;
        }
    }

    /// <summary>How many packed streams it reads.</summary>
    public int PackedCount { get; }

    /// <summary>How many bytes it unpacks to.</summary>
    public long Bytes => sizes[root];

    /// <summary>What it is divided into.</summary>
    public SevenZipPart[] Parts { get; set; } = [];

    /// <summary>True when its bytes cannot be read without a key.</summary>
    private bool IsEncrypted => Array.Exists(coders, coder => coder.IsCipher);

    /// <summary>True when its bytes stand in the archive as they are.</summary>
    public bool IsStored => coders.Length == 1 && coders[0].Method == SevenZipCoder.Copy;

    /// <summary>Reads how many bytes each step gives.</summary>
    public void ReadSizes(SevenZipBytes header) => sizes = header.Numbers(coders.Length);

    /// <summary>Reads into which parts it is divided: the last is what the others leave.</summary>
    public void Divide(SevenZipBytes header, int count)
    {
        Parts = new SevenZipPart[count];
        var left = Bytes;
        for (var i = 0; i < count; i++)
        {
            var size = i == count - 1 ? left : header.Number();
            if (size > left)
                throw new DamageException(SevenZipBytes.Damaged);
            left -= size;
            Parts[i] = new SevenZipPart(size, Checksum: null);
        }
    }

    /// <summary>Starts to unpack; what is stored can seek.</summary>
    /// <param name="packed">Its packed streams.</param>
    /// <param name="budget">Tells when the time is spent.</param>
    public Stream Open(Stream[] packed, ReadingBudget budget)
    {
        if (IsEncrypted)
            throw new DamageException("it is encrypted");
        if (IsStored)
            return packed[0];
        return Open(root, Array.ConvertAll(packed, stream => (Stream)new PackedStream(stream, budget)));
    }

    // No coder gives its bytes twice, so that this ends: those in a ring do not lead to the one that gives the folder's.
    private Stream Open(int coder, Stream[] packed)
    {
        var first = 0;
        for (var i = 0; i < coder; i++)
            first += coders[i].InputCount;
        var inputs = new Stream[coders[coder].InputCount];
        for (var i = 0; i < inputs.Length; i++)
        {
            var (source, stream) = (sources[first + i], packedStreams[first + i]);
            if (source == NotBound && stream == NotBound)
                throw new DamageException(SevenZipBytes.Damaged);
            inputs[i] = source == NotBound ? packed[stream] : Open(source, packed);
        }

        return coders[coder].Open(inputs, sizes[coder]);
    }

    private static SevenZipCoder ReadCoder(SevenZipBytes header)
    {
        const int LengthMask = 0x0F, HasManyStreams = 0x10, HasProperties = 0x20, Unknown = 0xC0;
        var flags = header.Next();
        ulong method = 0;
        foreach (var b in header.Take(flags & LengthMask))
            method = (method << 8) | b;
        var inputs = 1;
        if ((flags & HasManyStreams) != 0)
        {
            inputs = Limited(header.Number());
            if (header.Number() != 1)
                throw new DamageException(DamageException.NotRead);
        }

        if ((flags & Unknown) != 0)
            throw new DamageException(DamageException.NotRead);
        return new SevenZipCoder(method, inputs, (flags & HasProperties) == 0 ? [] : [.. header.Take(header.Number())]);
    }

    private static int Limited(long count) =>
        count is > 0 and <= CodersMax ? (int)count : throw new DamageException(SevenZipBytes.Damaged);

    private static int Index(SevenZipBytes header, int count)
    {
        var index = header.Number();
        return index < count ? (int)index : throw new DamageException(SevenZipBytes.Damaged);
    }
}
