using Untag.Audit.Aggregates;

namespace Untag.Audit.Judging;

/// <summary>What may be told, so that nothing is said of a few people and nothing about them can be worked out.</summary>
/// <remarks>
/// <list type="number">
/// <item>A group of fewer than 10 people is withheld, with its name. While those that are withheld are fewer than 10 together, or
/// one alone, the next smallest group is withheld with them: otherwise the total would tell them.</item>
/// <item>A rate is withheld when fewer than 10 people lie on one of its sides. Of the four cells of decision and truth, any three
/// with the total give the fourth: when one of them is small, the two error rates are withheld together, and the rate of
/// selection and its precision, which do not give it, are told.</item>
/// <item>What a group is compared with never holds a withheld cell that the other lines would give by subtraction
/// (<see cref="TargetJudge"/>).</item>
/// <item>What a decision says of the groups is withheld when the rate of one group alone is: all others and the whole would give it.</item>
/// <item>Numbers of people are rounded to 5, estimates to 6 decimals.</item>
/// </list>
/// </remarks>
public static class Disclosure
{
    /// <summary>Fewer people than this are not told of.</summary>
    public const int PeopleMin = 10;

    /// <summary>The name of the groups that are withheld, together.</summary>
    public const string Withheld = "(withheld)";

    /// <summary>Which groups are told, by number.</summary>
    public static IReadOnlyList<int> Told(IReadOnlyList<GroupSums> groups)
    {
        var bySize = Enumerable.Range(0, groups.Count)
            .OrderBy(g => groups[g].People).ThenBy(g => groups[g].Name, StringComparer.Ordinal).ToList();
        var hidden = bySize.TakeWhile(g => groups[g].People < PeopleMin).ToList();
        while (hidden.Count > 0 && hidden.Count < bySize.Count
            && (hidden.Count == 1 || hidden.Sum(g => groups[g].People) < PeopleMin))
        {
            hidden.Add(bySize[hidden.Count]);
        }

        return [.. Enumerable.Range(0, groups.Count).Except(hidden)];
    }

    /// <summary>The names of the groups that outputs are measured by: each that is told, then those that are withheld as one, when they
    /// are people enough.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Parts(IReadOnlyList<GroupSums> groups)
    {
        var told = Told(groups);
        IReadOnlyList<int> hidden = [.. Enumerable.Range(0, groups.Count).Except(told)];
        IReadOnlyList<IReadOnlyList<string>> parts = [.. told.Select(g => new[] { groups[g].Name })];
        return hidden.Sum(g => groups[g].People) >= PeopleMin ? [.. parts, [.. hidden.Select(g => groups[g].Name)]] : parts;
    }

    /// <summary>Whether what a decision says of the groups may be told beside the rates of selection.</summary>
    public static bool TellsWhole(IReadOnlyList<GroupSums> groups, DecisionTable decision)
    {
        var told = Told(groups);
        var untold = told.Count(g => !Tells(decision.Groups[g], RateKind.Selection)) + (Parts(groups).Count > told.Count ? 1 : 0);
        return untold != 1;
    }

    /// <summary>A number of people as it is told: to the nearest 5.</summary>
    public static long Rounded(long people) => (people + 2) / 5 * 5;

    /// <summary>An estimate as it is told; null when it is no number.</summary>
    public static double? Rounded(double? value) =>
        value is { } number && double.IsFinite(number) ? Math.Round(number, 6, MidpointRounding.ToEven) : null;

    /// <summary>Whether a rate of a decision may be told.</summary>
    public static bool Tells(DecisionSums sums, RateKind rate) => rate switch
    {
        RateKind.Selection => HasBothSides(sums.Selected),
        RateKind.Precision => HasBothSides(sums.Precision),
        _ => HasBothSides(sums.FalsePositive) && HasBothSides(sums.FalseNegative),
    };

    /// <summary>Whether at least 10 people lie on each side of a rate.</summary>
    public static bool HasBothSides(CellSums sums) => sums.PeopleHit >= PeopleMin && sums.PeopleMissed >= PeopleMin;
}
