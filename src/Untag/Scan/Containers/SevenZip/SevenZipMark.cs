namespace Untag.Scan.Containers.SevenZip;

/// <summary>The marks before the parts of a header of a 7-Zip archive.</summary>
internal enum SevenZipMark : byte
{
    /// <summary>The part ends.</summary>
    End,

    /// <summary>The header as it is.</summary>
    Header,

    /// <summary>Properties of the archive, of which none is known.</summary>
    ArchiveProperties,

    /// <summary>Streams that hold parts of the header: no tool writes them.</summary>
    AdditionalStreams,

    /// <summary>The streams that hold the files.</summary>
    MainStreams,

    /// <summary>The files.</summary>
    Files,

    /// <summary>Where the packed bytes stand.</summary>
    PackedBytes,

    /// <summary>How they are unpacked.</summary>
    Folders,

    /// <summary>How what is unpacked is divided into files.</summary>
    Parts,

    /// <summary>Sizes.</summary>
    Size,

    /// <summary>Checksums.</summary>
    Checksum,

    /// <summary>A folder: one stretch of unpacked bytes.</summary>
    Folder,

    /// <summary>The sizes of what each decoder unpacks.</summary>
    UnpackedSize,

    /// <summary>How many files a folder holds.</summary>
    PartCount,

    /// <summary>Which files have no bytes.</summary>
    WithoutBytes,

    /// <summary>Which of those are files, and not directories.</summary>
    EmptyFile,

    /// <summary>The names.</summary>
    Names = 0x11,

    /// <summary>The header is packed itself.</summary>
    PackedHeader = 0x17,
}
