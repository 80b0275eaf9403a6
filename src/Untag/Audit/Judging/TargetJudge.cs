using Untag.Audit.Aggregates;
using Untag.Audit.Measures;
using Untag.Audit.Statistics;

namespace Untag.Audit.Judging;

/// <summary>Judges whether a decision singles a group out.</summary>
/// <remarks>
/// <list type="number">
/// <item>each rate of each group;</item>
/// <item>each group against the rest, and each pair of groups: difference and ratio. The rest are the other groups that are told,
/// and those that are withheld when they are told as one: a line of the rest gives nothing by subtraction;</item>
/// <item>figures of all groups together, over those with enough people for a verdict;</item>
/// <item>the verdict on every difference, by bounds that hold for all of them together. A ratio is told and not judged: that of
/// two rare errors is large and says little.</item>
/// </list>
/// </remarks>
internal sealed class TargetJudge
{
    /// <summary>What a group is compared with when it is no other group.</summary>
    public const string Rest = "rest";

    private const ulong Seed = 0x6661697265;
    private const int Draws = 4000;
    private const double Alpha = 0.5;

    private readonly AuditSums sums;
    private readonly Tolerances tolerances;
    private readonly IReadOnlyList<int> told;
    private readonly double z;
    private readonly double jointConfidence;
    private readonly List<TargetLine> lines = [];
    private readonly SortedDictionary<string, long?> needed = new(StringComparer.Ordinal);
    private readonly List<Verdict> verdicts = [];

    public TargetJudge(AuditSums sums, Tolerances tolerances)
    {
        this.sums = sums;
        this.tolerances = tolerances;
        told = Disclosure.Told(sums.Groups);
        z = Normal.TwoSided(tolerances.Confidence, 1);
        var comparisons = sums.Decisions.Sum(decision => RateKinds.Of(decision).Count) * told.Count * (told.Count + 1) / 2;
        jointConfidence = 1 - ((1 - tolerances.Confidence) / Math.Max(1, comparisons));
    }

    /// <summary>The lines of all decisions.</summary>
    public IReadOnlyList<TargetLine> Lines => lines;

    /// <summary>What would settle the groups that are insufficient.</summary>
    public IReadOnlyList<SettlesLine> Settles =>
        [.. needed.Select(entry => new SettlesLine(AuditClaims.NoGroupTargeted, entry.Key, entry.Value))];

    /// <summary>The verdict on all decisions; null when there is none.</summary>
    public Verdict? Verdict => sums.Decisions.Count == 0 ? null : Verdicts.Worst(verdicts) ?? Judging.Verdict.Insufficient;

    /// <summary>Judges.</summary>
    public TargetJudge Judge()
    {
        foreach (var decision in sums.Decisions)
        {
            foreach (var rate in RateKinds.Of(decision))
                AddRate(decision, rate);
            if (decision.HasTruth)
                AddInequity(decision);
        }

        return this;
    }

    private void AddRate(DecisionTable decision, RateKind kind)
    {
        foreach (var g in told)
            AddGroup(decision, kind, g);
        foreach (var g in told)
        {
            var rest = RestOf(decision, kind, g);
            if (rest is not null)
                AddComparison(decision, kind, new Side(g, decision.Groups[g]), rest.Value);
        }

        for (var i = 0; i < told.Count; i++)
        {
            for (var j = i + 1; j < told.Count; j++)
                AddComparison(decision, kind, new Side(told[i], decision.Groups[told[i]]), new Side(told[j], decision.Groups[told[j]]));
        }
    }

    private void AddGroup(DecisionTable decision, RateKind kind, int g)
    {
        var tells = Disclosure.Tells(decision.Groups[g], kind);
        var rate = Rate.Of(RateKinds.Sums(decision.Groups[g], kind));
        var interval = tells ? rate?.Interval(z) : null;
        lines.Add(new TargetLine
        {
            Decision = decision.Name,
            Measure = NameOf(kind),
            Group = sums.Groups[g].Name,
            Estimate = tells ? Disclosure.Rounded(rate?.Estimate) : null,
            Low = Disclosure.Rounded(interval?.Low),
            High = Disclosure.Rounded(interval?.High),
            N = tells ? Disclosure.Rounded(rate!.Value.People) : null,
            Verdict = IsEnough(rate) ? null : Judging.Verdict.Insufficient,
        });
    }

