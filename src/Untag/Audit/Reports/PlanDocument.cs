using System.Text.Json.Serialization;
using Untag.Audit.Tables;

namespace Untag.Audit.Reports;

/// <summary>The JSON document <c>untag/audit-plan/1</c>: what will be measured. Its fields are described in
/// docs/formats/audit-plan.md.</summary>
internal sealed record PlanDocument(
    string Schema, IReadOnlyList<string> Group, IReadOnlyList<string> Cohorts, IReadOnlyList<string> Person, IReadOnlyList<string> Strata, IReadOnlyList<string> Outputs,
    string? Embedding, IReadOnlyList<PlannedDecision> Decisions, IReadOnlyList<PlannedDecision> Failures, string? Truth, [property: JsonPropertyName("label_noise")] IReadOnlyList<string> LabelNoise, PlannedTolerance Tolerance,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Consumed = null)
{
    public const string SchemaName = "untag/audit-plan/1";

    public static PlanDocument Of(AuditRequest request) => new(
        SchemaName,
        [request.Group, .. request.SecondGroup is { } group ? [group] : Array.Empty<string>()],
        request.Cohorts,
        [.. new[] { request.Person, request.SecondPerson }.OfType<string>()],
        request.Strata,
        request.Outputs,
        request.Embedding?.Name,
        [.. request.Decisions.Select(PlannedOf)],
        [.. request.Failures.Select(PlannedOf)],
        request.Truth,
        request.LabelNoise?.Stated ?? [],
        new PlannedTolerance(
            request.Tolerances.LeakAuc, request.Tolerances.RateGap, request.Tolerances.Confidence, request.Tolerances.PeopleMin),
        request.Consumed.Steps is { Count: > 0 } steps ? steps : null);

    /// <summary>What the plan asks for.</summary>
    /// <exception cref="AuditInputException">It asks for what cannot be measured.</exception>
    public AuditRequest Request()
    {
        if (Group.Count is 0 or > 2 || Person.Count > 2 || Outputs.Count + Decisions.Count + Failures.Count == 0 && Embedding is null
            || Tolerance is not { LeakAuc: > 0.5 and < 1, RateGap: > 0 and < 1, Confidence: > 0.5 and < 1, PeopleMin: >= 10 })
        {
            throw new AuditInputException("the plan asks for what cannot be measured", "make it again: untag audit plan --output FILE");
        }

        return new AuditRequest
        {
            Group = Group[0],
            SecondGroup = Group.ElementAtOrDefault(1),
            Cohorts = Cohorts,
            Person = Person.ElementAtOrDefault(0),
            SecondPerson = Person.ElementAtOrDefault(1),
            Strata = Strata,
            Outputs = Outputs,
            Embedding = Embedding is null ? null : TableSource.At(Embedding),
            Consumed = ConsumedForm.Of(Consumed ?? []),
            Decisions = [.. Decisions.Select(decision => decision.Condition())],
            Failures = [.. Failures.Select(failure => failure.Condition())],
            Truth = Truth,
            LabelNoise = LabelNoise.Count == 0 ? null : new LabelNoise(LabelNoise),
            Tolerances = new Tolerances
            {
                LeakAuc = Tolerance.LeakAuc,
                RateGap = Tolerance.RateGap,
                Confidence = Tolerance.Confidence,
                PeopleMin = Tolerance.PeopleMin,
            },
        };
    }

    private static PlannedDecision PlannedOf(Condition condition) =>
        new(condition.Name, condition.Column, JsonNamed(condition.Comparison), condition.Value);

    private static string JsonNamed(Comparison comparison) => comparison switch
    {
        Comparison.Equal => "==",
        Comparison.NotEqual => "!=",
        Comparison.Above => ">",
        Comparison.AtLeast => ">=",
        Comparison.Below => "<",
        Comparison.AtMost => "<=",
        _ => "",
    };
}

/// <summary>A decision; the comparison is empty for a column of yes and no.</summary>
internal sealed record PlannedDecision(string Name, string Column, string Comparison, string Value)
{
    public Condition Condition() => Tables.Condition.Parse(Comparison.Length == 0 ? Column : $"{Column} {Comparison} \"{Value}\"") with { Name = Name };
}

/// <summary>What is tolerated.</summary>
internal sealed record PlannedTolerance(
    [property: JsonPropertyName("leak_auc")] double LeakAuc, [property: JsonPropertyName("rate_gap")] double RateGap, double Confidence,
    [property: JsonPropertyName("people_min")] int PeopleMin);
