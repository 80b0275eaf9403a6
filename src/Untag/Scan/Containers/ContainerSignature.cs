namespace Untag.Scan.Containers;

/// <summary>Recognises containers by their first bytes, whatever they are called.</summary>
internal static class ContainerSignature
{
    private static readonly (byte[] Bytes, ContainerKind Kind)[] Known =
    [
        ([.. "PK"u8, 3, 4], ContainerKind.Zip),
        ([.. "PK"u8, 5, 6], ContainerKind.Zip), // without entries
        ([.. "PK"u8, 7, 8], ContainerKind.Zip), // a part of several
        ([.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], ContainerKind.SevenZip),
        ([.. "070701"u8], ContainerKind.Cpio),
        ([.. "070702"u8], ContainerKind.Cpio),
        ([.. "070707"u8], ContainerKind.Cpio),
        ([.. "!<arch>\n"u8], ContainerKind.Ar),
        ([0xED, 0xAB, 0xEE, 0xDB], ContainerKind.Rpm),
        ([0x1F, 0x8B, 8], ContainerKind.Gzip),
        ([.. "BZh"u8], ContainerKind.Bzip2),
        ([0xFD, .. "7zXZ"u8, 0], ContainerKind.Xz),
        ([0x28, 0xB5, 0x2F, 0xFD], ContainerKind.Zstandard),
    ];

    /// <summary>How many bytes tell a container: the header of a tar archive is the longest.</summary>
    public const int HeadBytes = TarHeader.BlockBytes;

    /// <summary>What the first bytes of a file say.</summary>
    public static ContainerKind KindOf(ReadOnlySpan<byte> head)
    {
        foreach (var (bytes, kind) in Known)
        {
            if (head.StartsWith(bytes))
                return kind == ContainerKind.Bzip2 && !IsBzip2(head) ? ContainerKind.None : kind;
        }

        if (IsSkippableFrame(head))
            return ContainerKind.Zstandard;
        return TarHeader.IsHeader(head) ? ContainerKind.Tar : ContainerKind.None;
    }

    // Three letters alone may begin a text: a level follows, and the mark of a block or of the end.
    private static bool IsBzip2(ReadOnlySpan<byte> head) =>
        head.Length >= 10 && head[3] is >= (byte)'1' and <= (byte)'9'
        && (head[4..10].SequenceEqual((ReadOnlySpan<byte>)[0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
            || head[4..10].SequenceEqual((ReadOnlySpan<byte>)[0x17, 0x72, 0x45, 0x38, 0x50, 0x90]));

    // Tools that pack in parallel put such a frame before the first that holds something.
    private static bool IsSkippableFrame(ReadOnlySpan<byte> head) =>
        head.Length >= 4 && (head[0] & 0xF0) == 0x50 && head[1..4].SequenceEqual((ReadOnlySpan<byte>)[0x2A, 0x4D, 0x18]);
}
