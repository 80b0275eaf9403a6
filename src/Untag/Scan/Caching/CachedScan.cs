using System.Security.Cryptography;
using Untag.Scan.Files;

namespace Untag.Scan.Caching;

/// <summary>Reads files on disk, those that have not changed from the cache: the work of one worker.</summary>
/// <param name="scan">Reads the others.</param>
/// <param name="cache">What earlier scans left.</param>
internal sealed class CachedScan(FileScan scan, ScanCache cache)
{
    private const long HashedBytesMax = 2L << 30; // to hash more costs as much as to read it
    private const int BlockBytes = 256 * 1024; // most files in one read; the framework's own way takes 4 KiB at a time

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] block = new byte[BlockBytes];

    /// <summary>What a file gives.</summary>
    public FileResult Read(FoundFile file)
    {
        try
        {
            using var stream = FileScan.Open(file);
            if (stream.Length > HashedBytesMax)
                return scan.Read(file.Path, stream);
            var written = File.GetLastWriteTimeUtc(stream.SafeFileHandle);
            var digest = DigestOf(stream);
            if (cache.TryFind(file.Path, digest, out var known))
                return known;
            var length = stream.Position;
            stream.Position = 0;
            var result = scan.Read(file.Path, stream);
            // What was written meanwhile has another digest than the one worked out.
            if (stream.Length == length && File.GetLastWriteTimeUtc(stream.SafeFileHandle) == written)
                cache.Add(file.Path, digest, result);
            return result;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return FileScan.Unreadable(file.Path, problem);
        }
    }

    private byte[] DigestOf(FileStream stream)
    {
        int count;
        while ((count = stream.Read(block)) > 0)
            hash.AppendData(block.AsSpan(0, count));
        return hash.GetHashAndReset();
    }
}
