namespace Untag.Scan.Containers;

/// <summary>Reads a tar archive. The layers of a container image in it are called by their number instead of their
/// digest.</summary>
internal static class Tar
{
    /// <summary>Hands over every entry that holds bytes.</summary>
    /// <param name="archive">The archive, from its beginning.</param>
    /// <param name="place">Where it lies: only the file on disk can be cut without another container telling.</param>
    /// <param name="entries">Takes the entries.</param>
    public static void Read(Stream archive, ContainerPlace place, Entries entries)
    {
        var layers = archive.CanSeek ? ImageLayers.Find(archive) : ImageLayers.None;
        var items = new TarItems(archive);
        foreach (var item in items.Read())
        {
            if (!entries.ReadStored(layers.NameOf(item.Name), item.Content))
                return;
        }

        // Some tools that write layers of images leave out the mark of the end.
        if (place == ContainerPlace.OnDisk && !items.HasEnd)
            entries.Report("it ends without the mark of its end: it may be cut");
    }
}
