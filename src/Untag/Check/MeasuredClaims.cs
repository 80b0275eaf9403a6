using System.Globalization;
using Untag.Audit;
using Untag.Audit.Judging;
using Untag.Evidence.Statements;

namespace Untag.Check;

/// <summary>What an audit says of the two claims that it can decide.</summary>
/// <param name="audit">The audit of the product; null when its file asks for none.</param>
internal sealed class MeasuredClaims(AuditOutcome? audit)
{
    private const int SentencesMax = 6;

    /// <summary>Decided by what outputs say of the group.</summary>
    public ClaimResult NoTagLeaked()
    {
        var isAsked = audit is not null;
        return new ClaimResult
        {
            Claim = Claims.NoTagLeaked,
            Says = Claims.Says(Claims.NoTagLeaked),
            Verdict = audit?.Problem is not null ? ClaimVerdict.Insufficient : Meant(audit?.Report?.NoTagLeaked),
            Partial = isAsked && audit!.Report is null,
            Checked = [.. Tables("outputs", [.. audit?.Request?.Outputs ?? [], .. audit?.Request?.Embedding is { } array ? [array.Name] : Array.Empty<string>()])],
            Passed = [.. Outputs(Verdict.Holds)],
            Failed = isAsked
                ? [.. Outputs(Verdict.Fails), .. Outputs(Verdict.Insufficient), .. Problems()]
                : ["no outputs were measured"],
            Measures = [.. LeakMeasures()],
            NotProven =
            [
                "an audit speaks of the outputs, people and conditions of its table: another camera, place or version can differ",
                "the groups are those that the table states: a tag for people whom it does not tell apart is not seen",
            ],
            Next = [.. Next(AuditClaims.NoTagLeaked, "outputs with the groups that people stated of themselves")],
        };
    }

    /// <summary>The verdict on rates; null when no decision was to be measured.</summary>
    public ClaimVerdict? RatesVerdict => audit is null || (audit.Problem is null && audit.Report!.NoGroupTargeted is null)
        ? null
        : Meant(audit.Report?.NoGroupTargeted);

    /// <summary>True when rates were to be measured and could not be.</summary>
    public bool RatesPartial => audit?.Problem is not null;

    /// <summary>What rates were taken of.</summary>
    public IEnumerable<string> RatesChecked => Tables("decisions", [.. audit?.Request?.Decisions.Select(decision => decision.Name) ?? []]);

    /// <summary>What speaks for the claim.</summary>
    public IEnumerable<string> RatesPassed => audit?.Report?.NoGroupTargeted == Verdict.Holds
        ? [$"rates of all groups differ by less than {Number(audit.Request!.Tolerances.RateGap)}, with {audit.Request!.Tolerances.Confidence:P0} confidence"]
        : [];

    /// <summary>What speaks against it, or is missing.</summary>
    public IEnumerable<string> RatesFailed =>
        [.. Gaps(Verdict.Fails), .. TooFew(), .. Problems()];

    /// <summary>The figures behind the verdict on rates.</summary>
    public IEnumerable<ClaimMeasure> RatesMeasures =>
        from line in audit?.Report?.Target ?? []
        where line is { Verdict: not null, Reference: not null, Estimate: not null }
        select new ClaimMeasure
        {
            Name = line.Measure,
            Of = line.Decision,
            Group = line.Group,
            Against = line.Reference,
            Estimate = line.Estimate!.Value,
            Low = line.Low,
            High = line.High,
            Tolerance = Disclosure.Rounded(audit!.Request!.Tolerances.RateGap)!.Value,
            N = audit.Report!.Rows,
            People = line.N,
            Verdict = Verdicts.Name(line.Verdict!.Value),
        };

    /// <summary>What to do next about rates.</summary>
    public IEnumerable<string> RatesNext =>
        Next(AuditClaims.NoGroupTargeted, "decisions with the truth and with the groups that people stated of themselves");

    private static ClaimVerdict Meant(Verdict? verdict) => verdict switch
    {
        Verdict.Holds => ClaimVerdict.Holds,
        Verdict.Fails => ClaimVerdict.Fails,
        Verdict.Insufficient => ClaimVerdict.Insufficient,
        _ => ClaimVerdict.NotChecked,
    };

