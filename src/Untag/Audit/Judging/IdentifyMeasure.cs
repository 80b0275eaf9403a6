using Untag.Audit.Lots;
using Untag.Audit.Measures;
using Untag.Audit.Statistics;

namespace Untag.Audit.Judging;

/// <summary>One way in which an output could tell the group.</summary>
internal abstract record IdentifyMeasure
{
    /// <summary>Name of the output in reports.</summary>
    public required string Output { get; init; }

    /// <summary>What is looked at when groups are drawn by lot for all outputs together; null when that is not done.</summary>
    public Lot? Lot { get; init; }

    /// <summary>The same of all that is looked at.</summary>
    public virtual IEnumerable<Lot> Lots => Lot is null ? [] : [Lot];

    /// <summary>The chance of so much when groups of people are drawn by lot.</summary>
    public abstract double P { get; }

    /// <summary>The verdict.</summary>
    /// <param name="tolerances">What is tolerated.</param>
    /// <param name="mixing">What wrong labels do.</param>
    /// <param name="tail">What each bound may leave out, for all measures together to hold.</param>
    public abstract Verdict VerdictOn(Tolerances tolerances, Mixing mixing, double tail);

    /// <summary>People that would settle it; null when no number does.</summary>
    public abstract long? Needed(Tolerances tolerances, Mixing mixing, double tail);

    /// <summary>What would settle it in the stead of more people; null for nothing else.</summary>
    public virtual string? Instead => null;

    /// <summary>What is told.</summary>
    /// <param name="confidence">Of the intervals of each line.</param>
    /// <param name="mixing">What wrong labels do; null when the true groups are not to be told.</param>
    /// <param name="adjusted">The chance for all measures together; null when it is told and not judged.</param>
    /// <param name="verdict">The verdict, which stands in the lines that it is about.</param>
    public abstract IEnumerable<IdentifyLine> Lines(double confidence, Mixing? mixing, double? adjusted, Verdict? verdict);
}

/// <summary>The values of an output, or classes of its numbers, by group.</summary>
/// <remarks>It holds when the upper bound of Cramér's V in the population lies below the tolerance, and no value singles a group out: the
/// share of the group among those who got the value differs from its share among the others by less than the tolerance. V alone
/// would pass a rare value that is given to one group only.</remarks>
/// <param name="Tables">What the values say of the groups.</param>
/// <param name="Values">For each value and group by how much the group's share differs.</param>
/// <param name="Chance">The chance of so much by lot.</param>
/// <param name="People">The people.</param>
internal sealed record ValueMeasure(Association Tables, IReadOnlyList<StratifiedGap> Values, double Chance, long People) : IdentifyMeasure
{
    public override double P => Chance;

    public override Verdict VerdictOn(Tolerances tolerances, Mixing mixing, double tail)
    {
        if (!Tables.HasGroups || People < tolerances.PeopleMin)
            return Verdict.Insufficient; // there is no group to tell from another
        if (Tables.Freedom == 0)
            return Verdict.Holds; // a constant says nothing
        var whole = Verdicts.Of(Tables.CorrectedVInterval(tail), tolerances.LeakV * mixing.Associations);
        var confidence = 1 - (2 * tail / Math.Max(1, Values.Count));
        var single = Values.Select(value => Verdicts.Of(value.Guaranteed(confidence).Size(), tolerances.LeakV * mixing.Shares));
        return Verdicts.Worst(single.Append(whole))!.Value;
    }

    public override long? Needed(Tolerances tolerances, Mixing mixing, double tail)
    {
        var v = Tables.CorrectedV;
        var bounds = Tables.CorrectedVInterval(tail);
        var tolerated = tolerances.LeakV * mixing.Associations;
        var reach = v < tolerated ? bounds.High - v : v - bounds.Low;
        return PeopleNeeded.For(
            People, reach, Math.Abs(v - tolerated), Math.Max(tolerances.PeopleMin, People + 1));
    }

    public override IEnumerable<IdentifyLine> Lines(double confidence, Mixing? mixing, double? adjusted, Verdict? verdict)
    {
        var tail = (1 - confidence) / 2;
        var line = new IdentifyLine { Output = Output, Measure = "g" };
        if (!Tables.HasGroups)
        {
            string[] untold = ["cramers_v", "cramers_v_corrected", "mutual_information_nats", "mutual_information_nats_corrected", "g"];
            return untold.Select((name, i) => line with { Measure = name, Verdict = i < 2 ? verdict : null });
        }

        line = line with { P = Chance, PAdjusted = adjusted };
        var corrected = Tables.CorrectedVInterval(tail);
        return
        [
            Line(line, "cramers_v", Tables.V, Tables.VInterval(tail)) with { Verdict = verdict },
            Line(line, "cramers_v_corrected", Tables.CorrectedV, corrected) with { Verdict = mixing is null ? verdict : null },
            .. mixing is null ? [] : new[]
            {
                Line(line, "cramers_v_corrected_denoised", mixing.Association(Tables.CorrectedV), new Interval(
                    mixing.Association(corrected.Low), mixing.Association(corrected.High))) with { Verdict = verdict },
            },
            Line(line, "mutual_information_nats", Tables.Information, Tables.InformationInterval(tail)),
            Line(line, "mutual_information_nats_corrected", Tables.CorrectedInformation, Tables.CorrectedInformationInterval(tail)),
            line with { Estimate = Disclosure.Rounded(Tables.G) },
        ];
    }

