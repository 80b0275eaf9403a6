using Untag.Audit.Aggregates;
using Untag.Audit.Judging;

namespace Untag.Audit.Embeddings;

/// <summary>How alike two rows of a person are, and rows of different people: what an embedding is made for.</summary>
/// <remarks>The score is the cosine. Of each person the first two rows are compared, and the first with those of the people before: so a count of
/// pairs is one of people.</remarks>
internal sealed class PairScores
{
    private const int PeopleMax = 20_000; // whose first rows are in memory
    private const int PeopleBefore = 20;

    private readonly ScoreHistogram mated = new();
    private readonly ScoreHistogram others = new();
    private readonly Dictionary<ulong, double[]?> firstRows = [];
    private readonly Queue<double[]> before = new();

    /// <summary>People with two rows.</summary>
    public long People => mated.Total;

    /// <summary>Counts the present row of a map.</summary>
    public void Add(FeatureMap features, ulong person)
    {
        if (!firstRows.TryGetValue(person, out var first))
        {
            if (firstRows.Count == PeopleMax)
                return;
            var row = Unit(features);
            foreach (var other in before)
                others.Add(SymmetricMatrix.Dot(row, other));
            firstRows.Add(person, row);
            before.Enqueue(row);
            if (before.Count > PeopleBefore)
                before.Dequeue();
        }
        else if (first is not null)
        {
            mated.Add(SymmetricMatrix.Dot(first, Unit(features)));
            firstRows[person] = null;
        }
    }

    /// <summary>The share of people whose two rows are taken for two people, where so many pairs of different people are taken for one; null when
    /// that is about fewer than 10.</summary>
    /// <param name="falseMatches">From 0 to 1.</param>
    public double? Misses(double falseMatches)
    {
        var most = (long)(falseMatches * others.Total);
        if (most < Disclosure.PeopleMin)
            return null;
        var (above, threshold) = (0L, int.MaxValue);
        foreach (var (bin, count) in others.Bins().Reverse())
        {
            above += count;
            threshold = bin;
            if (above >= most)
                break;
        }

        var hits = mated.From(threshold);
        return hits >= Disclosure.PeopleMin && mated.Total - hits >= Disclosure.PeopleMin ? 1 - ((double)hits / mated.Total) : null;
    }

    private static double[] Unit(FeatureMap features)
    {
        var length = Math.Sqrt(SymmetricMatrix.Dot(features.Present, features.Present));
        return [.. features.Present.Select(number => length > 0 ? number / length : 0)];
    }
}
