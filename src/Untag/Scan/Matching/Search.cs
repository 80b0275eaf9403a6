using Untag.Scan.Reading.Binaries;

namespace Untag.Scan.Matching;

/// <summary>Searches raw bytes: the work of one worker, with its buffers.</summary>
/// <param name="prefilter">What is looked for.</param>
/// <param name="matcher">Tells a term from a word of one.</param>
internal sealed class Search(Prefilter prefilter, TermMatcher matcher)
{
    private readonly NearbyText nearby = new(matcher);
    private readonly DisguisedWords disguised = new(prefilter, matcher);

    /// <summary>Looks for terms and marks.</summary>
    /// <param name="bytes">The bytes of a file in UTF-8, or of any other file.</param>
    /// <param name="marks">Set to true at the index of each mark that is met.</param>
    /// <returns>True when a term stands in the bytes, as it is written or in disguise.</returns>
    public bool Find(ReadOnlySpan<byte> bytes, Span<bool> marks) => Find(bytes, [], marks);

    /// <summary>Looks for terms and marks in a file that holds instructions, too.</summary>
    /// <param name="bytes">All bytes of the file.</param>
    /// <param name="code">Where the instructions stand.</param>
    /// <param name="marks">Set to true at the index of each mark that is met.</param>
    /// <returns>True when a term stands in the bytes, as it is written or in disguise.</returns>
    public bool Find(ReadOnlySpan<byte> bytes, IReadOnlyList<CodeRange> code, Span<bool> marks)
    {
        nearby.Begin(code);
        disguised.Begin(code);
        var seeker = new Seeker(nearby, disguised);
        return prefilter.Find(bytes, marks, ref seeker);
    }

    private readonly struct Seeker(NearbyText nearby, DisguisedWords disguised) : ISeeker
    {
        public bool IsTerm(ReadOnlySpan<byte> bytes, int at, in Literal literal) =>
            nearby.HoldsTerm(bytes, at, literal);

        public bool MeetDisguises(in WordStarts places, ReadOnlySpan<byte> bytes, int at, Span<bool> marks, bool found) =>
            disguised.Meet(places, bytes, at, marks, found);
    }
}
