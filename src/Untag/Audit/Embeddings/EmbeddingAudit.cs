using Untag.Audit.Aggregates;
using Untag.Audit.Judging;
using Untag.Audit.Measures;
using Untag.Audit.Tables;

namespace Untag.Audit.Embeddings;

/// <summary>Measures whether embeddings tell of what group a person is.</summary>
/// <remarks>
/// The array is read several times beside the table, one row at a time; people are split, not rows
/// (<see cref="LabelledPeople.SetOf"/>). For the coordinates, then for their squares and waves (<see cref="FeatureMap"/>):
/// <list type="number">
/// <item>moments by group, of the people to fit on and of the others;</item>
/// <item>a probe is fitted, and brought to be as sure as it may be on the second set of people;</item>
/// <item>it is measured on the third (<see cref="HeldOutProbe"/>), and is gone.</item>
/// </list>
/// Groups that are withheld are left out. Where there are strata, all of it is within them: means are those of the stratum, and areas are
/// van Elteren's mean.
/// </remarks>
internal sealed class EmbeddingAudit(
    AuditRequest request, TableSource embedding, IReadOnlyList<TableSource> tables, AuditSums sums, MeasuredRows measured,
    CancellationToken cancellation)
{
    private readonly IReadOnlyList<int> told = Disclosure.Told(sums.Groups);
    private readonly IReadOnlyList<string>? strata = sums.Strata.Count == 0 ? null : [.. sums.Strata.Select(stratum => stratum.Name)];

    /// <summary>The measures: of the coordinates, and of what lies behind them.</summary>
    /// <exception cref="AuditInputException">The array does not fit the table, or cannot be read.</exception>
    public IEnumerable<IdentifyMeasure> Measures(ProbeKinds probes)
    {
        var name = Path.GetFileName(embedding.Name);
        if (told.Count < 2)
        {
            yield return new UntoldMeasure { Output = name };
            yield break;
        }

        var (linear, moments) = Probe(name, Coordinates, Lines);
        yield return linear;
        yield return Probe($"{name}, non-linear", _ => new FeatureMap(moments), KernelLines).Measure;
        if (probes == ProbeKinds.WithNetwork)
            yield return Network($"{name}, network", moments);
    }

    /// <summary>Moments of all people, for a merge with those of others.</summary>
    /// <exception cref="AuditInputException">The array does not fit the table, or there are so few people that sums would tell of them.</exception>
    public EmbeddingSums Moments()
    {
        PartMoments.CheckGroups(
            sums.Groups.Select(group => group.People), "in this part", "give more people, or take the group out of the table and the array");
        ClassMoments? moments = null;
        Pass(Coordinates, (features, group, _) =>
        {
            moments ??= new ClassMoments(new FeatureMap(features.Present.Length), sums.Groups.Count); // about 0, which all parts share
            moments.Add(features, group);
        });
        PartMoments.CheckAll(sums.People, moments!.Size, sums.Groups.Count, "audit all tables together");
        return new EmbeddingSums(Path.GetFileName(embedding.Name), [.. sums.Groups.Select(group => group.Name)], ExactSums.Of(moments));
    }

    /// <summary>How often a linear probe is right in people whom it has not seen; null when that is not to be told.</summary>
    /// <exception cref="AuditInputException">The array does not fit the table, or cannot be read.</exception>
    public Rate? Right()
    {
        if (told.Count < 2)
            return null;
        var fitted = Fitted(Coordinates).Fit;
        var right = Tested(Coordinates, new LinearProbe(fitted), fitted).Right;
        return Disclosure.HasBothSides(right) ? Rate.Of(right) : null;
    }

    /// <summary>How alike rows of a person and of different people are, of all who are measured.</summary>
    /// <exception cref="AuditInputException">The array does not fit the table, or cannot be read.</exception>
    public PairScores Pairs()
    {
        var pairs = new PairScores();
        Pass(Coordinates, (features, _, person) => pairs.Add(features, person));
        return pairs;
    }

    private static FeatureMap Coordinates(NpyRows rows) => new(rows.Dimensions);

    private (IdentifyMeasure Measure, ClassMoments Fitted) Probe(
        string output, Func<NpyRows, FeatureMap> map, Func<string, ClassMoments, ProbeSums, IEnumerable<IdentifyLine>> lines)
    {
        var (fit, others) = Fitted(map);
        var tested = Tested(map, new LinearProbe(fit), fit);
        others.Add(fit);
        return (new ProbeMeasure(Areas(output, tested), [.. lines(output, others, tested)]) { Output = output }, fit);
    }

    private ProbeMeasure Network(string output, ClassMoments fitted)
    {
        var rows = new TrainingRows(told.Count);
        Pass(Coordinates, (features, group, person) =>
        {
            if (LabelledPeople.SetOf(person) == PeopleSet.Fit)
                rows.Add(features, group);
        });
        var tested = Tested(Coordinates, new NetworkProbe(rows, fitted, cancellation), fitted);
        return new ProbeMeasure(Areas(output, tested), [Information(output, tested)]) { Output = output };
    }

    // Moments of the people to fit on, and of the others.
    private (ClassMoments Fit, ClassMoments Others) Fitted(Func<NpyRows, FeatureMap> map)
    {
        ClassMoments? fit = null, others = null;
        Pass(map, (features, group, person) =>
        {
            fit ??= new ClassMoments(features, told.Count, Strata);
            others ??= new ClassMoments(features, told.Count, Strata);
            (LabelledPeople.SetOf(person) == PeopleSet.Fit ? fit : others).Add(features, (features.Stratum * told.Count) + group);
        });
        return fit is not null && Enumerable.Range(0, told.Count).All(group => fit.RowsOfGroup(group) > 0) ? (fit, others!) : throw new AuditInputException(
            $"`{embedding.Name}`: there are too few people of a group to fit a probe on half of them", "audit more people");
    }

    // Brings a probe down on the second set of people, and measures it on the third.
    private ProbeSums Tested(Func<NpyRows, FeatureMap> map, TrainedProbe trained, ClassMoments fitted)
    {
        var probe = new HeldOutProbe(trained, fitted);
        Pass(map, (features, group, person) =>
        {
            if (LabelledPeople.SetOf(person) == PeopleSet.Calibrate)
                probe.Calibrate(features, group);
        });
        Pass(map, (features, group, person) =>
        {
            if (LabelledPeople.SetOf(person) == PeopleSet.Test)
                probe.Test(features, group, person);
        });
        return probe.Close();
    }

    private WorstMeasure Areas(string output, ProbeSums tested)
    {
        var areas = new List<IdentifyMeasure>();
        for (var j = 0; j < (told.Count == 2 ? 1 : told.Count); j++)
        {
            var within = new List<Separation>();
            long people = 0, otherPeople = 0;
            foreach (var stratum in tested.Strata)
            {
                var rest = stratum.Groups.Where((_, other) => other != j).Aggregate((a, b) => a + b);
                if (Separation.Of(stratum.Odds[j].Group, stratum.Groups[j].Design, stratum.Odds[j].Others, rest.Design) is not { } separation)
                    continue;
                within.Add(separation);
                people += stratum.Groups[j].People;
                otherPeople += rest.People;
            }

            if (Separation.Within(within, Overlap) is { } whole)
            {
                areas.Add(new AreaMeasure(
                    whole, sums.Groups[told[j]].Name, (long)(people / Overlap), (long)(otherPeople / Overlap))
                { Output = output });
            }
        }

        return areas.Count > 0 ? new WorstMeasure(areas) { Output = output } : throw new AuditInputException(
            $"`{embedding.Name}`: there are too few people of a group to measure a probe on a quarter of them", "audit more people");
    }

    private int Strata => strata?.Count ?? 1;

    // In how many strata a person is, on average.
    private double Overlap => strata is null ? 1 : Math.Max(1, (double)sums.Strata.Sum(stratum => stratum.Sums.People) / sums.People);

    private double Design => sums.Groups.Max(group => group.Design);

    private IEnumerable<IdentifyLine> Lines(string output, ClassMoments moments, ProbeSums tested)
    {
        var leak = CanonicalLeak.Of(moments, Design);
        var line = new IdentifyLine { Output = output, Measure = "rho2", P = leak?.Chance };
        yield return line with { Estimate = Disclosure.Rounded(leak?.LargestCorrelation) };
        yield return line with
        {
            Measure = "pillai",
            Estimate = Disclosure.Rounded(leak?.Pillai),
            Corrected = Disclosure.Rounded(leak?.PillaiCorrected),
        };
        yield return Information(output, tested);
    }

    private IEnumerable<IdentifyLine> KernelLines(string output, ClassMoments moments, ProbeSums tested)
    {
        var rate = Rate.Of(tested.Right);
        var most = (double)tested.Strata.Sum(stratum => stratum.Groups.Max(group => group.Rows))
            / Math.Max(1, tested.Strata.Sum(stratum => stratum.Groups.Sum(group => group.Rows)));
        var interval = rate?.Interval(Statistics.Normal.TwoSided(request.Tolerances.Confidence, 1));
        yield return new IdentifyLine
        {
            Output = output,
            Measure = "c2st",
            Estimate = Disclosure.Rounded(rate?.Estimate),
            Low = Disclosure.Rounded(interval?.Low),
            High = Disclosure.Rounded(interval?.High),
            P = rate is { } right ? ChanceAbove((right.Estimate - most) / Math.Sqrt(most * (1 - most) / right.EffectiveTrials)) : null,
        };
        var kernel = KernelLeak.Of(moments, moments.Size - FeatureMap.WaveFeatures, Design);
        yield return new IdentifyLine
        {
            Output = output,
            Measure = "hsic",
            Estimate = Disclosure.Rounded(kernel?.Criterion),
            P = kernel?.Chance,
        };
        yield return Information(output, tested);
    }

    private IdentifyLine Information(string output, ProbeSums tested)
    {
        var spread = Statistics.Normal.TwoSided(request.Tolerances.Confidence, 1) * tested.InformationError;
        return new IdentifyLine
        {
            Output = output,
            Measure = "v_information",
            Estimate = Disclosure.Rounded(tested.Information),
            Low = Disclosure.Rounded(tested.Information - spread),
            High = Disclosure.Rounded(tested.Information + spread),
            P = tested.InformationError > 0 ? ChanceAbove(tested.Information / tested.InformationError) : null,
        };
    }

    private static double ChanceAbove(double deviation)
    {
        var twoSided = Statistics.ChiSquared.Above(deviation * deviation, 1);
        return deviation > 0 ? twoSided / 2 : 1 - (twoSided / 2);
    }

    private void Pass(Func<NpyRows, FeatureMap> map, Action<FeatureMap, int, ulong> row)
    {
        var all = sums.Failures?.Rows ?? sums.Rows; // who failed has a row too
        using var rows = new NpyRows(EmbeddingSource.Beside(embedding, tables, all));
        if (rows.Rows != all)
        {
            throw new AuditInputException(
                $"`{embedding.Name}` has {rows.Rows} rows, the table {all}", "an embedding stands in the row of the array that its row of the table has");
        }

        var features = map(rows);
        var people = new LabelledPeople(request, tables, [.. told.Select(g => sums.Groups[g].Name)], strata);
        foreach (var (group, person) in people.Rows())
        {
            if (rows.Read % 4096 == 0)
                cancellation.ThrowIfCancellationRequested();
            rows.Next();
            if (group < 0 || !measured.IsMeasured(person))
                continue;
            measured.Change(rows);
            features.Take(rows, people.Stratum);
            row(features, group, person);
        }
    }
}

/// <summary>What is tried on an embedding.</summary>
internal enum ProbeKinds
{
    /// <summary>Linear discriminants, of the coordinates and of their squares and waves.</summary>
    ClosedForm,

    /// <summary>A small network too, which is trained.</summary>
    WithNetwork,
}

/// <summary>A probe's separation of people whom it had not seen, which is judged, and what is told beside it.</summary>
internal sealed record ProbeMeasure(WorstMeasure Areas, IReadOnlyList<IdentifyLine> Beside) : IdentifyMeasure
{
    public override double P => Areas.P;

    public override Verdict VerdictOn(Tolerances tolerances, Mixing mixing, double tail) => Areas.VerdictOn(tolerances, mixing, tail);

    public override long? Needed(Tolerances tolerances, Mixing mixing, double tail) => Areas.Needed(tolerances, mixing, tail) * 4; // a quarter is measured

    public override IEnumerable<IdentifyLine> Lines(double confidence, Mixing? mixing, double? adjusted, Verdict? verdict) =>
        Areas.Lines(confidence, mixing, adjusted, verdict).Concat(Beside);
}
