using Untag.Scan.Containers.SevenZip;

namespace Untag.Scan.Containers;

/// <summary>Takes containers apart without unpacking them into a folder: no entry is ever written under its name. What is
/// too large for memory and must be sought in goes to a <see cref="TemporaryRoom"/>.</summary>
internal static class Container
{
    /// <summary>True when a container is read by its directory, which stands at its end: its bytes must be able to seek.
    /// </summary>
    public static bool NeedsToSeek(ContainerKind kind) => kind is ContainerKind.Zip or ContainerKind.SevenZip;

    /// <summary>Hands every entry to a reader.</summary>
    /// <param name="kind">What the container is.</param>
    /// <param name="place">Where it lies.</param>
    /// <param name="path">Path of the container: what is compressed is called as it, without the ending.</param>
    /// <param name="bytes">The container's bytes, from their beginning.</param>
    /// <param name="budget">What reading may cost.</param>
    /// <param name="read">Takes each entry.</param>
    /// <returns>What could not be read, as one sentence without full stop; null when all was.</returns>
    public static string? Read(
        ContainerKind kind, ContainerPlace place, string path, Stream bytes, ReadingBudget budget, EntryReader read)
    {
        var entries = new Entries(budget, read);
        try
        {
            Read(kind, place, path, bytes, entries);
        }
        catch (IOException problem)
        {
            entries.ReportEnd(FileProblem.InWords(problem));
        }

        return entries.Problem;
    }

    private static void Read(ContainerKind kind, ContainerPlace place, string path, Stream bytes, Entries entries)
    {
        switch (kind)
        {
            case ContainerKind.Zip:
                Zip.Read(bytes, entries);
                break;
            case ContainerKind.SevenZip:
                SevenZipArchive.Read(bytes, entries);
                break;
            case ContainerKind.Tar:
                Tar.Read(bytes, place, entries);
                break;
            case ContainerKind.Cpio:
                Cpio.Read(bytes, entries);
                break;
            case ContainerKind.Ar:
                Ar.Read(bytes, entries);
                break;
            case ContainerKind.Rpm:
                Rpm.Read(bytes, entries);
                break;
            default:
                Compressed.Read(kind, path, bytes, entries);
                break;
        }
    }
}
