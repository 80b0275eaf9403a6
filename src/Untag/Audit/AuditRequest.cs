using Untag.Audit.Tables;

namespace Untag.Audit;

/// <summary>What an audit is asked to measure.</summary>
public sealed record AuditRequest
{
    /// <summary>Column with the group that people stated of themselves.</summary>
    public required string Group { get; init; }

    /// <summary>Second column of groups: then a group is what both state together, such as <c>Black &amp; female</c>. Null for
    /// one.</summary>
    public string? SecondGroup { get; init; }

    /// <summary>The groups that the table may state; empty for any. A label outside is an error: it would be a group of its
    /// own.</summary>
    public IReadOnlyList<string> Cohorts { get; init; } = [];

    /// <summary>Column that says which rows are of one person; null when each row is a person.</summary>
    public string? Person { get; init; }

    /// <summary>Second column of people: then a row compares two people, or two records of one. Null for one.</summary>
    public string? SecondPerson { get; init; }

    /// <summary>Columns that tell strata, such as camera and site: what is explained by them is no leak and no targeting. Empty for
    /// none.</summary>
    public IReadOnlyList<string> Strata { get; init; } = [];

    /// <summary>Columns that the product outputs.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>An array of NumPy with a row for each row of the tables; null for none.</summary>
    public TableSource? Embedding { get; init; }

    /// <summary>What becomes of the embedding before it is compared, stored or sent: that is what is measured.</summary>
    public ConsumedForm Consumed { get; init; } = ConsumedForm.Plain;

    /// <summary>What is decided by the outputs.</summary>
    public IReadOnlyList<Condition> Decisions { get; init; } = [];

    /// <summary>Conditions under which a row has failed before anything was output or decided: <c>fte</c> to enrol, <c>fta</c> to acquire.
    /// Such rows are in no other measure.</summary>
    public IReadOnlyList<Condition> Failures { get; init; } = [];

    /// <summary>Column with the truth of each row, yes or no; null when it is not known.</summary>
    public string? Truth { get; init; }

    /// <summary>How often a stated group is wrong; null when nobody has said.</summary>
    public LabelNoise? LabelNoise { get; init; }

    /// <summary>What is tolerated, and how sure a verdict must be.</summary>
    public Tolerances Tolerances { get; init; } = new();

    /// <summary>What was fixed before the tables were read; null for nothing.</summary>
    public PlanMark? Plan { get; init; }
}

/// <summary>What is tolerated, and how sure a verdict must be.</summary>
public sealed record Tolerances
{
    /// <summary>The largest leak tolerated, as an area under the curve: 0.5 is none, 1 tells the group for certain.</summary>
    public double LeakAuc { get; init; } = 0.60;

    /// <summary>The same on the scale of Cramér's V: the difference of the two rates of a test with that area, 2a − 1. For
    /// two values and two groups of equal size both are the same number.</summary>
    public double LeakV => (2 * LeakAuc) - 1;

    /// <summary>The largest difference of rates tolerated, from 0 to 1.</summary>
    public double RateGap { get; init; } = 0.05;

    /// <summary>Confidence of the intervals, and of all verdicts on a claim together.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Fewer people than this in a group: no verdict.</summary>
    public int PeopleMin { get; init; } = 50;

    /// <summary>Fewer people than this in a group: nothing holds when nobody has stated how often a stated group is wrong. Had each of fewer
    /// been asked again and none been wrong, 1.5 % of them still could be (the rule of three).</summary>
    public const int PeopleMinOfUnknownNoise = 200;
}
