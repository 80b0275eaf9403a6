namespace Untag.Scan.Containers.SevenZip;

/// <summary>Hands over the bytes of files, folder by folder: each folder is unpacked once, from its beginning to its end.
/// </summary>
/// <param name="folders">The folders with their packed streams, in the order of the archive.</param>
/// <param name="entries">Takes the files.</param>
internal sealed class SevenZipContents(
    IEnumerable<(SevenZipFolder Folder, Stream[] Packed)> folders, Entries entries) : IDisposable
{
    private const int BeforeFirst = -1;

    private readonly IEnumerator<(SevenZipFolder Folder, Stream[] Packed)> folders = folders.GetEnumerator();
    private SevenZipFolder? folder;
    private Stream? unpacked;
    private string? problem; // why the rest of the folder is not read
    private int part = BeforeFirst;
    private long at;

    /// <summary>Goes to the next part; false when there is none.</summary>
    public bool MoveNext()
    {
        while (folder is null || part + 1 == folder.Parts.Length)
        {
            if (!Open())
                return false;
        }

        part++;
        return true;
    }

    /// <summary>Hands over the next part as the bytes of a file.</summary>
    public void Read(string name)
    {
        if (!MoveNext())
            throw new DamageException("a file in it has no bytes");
        var (size, checksum) = folder!.Parts[part];
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

    private bool Open()
    {
        Close();
        if (!folders.MoveNext())
            return false;
        (folder, part, at, problem) = (folders.Current.Folder, BeforeFirst, 0, null);
        try
        {
            unpacked = folder.Open(folders.Current.Packed, entries.Budget);
        }
        catch (DamageException damage)
        {
            problem = damage.Message;
        }

        return true;
    }

    private void Close()
    {
        if (unpacked is not null)
            Decoding.Close(unpacked);
        unpacked = null;
    }
}
