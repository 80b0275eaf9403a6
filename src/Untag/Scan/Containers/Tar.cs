namespace Untag.Scan.Containers;

/// <summary>Reads a tar archive from its beginning to its end: ustar, GNU and pax, with holes, and those before them.
/// </summary>
internal static class Tar
{
    private const int NoteBytesMax = 1024 * 1024; // a long name, or a table of attributes

    /// <summary>Hands over every entry that holds bytes.</summary>
    public static void Read(Stream archive, Entries entries)
    {
        var block = new byte[TarHeader.BlockBytes];
        var note = TarNote.None;
        var hasEnd = false;
        while (entries.Budget.HasTime())
        {
            var length = archive.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
            if (length == 0)
                break;
            if (!block.AsSpan(0, length).ContainsAnyExcept((byte)0))
            {
                hasEnd = true; // another archive may follow: readers that look behind the end find it
                continue;
            }

            if (!TarHeader.IsHeader(block.AsSpan(0, length)))
            {
                throw new DamageException(
                    hasEnd ? "what follows its end is no archive" : length < block.Length ? DamageException.Cut : "a header in it is damaged");
            }

            hasEnd = false;
            var header = TarHeader.Read(block);
            if (header.Kind is 'L' or 'K' or 'x' or 'g')
                note = ReadNote(archive, header, note);
            else
            {
                if (!ReadEntry(archive, header, note, entries))
                    return;
                note = TarNote.None;
            }
        }

        if (!hasEnd)
            entries.Report("it ends without the mark of its end: it may be cut");
    }

    private static bool ReadEntry(Stream archive, TarHeader header, TarNote note, Entries entries)
    {
        if (header.GoesOn)
            SkipHoles(archive);
        var size = note.SizeBytes ?? header.SizeBytes;
        if (size == 0)
            return true; // folders, links and devices hold no bytes
        var content = archive.Next(size);
        var goesOn = entries.ReadStored(note.Name ?? header.Name, content);
        Leave(archive, content, size);
        return goesOn;
    }

    private static TarNote ReadNote(Stream archive, TarHeader header, TarNote note)
    {
        if (header.SizeBytes > NoteBytesMax)
            throw new DamageException("a name in it is longer than names are");
        var content = archive.Next(header.SizeBytes);
        var bytes = new byte[header.SizeBytes];
        content.Fill(bytes);
        Leave(archive, content, header.SizeBytes);
        return header.Kind switch
        {
            'L' => note with { Name = TarHeader.Text(bytes) },
            'x' => note.With(bytes),
            _ => note, // names of link targets, and what holds for all entries
        };
    }

    private static void SkipHoles(Stream archive)
    {
        var block = new byte[TarHeader.BlockBytes];
        do
        {
            archive.Fill(block);
        }
        while (block[504] == 1);
    }

    // What follows an entry starts on a block; at the very end of a file the rest of the last one may be missing.
    private static void Leave(Stream archive, Slice content, long size)
    {
        content.Skip();
        var rest = (int)((TarHeader.BlockBytes - size % TarHeader.BlockBytes) % TarHeader.BlockBytes);
        archive.ReadAtLeast(new byte[rest], rest, throwOnEndOfStream: false);
    }
}
