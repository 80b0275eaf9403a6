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
/// two rare errors is large and says little. Where there are strata, the differences within them are judged
/// (<see cref="StratifiedGap"/>), and those of the whole table told beside.</item>
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
    private readonly Mixing? mixing;
    private readonly IReadOnlyList<int> told;
    private readonly double z;
    private readonly TargetJudge? failures;
    private bool isOfFailures;
    private double jointConfidence;
    private readonly List<TargetLine> lines = [];
    private readonly SortedDictionary<string, long?> needed = new(StringComparer.Ordinal);
    private readonly List<Verdict> verdicts = [];

    public TargetJudge(AuditSums sums, Tolerances tolerances, Mixing? mixing)
    {
        this.sums = sums;
        this.mixing = mixing;
        this.tolerances = tolerances;
        told = Disclosure.Told(sums.Groups);
        z = Normal.TwoSided(tolerances.Confidence, 1);
        failures = sums.Failures is null ? null : new TargetJudge(sums.Failures, tolerances, mixing) { isOfFailures = true };
        Widen(Comparisons + (failures?.Comparisons ?? 0));
    }

    private int Comparisons => sums.Decisions.Sum(decision => RateKinds.Of(decision).Count) * told.Count * (told.Count + 1) / 2;

    /// <summary>The lines of all decisions.</summary>
    public IReadOnlyList<TargetLine> Lines => [.. lines, .. failures?.Lines ?? []];

    /// <summary>What would settle the groups that are insufficient.</summary>
    public IReadOnlyList<SettlesLine> Settles =>
        [.. needed.Select(entry => new SettlesLine(AuditClaims.NoGroupTargeted, entry.Key, entry.Value)), .. failures?.Settles ?? []];

    /// <summary>The verdict on all decisions; null when there is none.</summary>
    public Verdict? Verdict => sums.Decisions.Count == 0 ? failures?.Verdict : Verdicts.Worst(
        [Verdicts.Worst(verdicts) ?? Judging.Verdict.Insufficient, .. failures?.Verdict is { } ofFailures ? [ofFailures] : Array.Empty<Verdict>()]);

    /// <summary>Judges.</summary>
    public TargetJudge Judge()
    {
        failures?.Judge();
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
                AddComparison(decision, kind, GroupOf(decision, g), rest.Value);
        }

        for (var i = 0; i < told.Count; i++)
        {
            for (var j = i + 1; j < told.Count; j++)
                AddComparison(decision, kind, GroupOf(decision, told[i]), GroupOf(decision, told[j]));
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
            Measure = NameOf(decision, kind),
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
        return all.Count == 0 ? null : new Side(-1, all, Sum(decision, all));
    }

    private static Side GroupOf(DecisionTable decision, int g) => new(g, [g], decision.Groups[g]);

    private static DecisionSums Sum(DecisionTable decision, IEnumerable<int> groups) =>
        groups.Aggregate(default(DecisionSums), (sum, g) => sum + decision.Groups[g]);

    private void AddComparison(DecisionTable decision, RateKind kind, Side group, Side other)
    {
        var (first, second) = (Rate.Of(RateKinds.Sums(group.Sums, kind)), Rate.Of(RateKinds.Sums(other.Sums, kind)));
        var tells = Disclosure.Tells(group.Sums, kind) && Disclosure.Tells(other.Sums, kind);
        var whole = RateComparison.Of(first, second, z, jointConfidence);
        var within = sums.Strata.Count == 0 ? (RateComparison?)null : RateComparison.Within(
            StrataOf(decision, kind, group, other), (first?.People ?? 0, second?.People ?? 0), tolerances, z, jointConfidence);
        var measured = within ?? whole;
        var verdict = VerdictOn(group, other, mixing is null ? measured : measured.Without(mixing), tells);
        var isLast = mixing is null;
        verdicts.Add(verdict);
        var line = new TargetLine
        {
            Decision = decision.Name,
            Measure = NameOf(decision, kind) + "_gap",
            Group = sums.Groups[group.Number].Name,
            Reference = other.Number < 0 ? Rest : sums.Groups[other.Number].Name,
        };
        lines.Add(Told(line, whole, tells) with { Verdict = isLast && within is null ? verdict : null });
        var suffix = within is null ? "" : IdentifyJudge.Within;
        if (within is { } stratified)
            lines.Add(Told(line, stratified, tells) with { Measure = line.Measure + suffix, Verdict = isLast ? verdict : null });
        if (mixing is not null)
            lines.Add(Told(line, measured.Without(mixing), tells) with { Measure = line.Measure + suffix + IdentifyJudge.Denoised, Verdict = verdict });
        var ratio = tells ? first!.Value.Ratio(second!.Value, z) : null;
        lines.Add(line with
        {
            Measure = NameOf(decision, kind) + "_ratio",
            Estimate = tells ? Disclosure.Rounded(first!.Value.Estimate / second!.Value.Estimate) : null,
            Low = Disclosure.Rounded(ratio?.Low),
            High = Disclosure.Rounded(ratio?.High),
            N = tells ? Disclosure.Rounded(first!.Value.People) : null,
        });
    }

    private static TargetLine Told(TargetLine line, RateComparison compared, bool tells) => !tells || compared.Value is null ? line : line with
    {
        Estimate = Disclosure.Rounded(compared.Value),
        Low = Disclosure.Rounded(compared.Printed.Low),
        High = Disclosure.Rounded(compared.Printed.High),
        N = compared.People >= Disclosure.PeopleMin ? Disclosure.Rounded(compared.People) : null,
    };

    // The same people by stratum; a group that is not there has no trial.
    private List<(CellSums First, CellSums Second)> StrataOf(DecisionTable decision, RateKind kind, Side group, Side other)
    {
        var number = sums.Decisions.ToList().IndexOf(decision);
        CellSums Of(AuditSums stratum, Side side) => Enumerable.Range(0, stratum.Groups.Count)
            .Where(g => side.Groups.Any(known => sums.Groups[known].Name == stratum.Groups[g].Name))
            .Aggregate(default(CellSums), (sum, g) => sum + RateKinds.Sums(stratum.Decisions[number].Groups[g], kind));
        return [.. sums.Strata.Select(stratum => (Of(stratum.Sums, group), Of(stratum.Sums, other)))];
    }

    private Verdict VerdictOn(Side group, Side other, RateComparison compared, bool tells)
    {
        var isOther = other.Number >= 0 && compared.Others < compared.People;
        var smaller = isOther ? other : group;
        var (people, counted) = (sums.Groups[smaller.Number].People, isOther ? compared.Others : compared.People);
        if (compared.People < tolerances.PeopleMin || compared.Others < tolerances.PeopleMin)
        {
            // The rest is never what is missing while a group is.
            Need(smaller, PeopleFor(people, counted, compared, tells));
            return Judging.Verdict.Insufficient;
        }

        var verdict = compared.IsLargeInOne ? Judging.Verdict.Fails : Verdicts.Of(compared.Judged.Size(), tolerances.RateGap);
        if (verdict == Judging.Verdict.Insufficient)
            Need(smaller, PeopleFor(people, counted, compared, tells));
        if (verdict != Judging.Verdict.Holds || mixing is not null || Math.Min(compared.People, compared.Others) >= Tolerances.PeopleMinOfUnknownNoise)
            return verdict;
        Need(smaller, tells ? PeopleNeeded.For(people, 0, 1, Scaled(Tolerances.PeopleMinOfUnknownNoise, people, counted)) : PeopleOfUntold);
        return Judging.Verdict.Insufficient;
    }

    // Where the value is withheld, nothing of it may be in the number: neither it, nor the width of its interval, nor on how many people it
    // rests. It is that of a rate of one half without a gap.
    private long? PeopleOfUntold => PeopleNeeded.For(
        1, Normal.TwoSided(jointConfidence, 1) / 2, tolerances.RateGap, Math.Max(tolerances.PeopleMin, Tolerances.PeopleMinOfUnknownNoise));

    // The rate may rest on a part of the group, such as those whose truth is no: the number is of the whole group.
    private long? PeopleFor(long people, long counted, RateComparison compared, bool tells)
    {
        if (!tells)
            return PeopleOfUntold;
        if (compared.Value is not { } difference)
            return tolerances.PeopleMin;
        var gap = compared.Judged;
        var value = Math.Abs(difference);
        var size = gap.Size();
        var reach = value < tolerances.RateGap ? size.High - value : value - size.Low;
        var distance = Math.Abs(tolerances.RateGap - value);
        return PeopleNeeded.For(people, reach, distance, Scaled(tolerances.PeopleMin, people, counted));
    }

    private static long Scaled(int least, long people, long counted) => (long)Math.Ceiling(least * (double)people / Math.Max(1, counted));

    private void Need(Side side, long? people)
    {
        var name = sums.Groups[side.Number].Name;
        needed[name] = !needed.TryGetValue(name, out var known) ? people
            : known is null || people is null ? null
            : Math.Max(known.Value, people.Value);
    }

    private string NameOf(DecisionTable decision, RateKind kind) => isOfFailures ? decision.Name : RateKinds.Name(kind, sums.OfPairs);

    // The verdicts on decisions and failures hold together.
    private void Widen(int comparisons)
    {
        jointConfidence = 1 - ((1 - tolerances.Confidence) / Math.Max(1, comparisons));
        failures?.Widen(comparisons);
    }

    private bool IsEnough(Rate? rate) => rate is { } known && known.People >= tolerances.PeopleMin;

    private void AddInequity(DecisionTable decision)
    {
        var groups = told.Where(g => Disclosure.Tells(decision.Groups[g], RateKind.FalsePositive)
            && IsEnough(Rate.Of(decision.Groups[g].FalsePositive)) && IsEnough(Rate.Of(decision.Groups[g].FalseNegative))).ToList();
        IReadOnlyList<Rate> positive = [.. groups.Select(g => Rate.Of(decision.Groups[g].FalsePositive)!.Value)];
        IReadOnlyList<Rate> negative = [.. groups.Select(g => Rate.Of(decision.Groups[g].FalseNegative)!.Value)];
        var people = groups.Sum(g => sums.Groups[g].People);
        AddFigure(decision, "max_geomean", NameOf(decision, RateKind.FalsePositive), people, positive, negative, (a, _) => Inequity.MaxByGeometricMean(a));
        AddFigure(decision, "max_geomean", NameOf(decision, RateKind.FalseNegative), people, positive, negative, (_, b) => Inequity.MaxByGeometricMean(b));
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
    private readonly record struct Side(int Number, IReadOnlyList<int> Groups, DecisionSums Sums);
}
