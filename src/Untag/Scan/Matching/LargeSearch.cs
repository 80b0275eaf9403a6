using Untag.Scan.Containers;
using Untag.Scan.Files;

namespace Untag.Scan.Matching;

/// <summary>Searches a file on disk in pieces, by several threads: one large file must not leave the other cores
/// idle.</summary>
/// <param name="lexicon">What is looked for.</param>
/// <param name="file">The file.</param>
/// <param name="budget">Ends the search when its time is spent.</param>
internal sealed class LargeSearch(Lexicon lexicon, FileStream file, ReadingBudget budget)
{
    /// <summary>Bytes that two pieces share: more than any literal and what is looked at around it.</summary>
    public const int Overlap = 4096;

    private const int PieceBytes = 1 << 20;

    private readonly Lock gate = new();
    private bool found;

    /// <summary>Reads the file to its end, whatever is met: what it is about depends on no thread's luck.</summary>
    /// <param name="threads">Threads that search at the same time.</param>
    /// <param name="marks">Set to true at the index of each mark that is met.</param>
    /// <returns>Whether it can hold a term, and its length.</returns>
    public (bool Found, long Bytes) Run(int threads, bool[] marks)
    {
        var pieces = Pieces();
        Workers.Run(pieces.Count, threads, () => Worker(pieces, marks), CancellationToken.None);
        return (found, file.Length);
    }

    // What lies in a hole holds nothing.
    private List<long> Pieces()
    {
        var pieces = new List<long>();
        var length = file.Length;
        for (long at = 0; at < length; at += PieceBytes)
        {
            file.Position = at;
            at += Holes.Skip(file);
            if (at < length)
                pieces.Add(at);
        }

        return pieces;
    }

    private Action<int> Worker(List<long> pieces, bool[] marks)
    {
        var search = new Search(lexicon.Prefilter, lexicon.Matcher);
        var buffer = new byte[Overlap + PieceBytes];
        var met = new bool[marks.Length];
        return i =>
        {
            if (!budget.HasTime())
                return;
            var start = Math.Max(0, pieces[i] - Overlap);
            var length = Read(buffer.AsSpan(0, (int)(pieces[i] - start) + PieceBytes), start);
            met.AsSpan().Clear();
            var isFound = search.Find(buffer.AsSpan(0, length), met);
            lock (gate)
            {
                found |= isFound;
                for (var mark = 0; mark < met.Length; mark++)
                    marks[mark] |= met[mark];
            }
        };
    }

    // One call may give less than there is, as over a network.
    private int Read(Span<byte> piece, long start)
    {
        var length = 0;
        while (length < piece.Length && RandomAccess.Read(file.SafeFileHandle, piece[length..], start + length) is var count and > 0)
            length += count;
        return length;
    }
}
