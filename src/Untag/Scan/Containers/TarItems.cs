namespace Untag.Scan.Containers;

/// <summary>An entry of a tar archive that holds bytes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Content">Its bytes, which must be read before the next entry is asked for.</param>
internal readonly record struct TarItem(string Name, Slice Content);

/// <summary>Walks over a tar archive: ustar, GNU and pax, with holes, and the formats before them.</summary>
/// <param name="archive">The archive, from its beginning.</param>
internal sealed class TarItems(Stream archive)
{
    private const int NoteBytesMax = 1024 * 1024; // a long name, or a table of attributes

    /// <summary>True when the archive states its end, which it does at the very end.</summary>
    public bool HasEnd { get; private set; }

    /// <summary>The entries that hold bytes, in their order. Damage is a <see cref="DamageException"/>.</summary>
    public IEnumerable<TarItem> Read()
    {
        var block = new byte[TarHeader.BlockBytes];
        var note = TarNote.None;
        while (archive.ReadAtLeast(block, block.Length, throwOnEndOfStream: false) is > 0 and var length)
        {
            if (!block.AsSpan(0, length).ContainsAnyExcept((byte)0))
            {
                HasEnd = true; // another archive may follow: readers that look behind the end find it
                continue;
            }

            if (!TarHeader.IsHeader(block.AsSpan(0, length)))
                throw new DamageException(WordsOf(length));
            HasEnd = false;
            var header = TarHeader.Read(block);
            if (header.IsNote)
            {
                note = ReadNote(header, note);
                continue;
            }

            if (header.GoesOn)
                SkipHoles();
            var size = note.SizeBytes ?? header.SizeBytes;
            var content = archive.Next(size);
            if (size > 0)
                yield return new TarItem(note.Name ?? header.Name, content); // others are folders, links and devices
            Leave(content, size);
            note = TarNote.None;
        }
    }

    private string WordsOf(int length) =>
        HasEnd ? "what follows its end is no archive"
        : length < TarHeader.BlockBytes ? DamageException.Cut
        : "a header in it is damaged";

    private TarNote ReadNote(TarHeader header, TarNote note)
    {
        if (header.SizeBytes > NoteBytesMax)
            throw new DamageException("a name in it is longer than names are");
        var content = archive.Next(header.SizeBytes);
        var bytes = new byte[header.SizeBytes];
        content.Fill(bytes);
        Leave(content, header.SizeBytes);
        return header.Kind switch
        {
            TarHeader.LongName => note with { Name = TarHeader.Text(bytes) },
            TarHeader.Attributes => note.With(bytes),
            _ => note, // names of link targets, and what holds for all entries
        };
    }

    private void SkipHoles()
    {
        var block = new byte[TarHeader.BlockBytes];
        do
            archive.Fill(block);
        while (block[504] == 1);
    }

    // What follows an entry starts on a block; at the very end of a file the rest of the last one may be missing.
    private void Leave(Slice content, long size)
    {
        content.Skip();
        var rest = (int)((TarHeader.BlockBytes - size % TarHeader.BlockBytes) % TarHeader.BlockBytes);
        archive.ReadAtLeast(new byte[rest], rest, throwOnEndOfStream: false);
    }
}