    private IEnumerable<string> Tables(string what, IReadOnlyList<string> names)
    {
        if (audit?.Report is not { } report || names.Count == 0)
            yield break;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join(", ", audit.Section.Tables)}: {report.Rows} rows of {report.People} people; {what} {string.Join(", ", names)}");
        if (report.PlanDigest is { } digest)
            yield return $"by the plan {audit.Section.Plan} with the SHA-256 {digest}";
    }

    private IEnumerable<string> Outputs(Verdict verdict)
    {
        foreach (var line in (audit?.Report?.Identify ?? []).Where(line => line.Verdict == verdict && !line.IsCounted))
        {
            var limit = LimitOf(line);
            var name = IsArea(line) ? $"area under the curve of {line.Group}" : "Cramér's V";
            var value = line.Estimate is null ? "" : $" ({name} {Value(line.Estimate, line.Low, line.High)}, {Number(limit)} is tolerated)";
            yield return verdict switch
            {
                Verdict.Holds => $"`{line.Output}` says next to nothing of the group{value}",
                Verdict.Fails when line.Low <= limit =>
                    $"a value of `{line.Output}` is given to one group far more than to the others{value}",
                Verdict.Fails => $"`{line.Output}` tells of what group a person is{value}",
                _ => $"too few people to tell whether `{line.Output}` says of what group a person is{value}",
            };
        }
    }

    // A line that is withheld has no estimate: it is no figure, whatever its verdict.
    private IEnumerable<ClaimMeasure> LeakMeasures() =>
        from line in audit?.Report?.Identify ?? []
        where line is { Verdict: not null, Estimate: not null, IsCounted: false }
        select new ClaimMeasure
        {
            Name = line.Measure,
            Of = line.Output,
            Group = line.Group,
            Estimate = line.Estimate!.Value,
            Low = line.Low,
            High = line.High,
            Tolerance = Disclosure.Rounded(LimitOf(line))!.Value,
            N = audit!.Report!.Rows,
            People = Disclosure.Rounded(audit.Report.People),
            Verdict = Verdicts.Name(line.Verdict!.Value),
        };

    private static bool IsArea(IdentifyLine line) => line.Measure.StartsWith("auc", StringComparison.Ordinal);

    private double LimitOf(IdentifyLine line) =>
        IsArea(line) ? audit!.Request!.Tolerances.LeakAuc : audit!.Request!.Tolerances.LeakV;

    private IEnumerable<string> Gaps(Verdict verdict)
    {
        var lines = (audit?.Report?.Target ?? []).Where(line => line.Verdict == verdict && line.Reference is not null)
            .OrderByDescending(line => Math.Abs(line.Estimate ?? 0)).ToList();
        foreach (var line in lines.Take(SentencesMax))
        {
            var isInOne = verdict == Verdict.Fails && Math.Abs(line.Estimate ?? 1) <= audit!.Request!.Tolerances.RateGap;
            yield return $"`{line.Decision}` differs by group{(isInOne ? " in one stratum" : "")}: {line.Measure} of {line.Group} against {line.Reference} "
                + $"{Value(line.Estimate, line.Low, line.High)}, {Number(audit!.Request!.Tolerances.RateGap)} is tolerated";
        }

        if (lines.Count > SentencesMax)
            yield return string.Create(CultureInfo.InvariantCulture, $"and {lines.Count - SentencesMax} more comparisons of groups");
    }

    private IEnumerable<string> TooFew() => audit?.Report?.NoGroupTargeted == Verdict.Insufficient
        ? ["too few people to tell whether rates differ by group"]
        : [];

    private IEnumerable<string> Problems() => audit?.Problem is { } problem ? [$"the audit could not be done: {problem}"] : [];

    private IEnumerable<string> Next(string claim, string needed)
    {
        if (audit is null)
        {
            yield return $"it needs {needed}: name them under `audit` in untag.yaml";
            yield break;
        }

        foreach (var line in (audit.Report?.Settles ?? []).Where(line => line.Claim == claim))
        {
            var whose = line.Group is null ? "the table" : $"group {line.Group}";
            yield return line.PeopleNeeded is { } people
                ? string.Create(CultureInfo.InvariantCulture, $"about {people} people in {whose} would settle it")
                : $"no number of people in {whose} would settle it: the value lies at the tolerance";
        }

        if (audit.Hint is { } hint)
            yield return hint;
        else
            yield return "`untag audit` shows every measure";
    }

    private static string Value(double? estimate, double? low, double? high) => (estimate, low, high) switch
    {
        (null, _, _) => "withheld",
        ({ } value, { } from, { } to) => $"{Number(value)} [{Number(from)}, {Number(to)}]",
        ({ } value, _, _) => Number(value),
    };

    private static string Number(double value) => value.ToString("0.00##", CultureInfo.InvariantCulture);
}
