namespace Untag.Scan.Containers;

/// <summary>A file that holds other files.</summary>
internal enum ContainerKind
{
    /// <summary>Not a container that is opened.</summary>
    None,

    /// <summary>ZIP, and what is built on it: jar, apk, aar, whl, nupkg, docx.</summary>
    Zip,

    /// <summary>A 7-Zip archive.</summary>
    SevenZip,

    /// <summary>A tar archive.</summary>
    Tar,

    /// <summary>A cpio archive, as in an initial RAM disk.</summary>
    Cpio,

    /// <summary>A Debian package, or a library of object files.</summary>
    Ar,

    /// <summary>An RPM package.</summary>
    Rpm,

    /// <summary>One compressed file, or a compressed tar archive.</summary>
    Gzip,

    /// <summary>As <see cref="Gzip"/>.</summary>
    Bzip2,

    /// <summary>As <see cref="Gzip"/>.</summary>
    Xz,

    /// <summary>As <see cref="Gzip"/>.</summary>
    Zstandard,
}

/// <summary>Where a container lies.</summary>
internal enum ContainerPlace
{
    /// <summary>It is a file on disk, or came from a pipe.</summary>
    OnDisk,

    /// <summary>It is an entry of another container, which knows how long it is.</summary>
    Inside,
}
