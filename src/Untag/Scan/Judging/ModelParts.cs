using PartKey = (string Rule, string Trait, string Name);

namespace Untag.Scan.Judging;

/// <summary>One head of a model is called by its name in several places of the file: that is one tag, and not one for each
/// place.</summary>
internal static class ModelParts
{
    /// <summary>Leaves of all decisions on one file one for each part of a model, and one for each place that has no
    /// line. The sizes of outputs go as well, where the output in question is found by its name.</summary>
    public static List<Decision> Distinct(List<Decision> decisions)
    {
        var parts = decisions.Where(IsOfPart).Select(KeyOf).ToHashSet();
        var indexOfPart = new Dictionary<PartKey, int>();
        var indexOfPlace = new Dictionary<(PartKey Key, string Match), int>();
        var kept = new List<Decision>(decisions.Count);
        foreach (var decision in decisions)
        {
            var candidate = decision.Candidate;
            if (IsOfPart(decision))
                Keep(indexOfPart, Shortest(parts, KeyOf(decision)), decision, kept);
            else if (candidate is { Shape: Shape.Heads, Part: { } head } && IsNamed(head, decision, decisions))
                continue;
            else if (candidate is { Line: 0, Column: 0, Inner: { } inner })
                Keep(indexOfPlace, ((decision.Rule.Code, candidate.Trait, inner), candidate.Match), decision, kept);
            else
                kept.Add(decision);
        }

        return kept;
    }

    private static bool IsOfPart(Decision decision) => decision.Candidate is { Shape: not Shape.Heads, Part: not null };

    private static PartKey KeyOf(Decision decision) =>
        (decision.Rule.Code, decision.Candidate.Trait, decision.Candidate.Part!.Value.Plain);

    private static void Keep<TKey>(Dictionary<TKey, int> indexes, TKey key, Decision decision, List<Decision> kept)
        where TKey : notnull
    {
        if (!indexes.TryGetValue(key, out var index))
        {
            indexes[key] = kept.Count;
            kept.Add(decision);
        }
        else if (decision.SaysMoreThan(kept[index]))
        {
            kept[index] = decision;
        }
    }

    // What one place calls race, another calls model_weights/race.
    private static PartKey Shortest(HashSet<PartKey> parts, PartKey part)
    {
        for (var at = part.Name.LastIndexOf('/'); at > 0; at = part.Name.LastIndexOf('/', at - 1))
        {
            var shorter = part with { Name = part.Name[(at + 1)..] };
            if (parts.Contains(shorter))
                return shorter;
        }

        return part;
    }

    private static bool IsNamed(ModelPart head, Decision sizes, List<Decision> decisions)
    {
        var within = $"/{head.Plain}/";
        return decisions.Exists(decision => IsOfPart(decision) && decision.Level >= sizes.Level
            && decision.Candidate.Trait == sizes.Candidate.Trait
            && within.Contains($"/{KeyOf(decision).Name}/", StringComparison.Ordinal));
    }
}