    // The other groups whose cells are told; and the others as one, when that one could be told.
    private Side? RestOf(DecisionTable decision, RateKind kind, int g)
    {
        var others = Enumerable.Range(0, sums.Groups.Count).Where(other => other != g).ToList();
        var shown = others.Where(other => told.Contains(other) && Disclosure.Tells(decision.Groups[other], kind)).ToList();
        var hidden = others.Except(shown).ToList();
        var together = Sum(decision, hidden);
        var all = hidden.Count >= 2 && Disclosure.Tells(together, kind) ? shown.Concat(hidden).ToList() : shown;
        return all.Count == 0 ? null : new Side(-1, Sum(decision, all));
    }

    private static DecisionSums Sum(DecisionTable decision, IEnumerable<int> groups) =>
        groups.Aggregate(default(DecisionSums), (sum, g) => sum + decision.Groups[g]);

    private void AddComparison(DecisionTable decision, RateKind kind, Side group, Side other)
    {
        var (first, second) = (Rate.Of(RateKinds.Sums(group.Sums, kind)), Rate.Of(RateKinds.Sums(other.Sums, kind)));
        var tells = Disclosure.Tells(group.Sums, kind) && Disclosure.Tells(other.Sums, kind);
        var verdict = VerdictOn(group, first, other, second, tells);
        verdicts.Add(verdict);
        var gap = tells ? first!.Value.Gap(second!.Value, z) : default;
        var ratio = tells ? first!.Value.Ratio(second!.Value, z) : null;
        var line = new TargetLine
        {
            Decision = decision.Name,
            Measure = NameOf(kind) + "_gap",
            Group = sums.Groups[group.Number].Name,
            Reference = other.Number < 0 ? Rest : sums.Groups[other.Number].Name,
            Estimate = tells ? Disclosure.Rounded(first!.Value.Estimate - second!.Value.Estimate) : null,
            Low = tells ? Disclosure.Rounded(gap.Low) : null,
            High = tells ? Disclosure.Rounded(gap.High) : null,
            N = tells ? Disclosure.Rounded(first!.Value.People) : null,
            Verdict = verdict,
        };
        lines.Add(line);
        lines.Add(line with
        {
            Measure = NameOf(kind) + "_ratio",
            Estimate = tells ? Disclosure.Rounded(first!.Value.Estimate / second!.Value.Estimate) : null,
            Low = Disclosure.Rounded(ratio?.Low),
            High = Disclosure.Rounded(ratio?.High),
            Verdict = null,
        });
    }

    private Verdict VerdictOn(Side group, Rate? first, Side other, Rate? second, bool tells)
    {
        var smaller = other.Number >= 0 && (second?.People ?? 0) < (first?.People ?? 0) ? other : group;
        var rate = smaller == group ? first : second;
        var people = sums.Groups[smaller.Number].People;
        if (!IsEnough(first) || !IsEnough(second))
        {
            // The rest is never what is missing while a group is.
            Need(smaller, first is { } a && second is { } b ? PeopleFor(people, rate!.Value, a, b, tells) : tolerances.PeopleMin);
            return Judging.Verdict.Insufficient;
        }

        var size = GuaranteedGap.Between(first!.Value, second!.Value, jointConfidence).Size();
        var verdict = Verdicts.Of(size, tolerances.RateGap);
        if (verdict == Judging.Verdict.Insufficient)
            Need(smaller, PeopleFor(people, rate!.Value, first.Value, second.Value, tells));
        return verdict;
    }

