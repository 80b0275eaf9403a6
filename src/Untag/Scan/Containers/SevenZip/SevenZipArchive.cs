namespace Untag.Scan.Containers.SevenZip;

/// <summary>Reads a 7-Zip archive.</summary>
internal static class SevenZipArchive
{
    /// <summary>Hands over every file.</summary>
    /// <param name="archive">The archive, which can seek.</param>
    /// <param name="entries">Takes the files.</param>
    public static void Read(Stream archive, Entries entries)
    {
        var header = SevenZipHeader.Read(archive, entries);
        using var contents = new SevenZipContents(header.Streams?.Folders(archive) ?? [], entries);
        foreach (var file in header.Files?.All() ?? [])
        {
            if (entries.Budget.Exceeded is not null)
                return;
            if (file.Kind == SevenZipFileKind.Bytes)
                contents.Read(file.Name);
            else if (file.Kind == SevenZipFileKind.Empty)
                entries.ReadStored(file.Name, Stream.Null);
        }

        if (contents.MoveNext())
            entries.Report("some of its bytes belong to no file, and were not read");
    }
}
