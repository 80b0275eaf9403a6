using Untag.Audit.Embeddings;

namespace Untag.Audit.Aggregates;

/// <summary>All that is kept of a table once it was read: sums by group, and nothing of a row or a person.</summary>
public sealed record AuditSums
{
    /// <summary>Rows of the table.</summary>
    public required long Rows { get; init; }

    /// <summary>True when a row compares two people, or two records of one.</summary>
    public required bool OfPairs { get; init; }

    /// <summary>The groups by their names in the table, in the order of their names.</summary>
    public required IReadOnlyList<GroupSums> Groups { get; init; }

    /// <summary>The outputs in the order in which they were asked for, then the decisions: what is finally acted upon is an
    /// output too.</summary>
    public required IReadOnlyList<OutputSums> Outputs { get; init; }

    /// <summary>The decisions in the order in which they were asked for.</summary>
    public required IReadOnlyList<DecisionTable> Decisions { get; init; }

    /// <summary>The sums of each stratum, in the order of their names; empty when none were asked for. A person who is in several strata
    /// counts in each.</summary>
    public IReadOnlyList<StratumSums> Strata { get; init; } = [];

    /// <summary>The sums of failures, as decisions, over all rows: those that failed are not among the other sums. Null when none were asked
    /// for.</summary>
    public AuditSums? Failures { get; init; }

    /// <summary>Moments of an embedding, of a part that is to be merged; null for none.</summary>
    internal EmbeddingSums? Embedding { get; init; }

    /// <summary>People of the table. Without a column of people each row is a person. Of pairs, a person who is compared in
    /// several groups counts in each.</summary>
    public long People => Groups.Sum(group => group.People);
}

/// <summary>What is kept of the rows of one stratum, such as those of one camera.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Sums">Its sums; it has only the groups that have a row in it.</param>
public sealed record StratumSums(string Name, AuditSums Sums);

/// <summary>A group.</summary>
/// <param name="Name">As the table states it.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="People">Its people.</param>
/// <param name="RowsSquared">Σt² over its people, who have t rows each.</param>
public sealed record GroupSums(string Name, long Rows, long People, long RowsSquared)
{
    /// <summary>Σt² / Σt: how many rows stand for one when the rows of a person are alike (Kish 1965); 1 when each person has one
    /// row.</summary>
    public double Design => Rows == 0 ? 1 : (double)RowsSquared / Rows;

    /// <summary>The sums of two groups that share nobody, under the name of the first.</summary>
    public static GroupSums operator +(GroupSums a, GroupSums b) =>
        new(a.Name, a.Rows + b.Rows, a.People + b.People, a.RowsSquared + b.RowsSquared);
}

/// <summary>How often each group got each value of an output.</summary>
/// <param name="Name">Name of the output.</param>
/// <param name="Values">The values, in the order of their names.</param>
/// <param name="Cells">By group, then by value: trials are the group's rows, hits those with the value.</param>
/// <param name="Scores">By group, when every value is a finite number; otherwise null. An output with more than
/// <see cref="ValuesMax"/> values has only these.</param>
public sealed record OutputSums(
    string Name, IReadOnlyList<string> Values, IReadOnlyList<IReadOnlyList<CellSums>> Cells, IReadOnlyList<ScoreSums>? Scores)
{
    /// <summary>More values than this are not counted one by one: the output is a score, or it is no output.</summary>
    public const int ValuesMax = 1000;
}

/// <summary>What a decision did to each group.</summary>
/// <param name="Name">Name of the decision.</param>
/// <param name="HasTruth">True when the truth of each row is known.</param>
/// <param name="Groups">By group, in the order of <see cref="AuditSums.Groups"/>.</param>
/// <param name="Curve">What other thresholds would do; null when the decision has none, or the truth is not known.</param>
public sealed record DecisionTable(string Name, bool HasTruth, IReadOnlyList<DecisionSums> Groups, DecisionCurve? Curve);

/// <summary>The numbers on which a decision rests.</summary>
/// <param name="Threshold">The deployed one.</param>
/// <param name="SelectsAbove">True when rows above it are selected.</param>
/// <param name="Groups">By group, in the order of <see cref="AuditSums.Groups"/>.</param>
public sealed record DecisionCurve(double Threshold, bool SelectsAbove, IReadOnlyList<CurveSums> Groups);
