namespace Untag.Scan.Allowances;

/// <summary>Findings that the product's owner has accepted in the product file, with a reason and an end.</summary>
public sealed record Allowance
{
    /// <summary>Code of the rule.</summary>
    public required string Rule { get; init; }

    /// <summary>Glob of the paths it holds for.</summary>
    public required string Path { get; init; }

    /// <summary>Last day on which it holds, in UTC.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Who accepted it; null when not stated.</summary>
    public string? Approver { get; init; }

    /// <summary>Path of the file that it is written in, as findings would show it.</summary>
    public required string WrittenIn { get; init; }

    /// <summary>Line on which it begins, counted from 1.</summary>
    public required int WrittenOn { get; init; }
}
