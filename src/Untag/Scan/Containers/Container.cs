using System.Formats.Tar;
using System.IO.Compression;

namespace Untag.Scan.Containers;

/// <summary>A file that holds other files.</summary>
internal enum ContainerKind
{
    /// <summary>Not a container that is opened.</summary>
    None,

    /// <summary>ZIP, and what is built on it: jar, apk, aar, whl, nupkg, docx.</summary>
    Zip,

    /// <summary>A tar archive.</summary>
    Tar,

    /// <summary>One compressed file, or a compressed tar archive.</summary>
    Gzip,
}

/// <summary>Takes containers apart in memory: nothing is written to disk, whatever the entries are called.</summary>
internal static class Container
{
    private const int TarMagicOffset = 257;

    /// <summary>Takes an entry: its name in the container, and its bytes.</summary>
    public delegate void EntryReader(string name, Stream content);

    /// <summary>What the first bytes of a file say.</summary>
    public static ContainerKind KindOf(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("PK\x3\x4"u8) || head.StartsWith("PK\x5\x6"u8))
            return ContainerKind.Zip;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            return ContainerKind.Gzip;
        return head.Length > TarMagicOffset + 5 && head[TarMagicOffset..].StartsWith("ustar"u8)
            ? ContainerKind.Tar
            : ContainerKind.None;
    }

    /// <summary>Hands every entry to a reader.</summary>
    /// <param name="kind">What the container is.</param>
    /// <param name="name">Name of the container: a compressed file is called as it, without the ending.</param>
    /// <param name="stream">The container's bytes; a ZIP file must be able to seek.</param>
    /// <param name="budget">How much it may expand to.</param>
    /// <param name="read">Takes each entry.</param>
    /// <returns>What could not be read, one sentence a problem; empty when all was.</returns>
    public static List<string> Read(
        ContainerKind kind, string name, Stream stream, ExpansionBudget budget, EntryReader read)
    {
        var problems = new List<string>();
        try
        {
            switch (kind)
            {
                case ContainerKind.Zip:
                    ReadZip(stream, budget, read, problems);
                    break;
                case ContainerKind.Tar:
                    ReadTar(stream, budget, read, problems);
                    break;
                case ContainerKind.Gzip:
                    ReadGzip(name, stream, budget, read, problems);
                    break;
            }
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            problems.Add($"damaged, read up to the damage: {problem.Message.TrimEnd('.')}");
        }

        if (budget.Exceeded is { } limit)
            problems.Add($"not unpacked to the end: {limit}");
        return problems;
    }

    private static void ReadZip(Stream stream, ExpansionBudget budget, EntryReader read, List<string> problems)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in archive.Entries)
        {
            if (entry.FullName.EndsWith('/') && entry.Length == 0)
                continue;
            if (!budget.TakeEntry())
                return;
            if (entry.IsEncrypted)
            {
                problems.Add($"{entry.FullName} is encrypted");
                continue;
            }

            using var content = entry.Open();
            ReadEntry(entry.FullName, new BudgetedStream(content, budget, entry.CompressedLength), read, problems);
        }
    }

    private static void ReadTar(Stream stream, ExpansionBudget budget, EntryReader read, List<string> problems)
    {
        using var archive = new TarReader(stream, leaveOpen: true);
        while (archive.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is null)
                continue; // folders, links and devices hold no bytes
            if (!budget.TakeEntry())
                return;
            ReadEntry(entry.Name, new BudgetedStream(entry.DataStream, budget, packedBytes: 0), read, problems);
        }
    }

    private static void ReadGzip(string name, Stream stream, ExpansionBudget budget, EntryReader read, List<string> problems)
    {
        var packed = stream.CanSeek ? stream.Length : 0;
        using var content = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
        var expanding = new BudgetedStream(content, budget, packed);
        if (name.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".tar.gz", StringComparison.OrdinalIgnoreCase))
        {
            ReadTar(expanding, budget, read, problems);
            return;
        }

        var inner = Path.GetFileName(name);
        ReadEntry(
            inner.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? inner[..^3] : inner, expanding, read, problems);
    }

    private static void ReadEntry(string name, Stream content, EntryReader read, List<string> problems)
    {
        var path = name.Replace('\\', '/');
        if (path.StartsWith('/') || path.Split('/').Contains(".."))
            problems.Add($"the name of an entry leads out of the archive: {name}");
        while (path.StartsWith("./", StringComparison.Ordinal))
            path = path[2..];
        read(path.TrimStart('/'), content);
    }
}
