namespace Untag.Scan.Allowances;

/// <summary>A comment that accepts findings, with the lines that it speaks of.</summary>
internal sealed record InlineAllowance
{
    /// <summary>What it says.</summary>
    public required AllowComment Comment { get; init; }

    /// <summary>The comment itself.</summary>
    public required string Text { get; init; }

    /// <summary>Line of the comment.</summary>
    public required int Line { get; init; }

    /// <summary>Column of the comment.</summary>
    public required int Column { get; init; }

    /// <summary>Where in the file, as in a finding; null when the line says it.</summary>
    public required string? Inner { get; init; }

    /// <summary>The line whose findings it accepts.</summary>
    public required int Target { get; init; }
}
