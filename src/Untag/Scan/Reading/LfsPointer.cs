namespace Untag.Scan.Reading;

/// <summary>A few lines that stand in a git repository for a file which is kept elsewhere (Git LFS).</summary>
internal static class LfsPointer
{
    private const int LengthMax = 1024; // the specification's own limit

    /// <summary>Why the file was not read; null for everything that is no pointer.</summary>
    public static string? Problem(ReadOnlySpan<byte> bytes) =>
        bytes.Length < LengthMax && bytes.StartsWith("version https://git-lfs.github.com/spec/v1"u8)
            && bytes.IndexOf("\noid sha256:"u8) > 0
            ? "a Git LFS pointer: the file itself is not here; `git lfs pull` fetches it"
            : null;
}
