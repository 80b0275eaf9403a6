using Untag.Scan.History;

namespace Untag.Scan;

/// <summary>One reason for or against a finding.</summary>
/// <param name="Evidence">A sentence that says what was seen.</param>
/// <param name="Weight">Points for (positive) or against (negative) that the place is a tag of a person.</param>
public readonly record struct Reason(string Evidence, int Weight);

/// <summary>A place where the product carries a protected trait, with the chain of reasons.</summary>
public sealed record Finding
{
    /// <summary>Code of the rule, such as <c>UT0101</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>How grave it is.</summary>
    public required Level Level { get; init; }

    /// <summary>Id of the trait, such as <c>race</c>.</summary>
    public required string Trait { get; init; }

    /// <summary>What the place does with the trait.</summary>
    public required FindingKind Kind { get; init; }

    /// <summary>In which role the product meets the trait.</summary>
    public required FindingClass Class { get; init; }

    /// <summary>Path relative to the scanned root, with <c>/</c> as separator and <c>!/</c> for what lies inside an archive.</summary>
    public required string Path { get; init; }

    /// <summary>Line, counted from 1; null where lines mean nothing.</summary>
    public int? Line { get; init; }

    /// <summary>Column in characters, counted from 1; null where lines mean nothing.</summary>
    public int? Column { get; init; }

    /// <summary>Where inside the file, when a line does not say it: a notebook cell, a byte offset, a tensor.</summary>
    public string? Inner { get; init; }

    /// <summary>The matched text, never a data row about a person.</summary>
    public required string Match { get; init; }

    /// <summary>The reasons, strongest first.</summary>
    public required IReadOnlyList<Reason> Why { get; init; }

    /// <summary>From 0 to 1: how far the weighed evidence lies above what the level asks for.</summary>
    public required double Confidence { get; init; }

    /// <summary>Identity that survives moved lines: a hash of rule, path and normalised context.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The commit that added it, when it comes from the history of a repository; null otherwise, and where that
    /// commit was not read.</summary>
    public CommitName? Added { get; init; }

    /// <summary>The commit that took it away; null when none did.</summary>
    public CommitName? Removed { get; init; }
}
