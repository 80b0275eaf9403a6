using BenchmarkDotNet.Attributes;
using Untag.Policy;
using Untag.Scan.Matching;

namespace Untag.Bench;

/// <summary>The whole search of raw bytes with the whole policy: the prefilter, what stands around a hit, and words in
/// disguise. Nothing is planted: the first term ends the search.</summary>
public class SearchBenchmark
{
    private byte[] bytes = [];
    private bool[] marks = [];
    private Search search = null!;

    [Params(true, false)]
    public bool IsText { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        VectorWidth.Check();
        var policy = new Literals(TagPolicy.Default.Terms, TagPolicy.Default);
        search = new Search(new Prefilter(policy.All, policy.Marks), new TermMatcher(TagPolicy.Default.Terms));
        marks = new bool[policy.Marks.Count];
        bytes = Input.Generate(IsText, [], every: 0);
        if (search.Find(bytes, marks) && IsText)
            throw new InvalidOperationException("the text holds a term: take its words out of the list in Input");
    }

    [Benchmark]
    public bool Find()
    {
        marks.AsSpan().Clear();
        return search.Find(bytes, marks);
    }
}
