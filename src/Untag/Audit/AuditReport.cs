using System.Globalization;
using Untag.Audit.Judging;

namespace Untag.Audit;

/// <summary>What an audit found. Nothing here is about fewer people than <see cref="Disclosure.PeopleMin"/>: what is withheld was
/// left out before the report was made, so that no form of it can show it.</summary>
public sealed record AuditReport
{
    /// <summary>SHA-256 of the plan that was fixed before the data were read; null without one.</summary>
    public string? PlanDigest { get; init; }

    /// <summary>How it was measured.</summary>
    public required AuditMethod Method { get; init; }

    /// <summary>Rows of the table, without those that failed: all of them, less those, would tell of failures that are withheld.</summary>
    public required long Rows { get; init; }

    /// <summary>People of the table.</summary>
    public required long People { get; init; }

    /// <summary>The groups, in the order of their names; those that are withheld are one entry, the last.</summary>
    public required IReadOnlyList<GroupLine> Groups { get; init; }

    /// <summary>What each output says about the groups.</summary>
    public required IReadOnlyList<IdentifyLine> Identify { get; init; }

    /// <summary>What each decision does to each group.</summary>
    public required IReadOnlyList<TargetLine> Target { get; init; }

    /// <summary>The error rates of each group at other thresholds than the deployed one.</summary>
    public IReadOnlyList<CurveLine> Curves { get; init; } = [];

    /// <summary>The verdict on <c>no-tag-leaked</c>; null when no output was measured.</summary>
    public required Verdict? NoTagLeaked { get; init; }

    /// <summary>The verdict on <c>no-group-targeted</c>; null when no decision was measured.</summary>
    public required Verdict? NoGroupTargeted { get; init; }

    /// <summary>How many people would settle what is insufficient.</summary>
    public required IReadOnlyList<SettlesLine> Settles { get; init; }

    /// <summary>True when no claim that was measured fails or is insufficient.</summary>
    public bool Holds => NoTagLeaked is null or Verdict.Holds && NoGroupTargeted is null or Verdict.Holds;
}

/// <summary>What a reader must know of how an audit measured, for its figures to mean something (ISO/IEC 19795-10 asks for the
/// uncertainty and for how thresholds were set).</summary>
/// <param name="Tolerances">What is tolerated, and how sure verdicts are.</param>
/// <param name="Strata">Columns within which outputs and decisions are judged; empty for none.</param>
/// <param name="LabelNoise">How often a stated group is wrong, as it was declared; empty when nobody has said.</param>
/// <param name="Consumed">What becomes of an embedding before it is measured, by name; empty for nothing.</param>
/// <param name="Thresholds">The deployed threshold of each decision that has one.</param>
/// <param name="AdjustedBy">How <see cref="IdentifyLine.PAdjusted"/> was adjusted; null when no output was measured.</param>
public sealed record AuditMethod(
    Tolerances Tolerances, IReadOnlyList<string> Strata, IReadOnlyList<string> LabelNoise, IReadOnlyList<string> Consumed, IReadOnlyList<DeployedThreshold> Thresholds,
    Adjustment? AdjustedBy);

/// <summary>The deployed threshold of a decision.</summary>
public readonly record struct DeployedThreshold(string Decision, double Threshold);

/// <summary>A group.</summary>
/// <param name="Name">As the table states it; <see cref="Disclosure.Withheld"/> for those that are not told.</param>
/// <param name="People">Its people, rounded; null when it is withheld.</param>
/// <param name="Suppressed">True when it is withheld.</param>
public sealed record GroupLine(string Name, long? People, bool Suppressed);

/// <summary>A measure of what an output says about the groups.</summary>
public sealed record IdentifyLine
{
    /// <summary>Name of the output.</summary>
    public required string Output { get; init; }

    /// <summary>Name of the measure, such as <c>cramers_v</c>.</summary>
    public required string Measure { get; init; }

    /// <summary>The group that it is about; null for all groups together.</summary>
    public string? Group { get; init; }

