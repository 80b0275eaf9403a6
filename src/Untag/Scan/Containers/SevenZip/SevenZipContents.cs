namespace Untag.Scan.Containers.SevenZip;

/// <summary>Hands over the bytes of files, folder by folder: each folder is unpacked once, from its beginning to its end.
/// </summary>
/// <param name="folders">The folders with their packed streams, in the order of the archive.</param>
/// <param name="entries">Takes the files.</param>
internal sealed class SevenZipContents(
    IEnumerable<(SevenZipFolder Folder, Stream[] Packed)> folders, Entries entries) : IDisposable
{
    private readonly IEnumerator<(SevenZipFolder Folder, Stream[] Packed)> folders = folders.GetEnumerator();
    private SevenZipFolder? folder;
    private Stream? unpacked;
    private string? problem; // why the rest of the folder is not read
    private int part;
    private long at;

    /// <summary>Hands over the next part of a folder as the bytes of a file.</summary>
    public void Read(string name)
    {
        while (folder is null || part == folder.Parts.Length)
            Open();
        var (size, checksum) = folder.Parts[part++];
        if (problem is not null || unpacked is null)
        {
            entries.Refuse(name, problem ?? DamageException.NotRead);
            return;
        }

        var content = new CheckedStream(new Slice(unpacked, at, size), size, checksum);
        at += size;
        if (folder.IsStored)
            entries.ReadStored(name, content);
        else if (!entries.ReadUnpacked(name, content))
            problem = "what stands before it is damaged";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        folders.Dispose();
    }

    private void Open()
    {
        Close();
        if (!folders.MoveNext())
            throw new DamageException("a file in it has no bytes");
        (folder, part, at, problem) = (folders.Current.Folder, 0, 0, null);
        try
        {
            unpacked = folder.Open(folders.Current.Packed, entries.Budget);
        }
        catch (DamageException damage)
        {
            problem = damage.Message;
        }
    }

    private void Close()
    {
        if (unpacked is not null)
            Decoding.Close(unpacked);
        unpacked = null;
    }
}
