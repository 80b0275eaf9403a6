using Untag.Audit.Measures;

namespace Untag.Audit.Judging;

/// <summary>One way in which an output could tell the group.</summary>
internal abstract record IdentifyMeasure
{
    /// <summary>Name of the output in reports.</summary>
    public required string Output { get; init; }

    /// <summary>The chance of so much when groups of people are drawn by lot.</summary>
    public abstract double P { get; }

    /// <summary>The verdict.</summary>
    /// <param name="tolerances">What is tolerated.</param>
    /// <param name="tail">What each bound may leave out, for all measures together to hold.</param>
    public abstract Verdict VerdictOn(Tolerances tolerances, double tail);

    /// <summary>People that would settle it; null when no number does.</summary>
    public abstract long? Needed(Tolerances tolerances, double tail);

    /// <summary>What is told.</summary>
    /// <param name="confidence">Of the intervals of each line.</param>
    /// <param name="adjusted">The chance for all measures together.</param>
    /// <param name="verdict">The verdict, which stands in the first line.</param>
    public abstract IEnumerable<IdentifyLine> Lines(double confidence, double adjusted, Verdict verdict);
}

/// <summary>The values of an output, or classes of its numbers, by group.</summary>
/// <remarks>It holds when the upper bound of Cramér's V lies below the tolerance, and no value singles a group out: the share of the
/// group among those who got the value differs from its share among the others by less than the tolerance. V alone would pass a
/// rare value that is given to one group only.</remarks>
internal sealed record ValueMeasure(ContingencyTable Table, double Chance, long People) : IdentifyMeasure
{
    public override double P => Chance;

    public override Verdict VerdictOn(Tolerances tolerances, double tail)
    {
        if (Table.Groups < 2 || People < tolerances.PeopleMin)
            return Verdict.Insufficient; // there is no group to tell from another
        if (Table.Values < 2)
            return Verdict.Holds; // a constant says nothing
        var whole = Verdicts.Of(Table.CramersVInterval(tail), tolerances.LeakV);
        var values = Table.Concentrations(Disclosure.PeopleMin).ToList();
        var confidence = 1 - (2 * tail / Math.Max(1, values.Count));
        var single = values.Select(value => Verdicts.Of(
            GuaranteedGap.Between(value.Having, value.Without, confidence).Size(), tolerances.LeakV));
        return Verdicts.Worst(single.Append(whole))!.Value;
    }

    public override long? Needed(Tolerances tolerances, double tail)
    {
        var v = Table.CramersVCorrected;
        var bounds = Table.CramersVInterval(tail);
        var reach = v < tolerances.LeakV ? bounds.High - v : v - bounds.Low;
        return PeopleNeeded.For(
            People, reach, Math.Abs(v - tolerances.LeakV), Math.Max(tolerances.PeopleMin, People + 1));
    }

    public override IEnumerable<IdentifyLine> Lines(double confidence, double adjusted, Verdict verdict)
    {
        var isTable = Table.Groups >= 2;
        var v = Table.CramersVInterval((1 - confidence) / 2);
        var information = Table.MutualInformationInterval((1 - confidence) / 2);
        var line = new IdentifyLine { Output = Output, Measure = "g", P = isTable ? Chance : null, PAdjusted = isTable ? adjusted : null };
        yield return line with
        {
            Measure = "cramers_v",
            Estimate = isTable ? Disclosure.Rounded(Table.CramersV) : null,
            Corrected = isTable ? Disclosure.Rounded(Table.CramersVCorrected) : null,
            Low = isTable ? Disclosure.Rounded(v.Low) : null,
            High = isTable ? Disclosure.Rounded(v.High) : null,
            Verdict = verdict,
        };
        yield return line with
        {
            Measure = "mutual_information_nats",
            Estimate = isTable ? Disclosure.Rounded(Table.MutualInformation) : null,
            Corrected = isTable ? Disclosure.Rounded(Table.MutualInformationCorrected) : null,
            Low = isTable ? Disclosure.Rounded(information.Low) : null,
            High = isTable ? Disclosure.Rounded(information.High) : null,
        };
        yield return line with { Estimate = isTable ? Disclosure.Rounded(Table.G) : null };
    }
}

/// <summary>Several measures that are one question: the least holding of them is told, and its chance counts them all.</summary>
internal sealed record WorstMeasure(IReadOnlyList<IdentifyMeasure> Parts) : IdentifyMeasure
{
    public override double P => Math.Min(1, Parts.Count * Parts.Min(part => part.P));

    public override Verdict VerdictOn(Tolerances tolerances, double tail) =>
        Verdicts.Worst(Parts.Select(part => part.VerdictOn(tolerances, tail / Parts.Count)))!.Value;

    public override long? Needed(Tolerances tolerances, double tail) => Parts
        .Where(part => part.VerdictOn(tolerances, tail / Parts.Count) == Verdict.Insufficient)
        .Select(part => part.Needed(tolerances, tail / Parts.Count)).Aggregate((long?)0, (a, b) => a is null || b is null ? null : Math.Max(a.Value, b.Value));

    public override IEnumerable<IdentifyLine> Lines(double confidence, double adjusted, Verdict verdict) =>
        Parts.MinBy(part => part.P)!.Lines(1 - ((1 - confidence) / Parts.Count), adjusted, verdict).Take(1);
}

/// <summary>How well the numbers of an output tell a group from the rest.</summary>
internal sealed record AreaMeasure(Separation Separation, string Group, long People, long Others) : IdentifyMeasure
{
    public override double P => Separation.Chance;

    public override Verdict VerdictOn(Tolerances tolerances, double tail) =>
        Math.Min(People, Others) < tolerances.PeopleMin
            ? Verdict.Insufficient
            : Verdicts.Of(Size(tail), tolerances.LeakAuc);

    public override long? Needed(Tolerances tolerances, double tail)
    {
        var area = Math.Max(Separation.Area, 1 - Separation.Area);
        var size = Size(tail);
        var reach = area < tolerances.LeakAuc ? size.High - area : area - size.Low;
        return PeopleNeeded.For(
            People + Others, reach, Math.Abs(area - tolerances.LeakAuc),
            tolerances.PeopleMin * (People + Others) / Math.Max(1, Math.Min(People, Others)));
    }

    public override IEnumerable<IdentifyLine> Lines(double confidence, double adjusted, Verdict verdict)
    {
        var size = Size((1 - confidence) / 2);
        var tells = Math.Min(People, Others) >= Disclosure.PeopleMin;
        yield return new IdentifyLine
        {
            Output = Output,
            Measure = "auc",
            Group = Group,
            Estimate = tells ? Disclosure.Rounded(Math.Max(Separation.Area, 1 - Separation.Area)) : null,
            Low = tells ? Disclosure.Rounded(size.Low) : null,
            High = tells ? Disclosure.Rounded(size.High) : null,
            P = tells ? P : null,
            PAdjusted = tells ? adjusted : null,
            Verdict = verdict,
        };
    }

    private Statistics.Interval Size(double tail) => Separation.Size(Separation.Interval(-Statistics.Normal.Quantile(tail)));
}

/// <summary>An output that cannot be measured, since no two groups are told: that is no pass.</summary>
internal sealed record UntoldMeasure : IdentifyMeasure
{
    public override double P => 1;

    public override Verdict VerdictOn(Tolerances tolerances, double tail) => Verdict.Insufficient;

    public override long? Needed(Tolerances tolerances, double tail) => null;

    public override IEnumerable<IdentifyLine> Lines(double confidence, double adjusted, Verdict verdict) =>
        [new IdentifyLine { Output = Output, Measure = "auc", Verdict = verdict }];
}