    /// <summary>As counted; chance alone makes it larger than 0. Null when there is nothing to tell apart.</summary>
    public double? Estimate { get; init; }

    /// <summary>The same without what chance adds on average; null where no such form is known.</summary>
    public double? Corrected { get; init; }

    /// <summary>Lower bound of the value in the population, free of what chance adds.</summary>
    public double? Low { get; init; }

    /// <summary>Its upper bound.</summary>
    public double? High { get; init; }

    /// <summary>The chance of so much when groups are drawn by lot.</summary>
    public double? P { get; init; }

    /// <summary>The same for all outputs together.</summary>
    public double? PAdjusted { get; init; }

    /// <summary>Null when the measure is told and not judged.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>Why it was not measured, in words; null when it was.</summary>
    public string? NotMeasured { get; init; }

    /// <summary>True when there is a plan, and it does not name this.</summary>
    public bool Exploratory { get; init; }

    /// <summary>True for Cramér's V as counted: its verdict rests on the corrected form, which another line tells.</summary>
    public bool IsCounted => Measure.StartsWith("cramers_v", StringComparison.Ordinal) && !Measure.Contains("corrected", StringComparison.Ordinal);
}

/// <summary>A measure of what a decision does to a group.</summary>
public sealed record TargetLine
{
    /// <summary>Name of the decision.</summary>
    public required string Decision { get; init; }

    /// <summary>Name of the measure, such as <c>fpr_gap</c>.</summary>
    public required string Measure { get; init; }

    /// <summary>The group; null for a measure of all groups together.</summary>
    public string? Group { get; init; }

    /// <summary>What the group is compared with: another group, or <c>rest</c>, the other people. For a measure of all groups
    /// together, the rate that it is about when it is about one.</summary>
    public string? Reference { get; init; }

    /// <summary>The value; null when it is withheld or cannot be had.</summary>
    public double? Estimate { get; init; }

    /// <summary>Lower bound, for this line alone.</summary>
    public double? Low { get; init; }

    /// <summary>Upper bound, for this line alone.</summary>
    public double? High { get; init; }

    /// <summary>People of the group that it rests on, rounded; null when it is withheld.</summary>
    public long? N { get; init; }

    /// <summary>Null when the measure is told and not judged. A line that is withheld can have a verdict: the verdict says of no
    /// number what it is.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>True when there is a plan, and it does not name this.</summary>
    public bool Exploratory { get; init; }
}

/// <summary>The error rates of a group at thresholds that are the same for all groups.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Group">The group.</param>
/// <param name="Points">In the order of the thresholds; empty when all lie too near to each other to be told.</param>
public sealed record CurveLine(string Decision, string Group, IReadOnlyList<CurvePoint> Points);

/// <summary>What a threshold would do.</summary>
/// <param name="Threshold">The threshold.</param>
/// <param name="FalsePositive">The rate of false positives (of pairs: false matches).</param>
/// <param name="FalseNegative">The rate of false negatives (of pairs: false non-matches).</param>
public readonly record struct CurvePoint(double Threshold, double FalsePositive, double FalseNegative);

/// <summary>How many people would settle a claim for a group.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Group">The group; null for all together.</param>
/// <param name="PeopleNeeded">People that the group should have, rounded up; null when no number that one can have settles it,
/// because the value lies at the tolerance.</param>
public sealed record SettlesLine(string Claim, string? Group, long? PeopleNeeded)
{
    /// <summary>What would settle it in the stead of people; null for nothing else.</summary>
    public string? Instead { get; init; }

    /// <summary>What would settle it, as a sentence without an end.</summary>
    /// <param name="whose">The group, or the table, as it is shown.</param>
    public string InWords(string whose) => (Instead, PeopleNeeded) switch
    {
        ({ } instead, _) => instead,
        (_, { } people) => string.Create(CultureInfo.InvariantCulture, $"about {people} people in {whose} would settle it"),
        _ => $"no number of people in {whose} would settle it: the value lies at the tolerance",
    };
}
