using System.Text.Json.Serialization;
using Untag.Audit.Aggregates;
using Untag.Audit.Embeddings;
using Untag.Audit.Judging;
using Untag.Audit.Tables;

namespace Untag.Audit.Reports;

/// <summary>The JSON document <c>untag/audit-partial/2</c>: the sums of a part of the people, to be merged with others. Its fields
/// are described in docs/formats/audit-partial.md.</summary>
internal sealed record PartialDocument(
    string Schema, AsksPart Asks, long Rows, IReadOnlyList<PartialGroup> Groups, IReadOnlyList<PartialOutput> Outputs,
    IReadOnlyList<PartialDecision> Decisions, IReadOnlyList<PartialStratum> Strata, PartialFailures? Failures,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PartialEmbedding? Embedding = null)
{
    public const string SchemaName = "untag/audit-partial/2";

    public static PartialDocument Of(AuditRequest request, AuditSums sums)
    {
        var whole = PartialStratum.Of(new StratumSums("", sums));
        return new PartialDocument(
            SchemaName, AsksPart.Of(request) with { Embedding = sums.Embedding?.Moments.Size }, whole.Rows, whole.Groups, whole.Outputs, whole.Decisions,
            [.. sums.Strata.Select(PartialStratum.Of)], sums.Failures is null ? null : PartialFailures.Of(sums.Failures),
            sums.Embedding is null ? null : PartialEmbedding.Of(sums.Embedding));
    }

    /// <summary>The sums; null when the document contradicts itself.</summary>
    public AuditSums? Sums()
    {
        var failures = Failures?.Whole.Within(Asks, Failures.Strata);
        var isWhole = Failures is null ? Asks.Failures.Count == 0
            : failures is not null && failures.Decisions.Count == Asks.Failures.Count && failures.Rows >= Rows;
        return isWhole && new PartialStratum("", Rows, Groups, Outputs, Decisions).Within(Asks, Strata) is { } sums
            && Embedding?.Dimensions == Asks.Embedding && (Embedding is null || Embedding.Sums(Groups) is not null)
            ? sums with { Failures = failures, Embedding = Embedding?.Sums(Groups) }
            : null;
    }
}

/// <summary>Moments of an embedding: <see cref="ExactSums"/> in Base64, of all groups of the part.</summary>
internal sealed record PartialEmbedding(string Says, string Name, int Dimensions, string Moments)
{
    private EmbeddingSums? read; // what was read to be checked is read to be added

