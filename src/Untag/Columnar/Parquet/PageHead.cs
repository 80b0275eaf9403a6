namespace Untag.Columnar.Parquet;

/// <summary>What a page holds, with the numbers of the format.</summary>
internal enum PageKind
{
    Unknown = -1,
    Data = 0,
    Index = 1,
    Dictionary = 2,
    DataOfVersion2 = 3,
}

/// <summary>How values are written, with the numbers of the format.</summary>
internal enum PageEncoding
{
    Unknown = -1,
    Plain = 0,
    PlainDictionary = 2,
    Runs = 3,
    BitPacked = 4,
    DeltaNumbers = 5,
    DeltaLengths = 6,
    DeltaTexts = 7,
    Dictionary = 8,
    SplitBytes = 9,
}

/// <summary>The head of a page.</summary>
internal record struct PageHead
{
    /// <summary>What it holds.</summary>
    public PageKind Kind { get; private set; }

    /// <summary>Bytes when it is unpacked.</summary>
    public long UnpackedBytes { get; private set; }

    /// <summary>Bytes that it takes in the file.</summary>
    public long PackedBytes { get; private set; }

    /// <summary>CRC-32 of those bytes; null when the writer gives none.</summary>
    public uint? Checksum { get; private set; }

    /// <summary>Number of its values, those that are empty too.</summary>
    public int Values { get; private set; }

    /// <summary>How the values are written.</summary>
    public PageEncoding Encoding { get; private set; }

    /// <summary>How it is written which values are empty, in a page of version 1.</summary>
    public PageEncoding DefinitionEncoding { get; private set; }

    /// <summary>Bytes that tell which values are empty, in a page of version 2.</summary>
    public long DefinitionBytes { get; private set; }

    /// <summary>Bytes that tell where lists begin, in a page of version 2.</summary>
    public long RepetitionBytes { get; private set; }

    /// <summary>True when the values of a page of version 2 are not packed, whatever the column says.</summary>
    public bool IsUnpacked { get; private set; }

    /// <summary>Reads a head.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or cut.</exception>
    public static PageHead Read(ref ThriftReader reader)
    {
        var head = new PageHead
        {
            Kind = PageKind.Unknown,
            UnpackedBytes = -1,
            PackedBytes = -1,
            Encoding = PageEncoding.Unknown,
            DefinitionEncoding = PageEncoding.Runs,
        };
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            if (id == 1)
                head.Kind = (PageKind)Math.Clamp(reader.ReadInteger(), -1, 255);
            else if (id == 2)
                head.UnpackedBytes = reader.ReadInteger();
            else if (id == 3)
                head.PackedBytes = reader.ReadInteger();
            else if (id == 4)
                head.Checksum = unchecked((uint)reader.ReadInteger());
            else if (id is 5 or 7 or 8 && type == ThriftType.Struct)
                head.ReadValues(ref reader, isVersion2: id == 8);
            else
                reader.Skip(type);
        }

        return head;
    }

    // The three structures begin alike: with the number of values, and how they are written.
    private void ReadValues(ref ThriftReader reader, bool isVersion2)
    {
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            if (id == 7 && isVersion2)
                IsUnpacked = type == ThriftType.False;
            if (type != ThriftType.Int32)
            {
                reader.Skip(type);
                continue;
            }

            var number = reader.ReadInteger();
            if (id == 1)
                Values = (int)Math.Clamp(number, 0, int.MaxValue);
            else if (id == (isVersion2 ? 4 : 2))
                Encoding = (PageEncoding)Math.Clamp(number, -1, 255);
            else if (id == 3 && !isVersion2)
                DefinitionEncoding = (PageEncoding)Math.Clamp(number, -1, 255);
            else if (id == 5 && isVersion2)
                DefinitionBytes = number;
            else if (id == 6 && isVersion2)
                RepetitionBytes = number;
        }
    }
}
