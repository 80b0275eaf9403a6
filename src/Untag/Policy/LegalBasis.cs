namespace Untag.Policy;

/// <summary>What an instrument of law says of a trait, as of a date. Never a verdict on anybody's compliance.</summary>
public sealed record LegalBasis
{
    /// <summary>Short name, such as <c>eu-ai-act-5-1-g</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Code of the jurisdiction, such as <c>eu</c>.</summary>
    public required string Jurisdiction { get; init; }

    /// <summary>Name of the instrument.</summary>
    public required string Instrument { get; init; }

    /// <summary>The article.</summary>
    public required string Article { get; init; }

    /// <summary>Ids of the traits it names; empty when it names none.</summary>
    public required IReadOnlyList<string> Traits { get; init; }

    /// <summary>Who it binds: <c>provider</c>, <c>deployer</c>, <c>controller</c>.</summary>
    public required IReadOnlyList<string> Actors { get; init; }

    /// <summary>Such as <c>prohibited</c>, <c>draft</c> or <c>repealed</c>.</summary>
    public required string Status { get; init; }

    /// <summary>First day on which it applies; null when not known.</summary>
    public DateOnly? InForce { get; init; }

    /// <summary>Last day on which it applies; null when it has no end.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>What it says, in plain words.</summary>
    public required string Says { get; init; }

    /// <summary>Exemptions and permissions, and what each asks for.</summary>
    public required IReadOnlyList<Exemption> Exemptions { get; init; }

    /// <summary>False when the official text was not read: then it is printed with "check the official text".</summary>
    public required bool Verified { get; init; }
}

/// <summary>An exemption or permission that somebody may rely on.</summary>
/// <param name="Id">Short name, such as <c>eu-ai-act-4a</c>.</param>
/// <param name="Needs">What must be stated by whoever relies on it.</param>
public sealed record Exemption(string Id, IReadOnlyList<string> Needs);
