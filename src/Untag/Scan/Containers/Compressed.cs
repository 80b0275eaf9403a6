using System.IO.Compression;
using Untag.Scan.Containers.Codecs;
using ZstdSharp;

namespace Untag.Scan.Containers;

/// <summary>Reads one compressed file. A tar archive in it is read as if it were not compressed, whatever it is called:
/// its content decides.</summary>
internal static class Compressed
{
    private static readonly string[] Endings = [".gz", ".bz2", ".xz", ".zst"];

    /// <summary>Hands over the file, or the entries of the tar archive.</summary>
    /// <param name="kind">How it is compressed.</param>
    /// <param name="path">Path of the compressed file: what it holds is called as it, without the ending.</param>
    /// <param name="packed">The compressed bytes.</param>
    /// <param name="entries">Takes what it holds.</param>
    public static void Read(ContainerKind kind, string path, Stream packed, Entries entries)
    {
        using var unpacked = Open(kind, packed, entries.Budget)!;
        var start = new EntryStream(unpacked, entries.Budget);
        var head = new byte[ContainerSignature.HeadBytes];
        var length = start.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (start.Damage is { } damage)
        {
            entries.ReadStored(NameOf(path), new MemoryStream(head, 0, length));
            entries.ReportEnd(damage);
            return;
        }

        var content = new ReplayedStream(head[..length], unpacked);
        if (ContainerSignature.KindOf(head.AsSpan(0, length)) == ContainerKind.Tar)
            Tar.Read(content, ContainerPlace.Inside, entries);
        else
            entries.ReadStored(NameOf(path), content);
    }

    /// <summary>The unpacked bytes of a compressed file; null when it is none.</summary>
    public static Stream? Open(ContainerKind kind, Stream packed, ReadingBudget budget)
    {
        var bytes = new PackedStream(packed, budget);
        Stream? decoder = kind switch
        {
            ContainerKind.Gzip => new GZipStream(bytes, CompressionMode.Decompress, leaveOpen: true),
            ContainerKind.Bzip2 => new Bzip2Stream(bytes),
            ContainerKind.Xz => new XzStream(bytes),
            ContainerKind.Zstandard => new DecompressionStream(bytes),
            _ => null,
        };
        return decoder is null ? null : new ExpandingStream(decoder, budget);
    }

    private static string NameOf(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        foreach (var ending in Endings)
        {
            if (name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                return name[..^ending.Length];
        }

        return name;
    }
}
