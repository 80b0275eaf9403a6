namespace Untag.Scan.Containers;

/// <summary>A container in the table of formats.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The name shown.</param>
/// <param name="Reads">What is read of it: a phrase without full stop.</param>
internal sealed record ContainerFormat(ContainerKind Kind, string Name, string Reads)
{
    /// <summary>Every container that is opened.</summary>
    public static IReadOnlyList<ContainerFormat> All { get; } =
    [
        new(ContainerKind.Zip, "ZIP: jar, apk, aar, whl, nupkg",
            "every entry, also behind a program; stored, Deflate, Deflate64, bzip2, LZMA, Zstandard, 64-bit"),
        new(ContainerKind.Tar, "tar, images of `docker save` and OCI", "every entry, also the data sets of WebDataset; the layers of an image"),
        new(ContainerKind.Cpio, "cpio", "every entry"),
        new(ContainerKind.Ar, "Debian packages, ar", "every entry"),
        new(ContainerKind.Rpm, "RPM packages", "every file of the payload"),
        new(ContainerKind.Gzip, "gzip", "the file in it, or the entries of its tar"),
        new(ContainerKind.Bzip2, "bzip2", "the file in it, or the entries of its tar"),
        new(ContainerKind.Xz, "xz", "the file in it, or the entries of its tar"),
        new(ContainerKind.Zstandard, "Zstandard", "the file in it, or the entries of its tar"),
    ];
}
