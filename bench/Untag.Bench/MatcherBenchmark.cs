using BenchmarkDotNet.Attributes;
using Untag.Policy;
using Untag.Scan.Matching;

namespace Untag.Bench;

/// <summary>One pass of the prefilter over <see cref="Input"/>, in one thread.</summary>
public class MatcherBenchmark
{
    private const int Seed = 4;

    private byte[] bytes = [];
    private bool[] marks = [];
    private Prefilter prefilter = null!;

    [Params(true, false, Priority = 0)]
    public bool IsText { get; set; }

    [Params(0, 64 << 10, 1 << 10, Priority = 1)]
    public int BytesPerHit { get; set; }

    [Params(10, 100, 1000, Priority = 2)]
    public int Terms { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        VectorWidth.Check();
        var policy = new Literals(TagPolicy.Default.Terms, TagPolicy.Default);
        var all = policy.All.ToArray();
        // In one order for every number: the ten are among the hundred. A few pieces of code are searched in passes of
        // their own, which would drown the difference that is measured here.
        new Random(Seed).Shuffle(all);
        Literal[] chosen = [.. all.Where(literal => literal.Anchor >= 0).Take(Terms)];
        Literal[] words = [.. chosen.Where(literal => literal.Mark == Literal.Term)];
        marks = new bool[policy.Marks.Count];
        prefilter = new Prefilter(chosen, policy.Marks);
        bytes = Input.Generate(IsText, words, BytesPerHit);
        var seeker = default(NoTerm);
        prefilter.Find(bytes, marks, ref seeker);
        var planted = BytesPerHit == 0 ? 0 : Input.Bytes / BytesPerHit;
        // One word may hold another, and random bytes hold some by chance.
        if (seeker.Met < planted || (IsText && planted == 0 && seeker.Met > 0))
            throw new InvalidOperationException($"{seeker.Met} hits instead of {planted}");
    }

    [Benchmark]
    public int Find()
    {
        marks.AsSpan().Clear();
        var seeker = default(NoTerm);
        prefilter.Find(bytes, marks, ref seeker);
        return seeker.Met;
    }

    // Every hit is turned down: otherwise the first one would end the search for terms.
    private struct NoTerm : ISeeker
    {
        public int Met { get; private set; }

        public bool IsTerm(ReadOnlySpan<byte> bytes, int at, in Literal literal)
        {
            Met++;
            return false;
        }

        public readonly bool MeetDisguises(in WordStarts places, ReadOnlySpan<byte> bytes, int at, Span<bool> marks, bool found) => false;
    }
}
