namespace Untag.Scan.Containers.SevenZip;

/// <summary>The packed streams of a 7-Zip archive, the folders that they unpack to, and the parts that those are divided
/// into.</summary>
internal sealed class SevenZipStreams
{
    private long packedAt;
    private long[] packedSizes = [];
    private SevenZipFolder[] folders = [];

    /// <summary>Reads them.</summary>
    /// <param name="header">The header, behind the mark of the streams.</param>
    /// <param name="budget">Says how many folders there may be.</param>
    public SevenZipStreams(SevenZipBytes header, ReadingBudget budget)
    {
        for (var mark = header.Mark(); mark != SevenZipMark.End; mark = header.Mark())
        {
            if (mark == SevenZipMark.PackedBytes)
                ReadPacked(header);
            else if (mark == SevenZipMark.Folders)
                ReadFolders(header, budget);
            else if (mark == SevenZipMark.Parts)
                ReadParts(header, budget);
            else
                throw new DamageException(SevenZipBytes.Damaged);
        }
    }

    /// <summary>The folders, in the order of the archive, each with the packed streams that it reads.</summary>
    /// <param name="archive">The archive, which can seek.</param>
    public IEnumerable<(SevenZipFolder Folder, Stream[] Packed)> Folders(Stream archive)
    {
        var stream = 0;
        var at = packedAt;
        foreach (var folder in folders)
        {
            if (folder.PackedCount > packedSizes.Length - stream)
                throw new DamageException(SevenZipBytes.Damaged);
            var packed = new Stream[folder.PackedCount];
            for (var i = 0; i < packed.Length; i++)
            {
                packed[i] = new Slice(archive, at, packedSizes[stream]);
                at = SevenZipBytes.Sum(at, packedSizes[stream++]);
            }

            yield return (folder, packed);
        }
    }

    // Room is made for no more of them than may be read. The limit that was met is said instead of this.
    private static void Expect(int parts, ReadingBudget budget)
    {
        if (!budget.Allows(parts))
            throw new DamageException("it has too many parts");
    }

    private void ReadPacked(SevenZipBytes header)
    {
        packedAt = SevenZipBytes.Sum(SevenZipStart.Bytes, header.Number());
        var count = header.Count();
        for (var mark = header.Mark(); mark != SevenZipMark.End; mark = header.Mark())
        {
            if (mark == SevenZipMark.Size)
                packedSizes = header.Numbers(count);
            else if (mark == SevenZipMark.Checksum)
                header.Checksums(count); // those of what is unpacked say more
            else
                throw new DamageException(SevenZipBytes.Damaged);
        }
    }

    private void ReadFolders(SevenZipBytes header, ReadingBudget budget)
    {
        header.Expect(SevenZipMark.Folder);
        var count = header.Count();
        Expect(count, budget);
        if (header.Next() != 0)
            throw new DamageException(SevenZipBytes.Elsewhere);
        folders = new SevenZipFolder[count];
        for (var i = 0; i < count; i++)
            folders[i] = new SevenZipFolder(header);
        header.Expect(SevenZipMark.UnpackedSize);
        foreach (var folder in folders)
            folder.ReadSizes(header);
        var mark = header.Mark();
        var checksums = mark == SevenZipMark.Checksum ? header.Checksums(count) : new uint?[count];
        for (var i = 0; i < count; i++)
            folders[i].Parts = [new SevenZipPart(folders[i].Bytes, checksums[i])];
        if (mark == SevenZipMark.Checksum)
            mark = header.Mark();
        if (mark != SevenZipMark.End)
            throw new DamageException(SevenZipBytes.Damaged);
    }

    // Without a count a folder is one part, and has the folder's checksum. The last part is what the others leave.
    private void ReadParts(SevenZipBytes header, ReadingBudget budget)
    {
        var mark = header.Mark();
        var counts = new int[folders.Length];
        Array.Fill(counts, 1);
        if (mark == SevenZipMark.PartCount)
        {
            var all = 0;
            foreach (ref var count in counts.AsSpan())
            {
                count = header.Count();
                all += count; // neither is large: a header holds millions of bytes at most
                Expect(all, budget);
            }

            mark = header.Mark();
        }

        var hasSizes = mark == SevenZipMark.Size;
        for (var i = 0; i < folders.Length; i++)
        {
            if (counts[i] > 1 && !hasSizes)
                throw new DamageException(SevenZipBytes.Damaged);
            if (counts[i] != 1)
                folders[i].Divide(header, counts[i]);
        }

        if (hasSizes)
            mark = header.Mark();
        if (mark == SevenZipMark.Checksum)
        {
            ReadChecksums(header);
            mark = header.Mark();
        }

        if (mark != SevenZipMark.End)
            throw new DamageException(SevenZipBytes.Damaged);
    }

    private void ReadChecksums(SevenZipBytes header)
    {
        var missing = 0;
        foreach (var folder in folders)
        {
            foreach (var part in folder.Parts)
                missing += part.Checksum is null ? 1 : 0;
        }

        var checksums = header.Checksums(missing);
        var next = 0;
        foreach (var folder in folders)
        {
            for (var i = 0; i < folder.Parts.Length; i++)
            {
                if (folder.Parts[i].Checksum is null)
                    folder.Parts[i] = folder.Parts[i] with { Checksum = checksums[next++] };
            }
        }
    }
}
