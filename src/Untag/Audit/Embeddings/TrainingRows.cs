using Untag.Audit.Statistics;

namespace Untag.Audit.Embeddings;

/// <summary>Rows that a network is trained on: of each group so many at most, drawn by lot from all (Vitter's algorithm R, 1985). They are in
/// memory while it is trained, and are gone then.</summary>
internal sealed class TrainingRows(int groups)
{
    private const int RowsMax = 20_000;
    private const ulong Seed = 0x726F7773;

    private readonly SeededRandom random = new(Seed);
    private readonly List<float[]>[] rows = [.. Enumerable.Range(0, groups).Select(_ => new List<float[]>())];
    private readonly long[] seen = new long[groups];

    /// <summary>Number of groups.</summary>
    public int Groups => rows.Length;

    /// <summary>All rows, each with its group.</summary>
    public IEnumerable<(float[] Row, int Group)> All
    {
        get
        {
            for (var group = 0; group < rows.Length; group++)
            {
                foreach (var row in rows[group])
                    yield return (row, group);
            }
        }
    }

    /// <summary>The share of a group in what is there.</summary>
    public double Share(int group) => (double)rows[group].Count / rows.Sum(own => own.Count);

    /// <summary>Takes the present row of a map, or lets it go.</summary>
    public void Add(FeatureMap features, int group)
    {
        seen[group]++;
        var own = rows[group];
        if (own.Count < RowsMax / rows.Length)
            own.Add(Copied(features));
        else if ((long)(random.NextUnit() * seen[group]) is var at && at < own.Count)
            own[(int)at] = Copied(features);
    }

    private static float[] Copied(FeatureMap features) => [.. features.Present.Select(number => (float)number)];
}
