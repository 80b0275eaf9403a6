namespace Untag.Scan.Containers.SevenZip;

/// <summary>The header of a 7-Zip archive, which stands at its end and is mostly packed itself.</summary>
/// <param name="Streams">What holds the bytes; null when no file has any.</param>
/// <param name="Files">The files; null when there are none.</param>
internal sealed record SevenZipHeader(SevenZipStreams? Streams, SevenZipFiles? Files)
{
    private const int BytesMax = 32 * 1024 * 1024;
    private const int PackedTimesMax = 4;

    /// <summary>Reads the header.</summary>
    /// <param name="archive">The archive, which can seek.</param>
    /// <param name="entries">Takes what stands behind the archive.</param>
    public static SevenZipHeader Read(Stream archive, Entries entries)
    {
        var header = ReadLast(archive, entries);
        for (var times = 0; times <= PackedTimesMax && header.Left > 0; times++)
        {
            switch (header.Mark())
            {
                case SevenZipMark.Header:
                    return Read(header, entries.Budget);
                case SevenZipMark.PackedHeader:
                    header = Unpack(new SevenZipStreams(header, entries.Budget), archive, entries.Budget);
                    break;
                default:
                    throw new DamageException(SevenZipBytes.Damaged);
            }
        }

        return header.Left == 0 ? new SevenZipHeader(null, null) : throw new DamageException(SevenZipBytes.Damaged);
    }

    private static SevenZipHeader Read(SevenZipBytes header, ReadingBudget budget)
    {
        SevenZipStreams? streams = null;
        SevenZipFiles? files = null;
        for (var mark = header.Mark(); mark != SevenZipMark.End; mark = header.Mark())
        {
            switch (mark)
            {
                case SevenZipMark.ArchiveProperties:
                    while (header.Next() != 0)
                        header.Take(header.Number());
                    break;
                case SevenZipMark.MainStreams:
                    streams = new SevenZipStreams(header, budget);
                    break;
                case SevenZipMark.Files:
                    files = new SevenZipFiles(header);
                    break;
                case SevenZipMark.AdditionalStreams:
                    throw new DamageException(SevenZipBytes.Elsewhere);
                default:
                    throw new DamageException(SevenZipBytes.Damaged);
            }
        }

        return new SevenZipHeader(streams, files);
    }

    private static SevenZipBytes ReadLast(Stream archive, Entries entries)
    {
        var first = new byte[SevenZipStart.Bytes];
        archive.Position = 0;
        archive.Fill(first);
        var start = SevenZipStart.Read(first) ?? throw new DamageException(SevenZipBytes.Damaged);
        if (start.End > archive.Length)
            throw new DamageException(DamageException.Cut);
        if (start.End < archive.Length)
            entries.Report("what follows its end was not read");
        archive.Position = start.HeaderAt;
        return ReadAll(archive, start.HeaderBytes, start.HeaderBytes == 0 ? null : start.Checksum);
    }

    private static SevenZipBytes Unpack(SevenZipStreams streams, Stream archive, ReadingBudget budget)
    {
        foreach (var (folder, packed) in streams.Folders(archive))
        {
            if (folder.Parts is not [var whole])
                break;
            using var unpacked = new ExpandingStream(folder.Open(packed, budget), budget);
            return ReadAll(unpacked, whole.Bytes, whole.Checksum);
        }

        throw new DamageException(SevenZipBytes.Damaged);
    }

    // Its size is not believed: room is made for what there is.
    private static SevenZipBytes ReadAll(Stream stream, long size, uint? checksum)
    {
        if (size > BytesMax)
            throw new DamageException($"its header is larger than {BytesMax / (1024 * 1024)} MiB");
        var bytes = new MemoryStream();
        stream.Next(size).CopyTo(bytes);
        var header = bytes.ToArray();
        if (checksum is { } stated && stated != Crc32.Append(0, header))
            throw new DamageException(SevenZipBytes.Damaged);
        return new SevenZipBytes(header);
    }
}