    // Where the value is withheld, the number must not give it: it is that of a group without a gap. The rate may rest on a part
    // of the group, such as those whose truth is no: the number is of the whole group.
    private long? PeopleFor(long people, Rate smaller, Rate first, Rate second, bool tells)
    {
        var gap = GuaranteedGap.Between(first, second, jointConfidence);
        var value = Math.Abs(first.Estimate - second.Estimate);
        var size = gap.Size();
        var reach = value < tolerances.RateGap ? size.High - value : value - size.Low;
        var distance = Math.Abs(tolerances.RateGap - value);
        if (!tells)
            (reach, distance) = ((gap.High - gap.Low) / 2, tolerances.RateGap);
        var least = (long)Math.Ceiling(tolerances.PeopleMin * (double)people / smaller.People);
        return PeopleNeeded.For(people, reach, distance, least);
    }

    private void Need(Side side, long? people)
    {
        var name = sums.Groups[side.Number].Name;
        needed[name] = !needed.TryGetValue(name, out var known) ? people
            : known is null || people is null ? null
            : Math.Max(known.Value, people.Value);
    }

    private string NameOf(RateKind kind) => RateKinds.Name(kind, sums.OfPairs);

    private bool IsEnough(Rate? rate) => rate is { } known && known.People >= tolerances.PeopleMin;

    private void AddInequity(DecisionTable decision)
    {
        var groups = told.Where(g => Disclosure.Tells(decision.Groups[g], RateKind.FalsePositive)
            && IsEnough(Rate.Of(decision.Groups[g].FalsePositive)) && IsEnough(Rate.Of(decision.Groups[g].FalseNegative))).ToList();
        IReadOnlyList<Rate> positive = [.. groups.Select(g => Rate.Of(decision.Groups[g].FalsePositive)!.Value)];
        IReadOnlyList<Rate> negative = [.. groups.Select(g => Rate.Of(decision.Groups[g].FalseNegative)!.Value)];
        var people = groups.Sum(g => sums.Groups[g].People);
        AddFigure(decision, "max_geomean", NameOf(RateKind.FalsePositive), people, positive, negative, (a, _) => Inequity.MaxByGeometricMean(a));
        AddFigure(decision, "max_geomean", NameOf(RateKind.FalseNegative), people, positive, negative, (_, b) => Inequity.MaxByGeometricMean(b));
        AddFigure(decision, "fdr", null, people, positive, negative, (a, b) => Inequity.DiscrepancyRate(a, b, Alpha));
        AddFigure(decision, "ir", null, people, positive, negative, (a, b) => Inequity.InequityRate(a, b, Alpha));
        AddFigure(decision, "garbe", null, people, positive, negative, (a, b) => Inequity.Garbe(a, b, Alpha));
    }

    private delegate double? Figure(IReadOnlyList<Rate> positive, IReadOnlyList<Rate> negative);

    private void AddFigure(
        DecisionTable decision, string measure, string? reference, long people,
        IReadOnlyList<Rate> positive, IReadOnlyList<Rate> negative, Figure figure)
    {
        var line = new TargetLine { Decision = decision.Name, Measure = measure, Reference = reference };
        if (positive.Count < 2)
        {
            lines.Add(line with { Verdict = Judging.Verdict.Insufficient });
            return;
        }

        var random = new SeededRandom(Seed);
        var draws = new List<double>(Draws);
        for (var i = 0; i < Draws; i++)
        {
            var (a, b) = (RateDraws.Of(positive, random), RateDraws.Of(negative, random));
            if (figure(a, b) is { } drawn)
                draws.Add(drawn);
        }

        draws.Sort();
        var tail = (int)((1 - tolerances.Confidence) / 2 * draws.Count);
        var estimate = figure(positive, negative);
        lines.Add(line with
        {
            Estimate = Disclosure.Rounded(estimate),
            Low = Disclosure.Rounded(Math.Min(estimate ?? double.MaxValue, draws[tail])),
            High = Disclosure.Rounded(Math.Max(estimate ?? double.MinValue, draws[^(tail + 1)])),
            N = Disclosure.Rounded(people),
        });
    }

    // A group, or (number −1) the rest.
    private readonly record struct Side(int Number, DecisionSums Sums);
}
