using Untag.Scan.Containers;
using Untag.Scan.Containers.SevenZip;
using Untag.Scan.Reading;

namespace Untag.Scan;

/// <content>Files that hold other files.</content>
internal sealed partial class FileScan
{
    private FileScan? inside; // reads the entries of one archive after the other, with the same buffers

    private Stream Rewound(Stream stream, int headLength)
    {
        if (!stream.CanSeek)
            return new ReplayedStream(buffer[..headLength], stream);
        stream.Position = 0;
        return stream;
    }

    private FileResult ReadContainer(
        string path, ContainerKind kind, IBinaryReader? reader, Stream stream, ReadingBudget budget)
    {
        if (reader is null || !stream.CanSeek)
            return ReadEntries(path, kind, stream, budget, isRead: _ => false);
        // A document is one file to people; what is embedded in it is opened like the entries of any archive.
        var document = ReadStructure(path, reader, stream, budget);
        stream.Position = 0;
        return document.Around(ReadEntries(path, kind, stream, budget, reader.HasRead));
    }

    // A program that unpacks itself, or any other file, may have an archive behind it. Both are read.
    private FileResult WithArchiveBehind(FileResult result, string path, Stream stream, ReadingBudget budget)
    {
        try
        {
            if (ZipDirectory.Find(stream) is { DirectoryBytes: > 0 })
                return result.Around(ReadEntries(path, ContainerKind.Zip, stream, budget, isRead: _ => false));
            return SevenZipStart.Find(stream) is { } archive
                ? result.Around(ReadEntries(path, ContainerKind.SevenZip, archive, budget, isRead: _ => false))
                : result;
        }
        catch (DamageException) when (budget.Exceeded is not null)
        {
            return result; // it ended while it was looked for
        }
    }

    private static bool MayHaveArchiveBehind(ReadOnlySpan<byte> file) =>
        ZipDirectory.MayHold(file) || SevenZipStart.MayHold(file);

    private FileResult ReadEntries(
        string path, ContainerKind kind, Stream stream, ReadingBudget budget, Predicate<string> isRead)
    {
        var length = stream.CanSeek ? stream.Length : 0;
        if (depth >= limits.ArchiveDepthMax)
        {
            return new FileResult(path, length, [], [], ScanLimit.ArchiveDepth.Met(
                limits, $"more than {limits.ArchiveDepthMax} archives inside each other: this one was not opened"));
        }

        budget.Open(length);
        var inner = new List<FileResult>();
        inside ??= new FileScan(lexicon, limits, depth + 1, memory);
        var problem = Container.Read(
            kind, depth == 0 ? ContainerPlace.OnDisk : ContainerPlace.Inside, path, stream, budget,
            // What lies inside has no size of its own on disk.
            (name, content) =>
            {
                if (!isRead(name))
                    inner.Add(inside.Read($"{path}!/{name}", content, budget) with { Bytes = 0 });
            });
        inside.GiveBack();
        return new FileResult(path, length, [], [], problem) { Inner = inner };
    }
}
