using Untag.Audit.Aggregates;
using Untag.Audit.Lots;

namespace Untag.Audit.Judging;

/// <summary>Judges whether an output tells of what group a person is.</summary>
/// <remarks>An output of few values is measured by its values (<see cref="ValueMeasure"/>), one of numbers by their order, their
/// shape and their digits (<see cref="ScoreMeasures"/>). The claim holds when each measure of each output does, by bounds that
/// hold for all of them together. Where there are strata, it is judged within them, and the whole table is told
/// beside.</remarks>
/// <param name="sums">The sums of the tables.</param>
/// <param name="tolerances">What is tolerated.</param>
/// <param name="mixing">What wrong labels do; null when nobody has stated them.</param>
/// <param name="lots">Draws the groups of people by lot for all outputs together; null where no people are at hand.</param>
/// <param name="more">Measures that sums do not hold: those of embeddings.</param>
internal sealed class IdentifyJudge(
    AuditSums sums, Tolerances tolerances, Mixing? mixing, SharedLots? lots, IReadOnlyList<IdentifyMeasure> more)
{
    /// <summary>What a measure within strata is called behind its name.</summary>
    public const string Within = "_within";

    /// <summary>What a measure of the true groups is called behind its name.</summary>
    public const string Denoised = "_denoised";

    /// <summary>The lines of all outputs.</summary>
    public IReadOnlyList<IdentifyLine> Lines { get; private set; } = [];

    /// <summary>What would settle the outputs that are insufficient.</summary>
    public IReadOnlyList<SettlesLine> Settles { get; private set; } = [];

    /// <summary>The verdict on all outputs; null when there is none.</summary>
    public Verdict? Verdict { get; private set; }

    /// <summary>How the chances were adjusted for being several.</summary>
    public Adjustment Adjustment { get; private set; }

    /// <summary>Judges.</summary>
    public IdentifyJudge Judge()
    {
        var hasStrata = sums.Strata.Count > 0;
        var ofOutputs = Judged(sums).ToList();
        IReadOnlyList<IdentifyMeasure> beside = [.. more, .. sums.Failures is { } failures ? Judged(failures) : []];
        IReadOnlyList<IdentifyMeasure> measures = [.. ofOutputs, .. beside];
        var adjusted = Adjusted(ofOutputs, beside);
        var tail = (1 - tolerances.Confidence) / 2 / Math.Max(1, measures.Count);
        var verdicts = measures.Select(measure => Known(measure, measure.VerdictOn(tolerances, mixing ?? Mixing.None, tail))).ToList();
        var told = hasStrata
            ? Enumerable.Range(0, sums.Outputs.Count).SelectMany(new OutputMeasures(sums, [sums]).Of).SelectMany(measure => measure.Lines(tolerances.Confidence, null, null, null))
            : [];
        Lines =
        [
            .. told.Select(Disclosed),
            .. measures.SelectMany((measure, i) => measure.Lines(tolerances.Confidence, mixing, adjusted[i], verdicts[i]))
                .Select(line => hasStrata ? line with { Measure = WithinOf(line.Measure) } : line).Select(Disclosed),
        ];
        Verdict = Verdicts.Worst(verdicts);
        if (Verdict == Judging.Verdict.Insufficient)
        {
            var open = measures.Where((_, i) => verdicts[i] == Judging.Verdict.Insufficient).ToList();
            var needed = open.Where(measure => InsteadOf(measure) is null).Select(Needed).ToList();
            Settles =
            [
                .. needed.Count == 0 ? [] : new[] { new SettlesLine(AuditClaims.NoTagLeaked, null, needed.Contains(null) ? null : needed.Max()) },
                .. open.Select(InsteadOf).OfType<string>().Distinct()
                    .Select(instead => new SettlesLine(AuditClaims.NoTagLeaked, null, null) { Instead = instead }),
            ];
        }

        return this;

        string? InsteadOf(IdentifyMeasure measure) => measure.Instead ?? (IsTold(measure.Output) ? null
            : $"more people on both sides of what is decided, in each group: a number would tell of fewer than {Disclosure.PeopleMin}");

        long? Needed(IdentifyMeasure measure) => measure.VerdictOn(tolerances, mixing ?? Mixing.None, tail) == Judging.Verdict.Holds
            ? PeopleNeeded.For(sums.People, 0, 1, sums.People * Tolerances.PeopleMinOfUnknownNoise / Math.Max(1, Smallest))
            : measure.Needed(tolerances, mixing ?? Mixing.None, tail);
    }

    // That a row failed is an output too: a group can be hidden in what is missing.
    private static IEnumerable<IdentifyMeasure> Judged(AuditSums sums)
    {
        var measures = new OutputMeasures(sums, sums.Strata.Count == 0 ? [sums] : [.. sums.Strata.Select(stratum => stratum.Sums)]);
        var found = new IReadOnlyList<IdentifyMeasure>[sums.Outputs.Count];
        InParallel.Do(found.Length, number => found[number] = [.. measures.Of(number)]);
        return found.SelectMany(own => own);
    }

    // A chance is as good as the figure that it is of.
    private IdentifyLine Disclosed(IdentifyLine line) => IsTold(line.Output)
        ? line
        : line with { Estimate = null, Corrected = null, Low = null, High = null, P = null, PAdjusted = null };

    private bool IsTold(string output) =>
        sums.Decisions.Where(decision => decision.Name == output).All(decision => Disclosure.TellsWhole(sums.Groups, decision))
        && (sums.Failures is not { } failures || failures.Decisions.Where(decision => decision.Name == output)
            .All(decision => Disclosure.TellsWhole(failures.Groups, decision)));

    private long Smallest => Disclosure.Told(sums.Groups).Select(g => sums.Groups[g].People).DefaultIfEmpty().Min();

    // Of few people nothing is certain when nobody knows how many of them are of another group; but a constant tells nothing.
    private Verdict Known(IdentifyMeasure measure, Verdict verdict) =>
        verdict == Judging.Verdict.Holds && mixing is null && Smallest < Tolerances.PeopleMinOfUnknownNoise && measure is not ValueMeasure { Tables.Freedom: 0 }
            ? Judging.Verdict.Insufficient
            : verdict;

    private static string WithinOf(string measure) => measure.EndsWith(Denoised, StringComparison.Ordinal)
        ? measure[..^Denoised.Length] + Within + Denoised
        : measure + Within;

    // Embeddings and failures have chances and no lots: both kinds share what all may be wrong together, by their number.
    private List<double> Adjusted(List<IdentifyMeasure> ofOutputs, IReadOnlyList<IdentifyMeasure> beside)
    {
        var chances = ofOutputs.Concat(beside).Select(measure => new Chance(measure.P)).ToList();
        if (lots?.Adjusted(ofOutputs) is not { } drawn)
        {
            Adjustment = Adjustment.Holm;
            return [.. Multiplicity.Holm(chances)];
        }

        Adjustment = Adjustment.WestfallYoung;
        double all = chances.Count;
        return
        [
            .. drawn.Select((chance, i) => Math.Min(1, Math.Max(chance, chances[i].P) * all / ofOutputs.Count)),
            .. Multiplicity.Holm([.. beside.Select(measure => new Chance(measure.P))]).Select(chance => Math.Min(1, chance * all / beside.Count)),
        ];
    }
}