    public static PartialEmbedding Of(EmbeddingSums sums)
    {
        using var bytes = new MemoryStream();
        sums.Moments.Write(bytes);
        return new PartialEmbedding(
            PartMoments.Warning, sums.Name, sums.Moments.Size, Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    /// <summary>The sums; null when they are not of these groups, or of so few people that they would tell of them.</summary>
    public EmbeddingSums? Sums(IReadOnlyList<PartialGroup> groups)
    {
        // Before room is made for what a file states.
        if (read is not null || Dimensions is < 1 or > ExactSums.SizeMax || groups.Any(group => group.People < Disclosure.PeopleMin)
            || Moments.Length != (ExactSums.BytesOf(Dimensions, groups.Count) + 2) / 3 * 4)
            return read;
        var bytes = new byte[Moments.Length / 4 * 3];
        if (!Convert.TryFromBase64String(Moments, bytes, out var length) || length != ExactSums.BytesOf(Dimensions, groups.Count))
            return null;
        var sums = ExactSums.Empty(Dimensions, groups.Count);
        using var stream = new MemoryStream(bytes, 0, length);
        sums.Read(stream);
        for (var group = 0; group < groups.Count; group++)
            sums.Rows[group] = groups[group].Rows;
        return read = new EmbeddingSums(Name, [.. groups.Select(group => group.Group)], sums);
    }
}

/// <summary>The sums of failures, over all rows.</summary>
internal sealed record PartialFailures(PartialStratum Whole, IReadOnlyList<PartialStratum> Strata)
{
    public static PartialFailures Of(AuditSums sums) => new(PartialStratum.Of(new StratumSums("", sums)), [.. sums.Strata.Select(PartialStratum.Of)]);
}

/// <summary>The sums of a stratum, in the form of those of the whole.</summary>
internal sealed record PartialStratum(
    string Stratum, long Rows, IReadOnlyList<PartialGroup> Groups, IReadOnlyList<PartialOutput> Outputs, IReadOnlyList<PartialDecision> Decisions)
{
    public static PartialStratum Of(StratumSums stratum) => new(
        stratum.Name, stratum.Sums.Rows,
        [.. stratum.Sums.Groups.Select(group => new PartialGroup(group.Name, group.Rows, group.People, group.RowsSquared))],
        [.. stratum.Sums.Outputs.Select(output => new PartialOutput(
            output.Name, output.Values, [.. output.Cells.Select(PackedCells.Of)],
            output.Scores is null ? null : [.. output.Scores.Select(ScorePart.Of)]))],
        [.. stratum.Sums.Decisions.Select(decision => new PartialDecision(
            decision.Name, decision.HasTruth, [.. decision.Groups.Select(PartialDecision.Packed)],
            decision.Curve is null ? null : CurvePart.Of(decision.Curve)))]);

    /// <summary>The sums of a whole with its strata; null when they contradict each other.</summary>
    public AuditSums? Within(AsksPart asks, IReadOnlyList<PartialStratum> parts)
    {
        var ofPairs = asks.SecondPerson is not null;
        var strata = parts.Select(part => new StratumSums(part.Stratum, part.Sums(ofPairs)!)).ToList();
        var isWhole = strata.TrueForAll(stratum => stratum.Sums is not null)
            && strata.Select(stratum => stratum.Name).Distinct().Count() == strata.Count
            && parts.All(part => part.Outputs.Count == Outputs.Count && part.Decisions.Count == Decisions.Count)
            && (asks.Strata.Count == 0 ? strata.Count == 0 : strata.Sum(stratum => stratum.Sums.Rows) == Rows);
        return isWhole && Sums(ofPairs) is { } sums ? sums with { Strata = strata } : null;
    }

    /// <summary>The sums; null when they contradict each other.</summary>
    public AuditSums? Sums(bool ofPairs)
    {
        var width = Groups.Count;
        var isWhole = Rows == Groups.Sum(group => group.Rows) && width > 0
            && Groups.Select(group => group.Group).Distinct().Count() == width
            && Groups.All(group => group.People >= 1 && group.Rows >= group.People / 2 && group.RowsSquared >= group.Rows)
            && Outputs.All(output => output.IsWhole(Groups))
            && Decisions.All(decision => decision.IsWhole(Groups));
        return !isWhole ? null : new AuditSums
        {
            Rows = Rows,
            OfPairs = ofPairs,
            Groups = [.. Groups.Select(group => new GroupSums(group.Group, group.Rows, group.People, group.RowsSquared))],
            Outputs = [.. Outputs.Select(output => new OutputSums(
                output.Output, output.Values, output.Sums()!,
                output.Scores is null ? null : [.. output.Scores.Select(score => score.Sums()!)]))],
            Decisions = [.. Decisions.Select(decision => new DecisionTable(
                decision.Decision, decision.Truth, decision.Sums()!, decision.Curve?.Sums()))],
        };
    }
}

/// <summary>What was asked: sums of different questions are not added up.</summary>
internal sealed record AsksPart(
    string Group, [property: JsonPropertyName("second_group")] string? SecondGroup, string? Person,
    [property: JsonPropertyName("second_person")] string? SecondPerson, IReadOnlyList<string> Strata, IReadOnlyList<string> Outputs, IReadOnlyList<string> Decisions,
    IReadOnlyList<string> Failures,
    string? Truth, [property: JsonPropertyName("label_noise")] IReadOnlyList<string> LabelNoise,
    [property: JsonPropertyName("leak_auc")] double LeakAuc, [property: JsonPropertyName("rate_gap")] double RateGap,
    string? Plan, IReadOnlyList<string> Planned,
    double Confidence = AsksPart.StandardConfidence, [property: JsonPropertyName("people_min")] int PeopleMin = AsksPart.StandardPeopleMin,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Embedding = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Consumed = null)
{
    // Parts that were written before a plan could differ in them do not tell them: those were judged with the standard ones.
    private const double StandardConfidence = 0.95;
    private const int StandardPeopleMin = 50;

    public static AsksPart Of(AuditRequest request) => new(
        request.Group, request.SecondGroup, request.Person, request.SecondPerson, request.Strata, request.Outputs,
        [.. request.Decisions.Select(Spelt)], [.. request.Failures.Select(Spelt)],
        request.Truth, request.LabelNoise?.Stated ?? [], request.Tolerances.LeakAuc, request.Tolerances.RateGap, request.Plan?.Digest, request.Plan?.Planned ?? [],
        request.Tolerances.Confidence, request.Tolerances.PeopleMin, Consumed: request.Consumed.Steps is { Count: > 0 } steps ? steps : null);

    private static string Spelt(Condition condition) =>
        $"{condition.Name} = {condition.Column} {condition.Comparison} {condition.Value}".TrimEnd();

    /// <summary>What judges need of the request.</summary>
    public AuditRequest Judged() => new()
    {
        Group = Group,
        Strata = Strata,
        Consumed = ConsumedForm.Of(Consumed ?? []),
        LabelNoise = LabelNoise.Count == 0 ? null : new LabelNoise(LabelNoise),
        Tolerances = new Tolerances { LeakAuc = LeakAuc, RateGap = RateGap, Confidence = Confidence, PeopleMin = PeopleMin },
        Plan = Plan is { } plan ? new PlanMark(plan, Planned) : null,
    };

    /// <summary>The first thing in which two differ; null when they ask the same.</summary>
    public string? Difference(AsksPart other) =>
        Group != other.Group ? "group"
        : SecondGroup != other.SecondGroup ? "second_group"
        : Person != other.Person ? "person"
        : SecondPerson != other.SecondPerson ? "second_person"
        : !Strata.SequenceEqual(other.Strata) ? "strata"
        : !Outputs.SequenceEqual(other.Outputs) ? "outputs"
        : !Decisions.SequenceEqual(other.Decisions) ? "decisions"
        : !Failures.SequenceEqual(other.Failures) ? "failures"
        : Truth != other.Truth ? "truth"
        : !LabelNoise.SequenceEqual(other.LabelNoise) ? "label_noise"
        : LeakAuc != other.LeakAuc ? "leak_auc"
        : RateGap != other.RateGap ? "rate_gap"
        : Confidence != other.Confidence ? "confidence"
        : PeopleMin != other.PeopleMin ? "people_min"
        : Plan != other.Plan ? "plan"
        : Embedding != other.Embedding ? "embedding"
        : !(Consumed ?? []).SequenceEqual(other.Consumed ?? []) ? "consumed"
        : null;
}

/// <summary>A group.</summary>
internal sealed record PartialGroup(
    string Group, long Rows, long People, [property: JsonPropertyName("rows_squared")] long RowsSquared);

/// <summary>An output: for each group a text of <see cref="PackedCells"/>, a cell a value; by group when it is a score.</summary>
internal sealed record PartialOutput(
    string Output, IReadOnlyList<string> Values, IReadOnlyList<string> Cells, IReadOnlyList<ScorePart>? Scores)
{
    private IReadOnlyList<CellSums>[]? read; // what was read to be checked is read to be added

    /// <summary>The cells by group; null when they contradict each other.</summary>
    public IReadOnlyList<IReadOnlyList<CellSums>>? Sums()
    {
        if (read is null && Cells.Select(text => PackedCells.Read(text, Values.Count)).ToArray() is var all && Array.TrueForAll(all, cells => cells is not null))
            read = [.. all.Select(cells => cells!)];
        return read;
    }

    public bool IsWhole(IReadOnlyList<PartialGroup> groups)
    {
        var cells = Sums() is { } sums && (Values.Count == 0 ? sums.Count == 0 : sums.Count == groups.Count && sums.Select((row, g) =>
            row.All(cell => cell.Trials == groups[g].Rows && cell.People == groups[g].People)
            && row.Sum(cell => cell.Hits) == groups[g].Rows).All(isWhole => isWhole));
        var scores = Scores is null ? Values.Count > 0 : Scores.Count == groups.Count
            && Scores.Select((part, g) => part.Sums() is { } numbers && numbers.Histogram.Total == groups[g].Rows).All(isWhole => isWhole);
        return cells && scores && Values.Distinct().Count() == Values.Count && Values.Count <= OutputSums.ValuesMax;
    }
}

/// <summary>The numbers of a group: see <see cref="ScoreSums"/>. Both are texts of <see cref="PackedCounts"/>.</summary>
internal sealed record ScorePart(string Histogram, string Digits)
{
    private ScoreSums? read; // what was read to be checked is read to be added

    public static ScorePart Of(ScoreSums sums) => new(
        PackedCounts.Of(sums.Histogram.Bins()), PackedCounts.Of(sums.Digits.Counts()));

    /// <summary>The sums; null when they contradict each other.</summary>
    public ScoreSums? Sums() => read ??= Read();

    private ScoreSums? Read()
    {
        var counts = new DigitCounts();
        if (Histogrammed(Histogram) is not { } histogram || PackedCounts.Read(Digits, DigitCounts.Kinds) is not { } digits)
            return null;
        foreach (var (digit, count) in digits)
            counts.Add(digit, count);
        return counts.AreOf(histogram.Total) ? new ScoreSums(histogram, counts) : null;
    }

    /// <summary>The histogram of a text; null when it is none.</summary>
    public static ScoreHistogram? Histogrammed(string text)
    {
        if (PackedCounts.Read(text, ScoreHistogram.BinOf(double.MaxValue) + 1) is not { } bins)
            return null;
        var histogram = new ScoreHistogram();
        foreach (var (bin, count) in bins)
            histogram.Add(bin, count);
        return histogram;
    }
}

/// <summary>A decision: for each group a text of <see cref="PackedCells"/>, a cell for each of the four rates.</summary>
internal sealed record PartialDecision(string Decision, bool Truth, IReadOnlyList<string> Groups, CurvePart? Curve)
{
    private const int Rates = 4;

    private DecisionSums[]? read;

    public static string Packed(DecisionSums sums) =>
        PackedCells.Of([sums.Selected, sums.FalsePositive, sums.FalseNegative, sums.Precision]);

    /// <summary>The sums by group; null when they contradict each other.</summary>
    public IReadOnlyList<DecisionSums>? Sums()
    {
        if (read is null && Groups.Select(text => PackedCells.Read(text, Rates)).ToArray() is var all && Array.TrueForAll(all, cells => cells is not null))
        {
            read = [.. all.Select(cells => new DecisionSums
            {
                Selected = cells![0],
                FalsePositive = cells[1],
                FalseNegative = cells[2],
                Precision = cells[3],
            })];
        }

        return read;
    }

    public bool IsWhole(IReadOnlyList<PartialGroup> groups) => Sums() is { } sums && sums.Count == groups.Count
        && sums.Select((part, g) => part.Selected.Trials == groups[g].Rows && part.Selected.People == groups[g].People).All(isWhole => isWhole)
        && (Curve is null || (Curve.Groups.Count == groups.Count && Curve.Groups.Select((part, g) => part.Sums() is { } numbers
            && numbers.No.Total == sums[g].FalsePositive.Trials && numbers.Yes.Total == sums[g].FalseNegative.Trials).All(isWhole => isWhole)));
}

/// <summary>The numbers on which a decision rests: see <see cref="DecisionCurve"/>.</summary>
internal sealed record CurvePart(double Threshold, bool Above, IReadOnlyList<CurveGroup> Groups)
{
    public static CurvePart Of(DecisionCurve curve) => new(curve.Threshold, curve.SelectsAbove, [.. curve.Groups.Select(CurveGroup.Of)]);

    public DecisionCurve Sums() => new(Threshold, Above, [.. Groups.Select(group => group.Sums()!)]);
}

/// <summary>The numbers of a group by truth, as texts of <see cref="PackedCounts"/>.</summary>
internal sealed record CurveGroup(string No, string Yes)
{
    private CurveSums? read;

    public static CurveGroup Of(CurveSums sums) => new(PackedCounts.Of(sums.No.Bins()), PackedCounts.Of(sums.Yes.Bins()));

    /// <summary>The sums; null when a text is none.</summary>
    public CurveSums? Sums() => read ??=
        ScorePart.Histogrammed(No) is { } no && ScorePart.Histogrammed(Yes) is { } yes ? new CurveSums(no, yes) : null;
}