    private static IdentifyLine Line(IdentifyLine line, string measure, double estimate, Interval interval) => line with
    {
        Measure = measure,
        Estimate = Disclosure.Rounded(estimate),
        Low = Disclosure.Rounded(interval.Low),
        High = Disclosure.Rounded(interval.High),
    };
}

/// <summary>Several measures that are one question: the least holding of them is told, and its chance counts them all.</summary>
internal sealed record WorstMeasure(IReadOnlyList<IdentifyMeasure> Parts) : IdentifyMeasure
{
    public override IEnumerable<Lot> Lots => Parts.SelectMany(part => part.Lots);

    public override double P => Math.Min(1, Parts.Count * Parts.Min(part => part.P));

    public override Verdict VerdictOn(Tolerances tolerances, Mixing mixing, double tail) =>
        Verdicts.Worst(Parts.Select(part => part.VerdictOn(tolerances, mixing, tail / Parts.Count)))!.Value;

    public override long? Needed(Tolerances tolerances, Mixing mixing, double tail) => Parts
        .Where(part => part.VerdictOn(tolerances, mixing, tail / Parts.Count) == Verdict.Insufficient)
        .Select(part => part.Needed(tolerances, mixing, tail / Parts.Count)).Aggregate((long?)0, (a, b) => a is null || b is null ? null : Math.Max(a.Value, b.Value));

    public override IEnumerable<IdentifyLine> Lines(double confidence, Mixing? mixing, double? adjusted, Verdict? verdict) =>
        Parts.MinBy(part => part.P)!.Lines(1 - ((1 - confidence) / Parts.Count), mixing, adjusted, verdict)
            .Where((line, i) => i == 0 || line.Verdict is not null);
}

/// <summary>How well the numbers of an output tell a group from the rest.</summary>
internal sealed record AreaMeasure(Separation Separation, string Group, long People, long Others) : IdentifyMeasure
{
    public override double P => Separation.Chance;

    public override Verdict VerdictOn(Tolerances tolerances, Mixing mixing, double tail) =>
        Math.Min(People, Others) < tolerances.PeopleMin
            ? Verdict.Insufficient
            : Verdicts.Of(Size(tail), Tolerated(tolerances, mixing));

    public override long? Needed(Tolerances tolerances, Mixing mixing, double tail)
    {
        var area = Math.Max(Separation.Area, 1 - Separation.Area);
        var size = Size(tail);
        var tolerated = Tolerated(tolerances, mixing);
        var reach = area < tolerated ? size.High - area : area - size.Low;
        return PeopleNeeded.For(
            People + Others, reach, Math.Abs(area - tolerated),
            tolerances.PeopleMin * (People + Others) / Math.Max(1, Math.Min(People, Others)));
    }

    public override IEnumerable<IdentifyLine> Lines(double confidence, Mixing? mixing, double? adjusted, Verdict? verdict)
    {
        var size = Size((1 - confidence) / 2);
        var tells = Math.Min(People, Others) >= Disclosure.PeopleMin;
        var line = new IdentifyLine
        {
            Output = Output,
            Measure = "auc",
            Group = Group,
            Estimate = tells ? Disclosure.Rounded(Math.Max(Separation.Area, 1 - Separation.Area)) : null,
            Low = tells ? Disclosure.Rounded(size.Low) : null,
            High = tells ? Disclosure.Rounded(size.High) : null,
            P = tells ? P : null,
            PAdjusted = tells ? adjusted : null,
        };
        yield return line with { Verdict = mixing is null ? verdict : null };
        if (mixing is null)
            yield break;
        yield return line with
        {
            Measure = "auc_denoised",
            Estimate = tells ? Disclosure.Rounded(mixing.Area(line.Estimate!.Value)) : null,
            Low = tells ? Disclosure.Rounded(mixing.Area(size.Low)) : null,
            High = tells ? Disclosure.Rounded(mixing.Area(size.High)) : null,
            Verdict = verdict,
        };
    }

    private static double Tolerated(Tolerances tolerances, Mixing mixing) => 0.5 + ((tolerances.LeakAuc - 0.5) * mixing.Gaps);

    private Interval Size(double tail) => Separation.Size(Separation.Interval(-Normal.Quantile(tail)));
}

/// <summary>An output that cannot be measured, since no two groups are told: that is no pass.</summary>
internal sealed record UntoldMeasure : IdentifyMeasure
{
    public override double P => 1;

    public override Verdict VerdictOn(Tolerances tolerances, Mixing mixing, double tail) => Verdict.Insufficient;

    public override long? Needed(Tolerances tolerances, Mixing mixing, double tail) => null;

    public override IEnumerable<IdentifyLine> Lines(double confidence, Mixing? mixing, double? adjusted, Verdict? verdict) =>
        [new IdentifyLine { Output = Output, Measure = "auc", Verdict = verdict }];
}
