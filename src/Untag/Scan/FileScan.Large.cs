using System.Buffers;
using System.Text;
using Untag.Scan.Containers;
using Untag.Scan.Matching;
using Untag.Scan.Reading;
using Untag.Scan.Timing;

namespace Untag.Scan;

/// <content>Files that are larger than what is read into memory.</content>
internal sealed partial class FileScan
{
    /// <summary>Threads that may search one large file together.</summary>
    public int Helpers { get; init; } = 1;

    // What has been read so far may end inside a character, which does not make it less UTF-8.
    private static ReadOnlySpan<byte> WithoutCutCharacter(ReadOnlySpan<byte> bytes) =>
        Rune.DecodeLastFromUtf8(bytes, out _, out var cut) == OperationStatus.NeedMoreData ? bytes[..^cut] : bytes;

    // Nothing was seen in the raw bytes of a large file.
    private FileResult ReadHidden(
        string path, Stream stream, long length, bool[] marks, IBinaryReader? reader, ReadingBudget budget)
    {
        if (reader is null)
            return new FileResult(path, length, Met(marks), [], null);
        var outline = reader.Outline(stream);
        return search.Find(outline.HiddenText, marks)
            ? ReadStructure(path, reader, stream, budget)
            : new FileResult(path, length, Met(marks), [], budget.HasTime() ? outline.Problem : null);
    }

    // Beyond the limit only the prefilter goes on, in flat memory: a file without any term is read to its end, and one
    // with a term is too large for its reader, unless that reads no more than it needs. Such a reader gets bytes that can
    // seek.
    private FileResult ReadLarge(string path, Stream stream, int length, IBinaryReader? reader, ReadingBudget budget)
    {
        var marks = new bool[lexicon.Prefilter.Marks.Count];
        var hidesText = reader is { HidesText: true } || Readers.HidesText(WithoutCutCharacter(buffer.AsSpan(0, length)));
        if (!hidesText)
        {
            using var stage = new InStage(budget.Clock, Stage.Searching);
            var mayHoldArchive = false;
            var (found, total) = stream is TimedStream { Content: FileStream file }
                ? new LargeSearch(lexicon, file, budget).Run(Helpers, marks)
                : SearchStream(stream, length, marks, budget, out mayHoldArchive);
            if (!found)
            {
                var result = ReadHidden(path, stream, total, marks, reader, budget);
                return stream.CanSeek ? WithArchiveBehind(result, path, stream, budget)
                    : mayHoldArchive ? result.With(ArchiveBehind)
                    : result;
            }

            if (reader is null)
                return TooLarge(path, total) with { Marks = Met(marks) };
        }

        return reader is not null
            ? WithArchiveBehind(ReadStructure(path, reader, stream, budget), path, stream, budget)
            : TooLarge(path, stream.CanSeek ? stream.Length : length);
    }

    private (bool Found, long Bytes) SearchStream(
        Stream stream, int length, bool[] marks, ReadingBudget budget, out bool mayHoldArchive)
    {
        var found = search.Find(buffer.AsSpan(0, length), marks);
        long total = length;
        while (true)
        {
            buffer.AsSpan(length - LargeSearch.Overlap, LargeSearch.Overlap).CopyTo(buffer);
            var count = stream.ReadAtLeast(buffer.AsSpan(LargeSearch.Overlap), 1, throwOnEndOfStream: false);
            if (count == 0)
            {
                mayHoldArchive = ZipDirectory.MayHold(buffer.AsSpan(0, length)); // the last bytes are still there
                return (found, total);
            }

            length = LargeSearch.Overlap + count;
            total += count;
            found |= search.Find(buffer.AsSpan(0, length), marks);
        }
    }

    private string ArchiveBehind => ScanLimit.FileSize.Met(limits, "an archive seems to stand behind it, which was not opened");

    private FileResult TooLarge(string path, long length) => new(
        path, length, [], [],
        ScanLimit.FileSize.Met(limits, "may hold terms of the policy, but is too large for reading its structure"));
}
