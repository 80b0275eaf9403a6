using System.Text.Json.Serialization;

namespace Untag.Scan.Reports.Sarif;

// The part of SARIF 2.1.0 (OASIS Standard, 2020) that Untag writes. Names are those of the standard.

/// <summary>A log file (section 3.13).</summary>
internal sealed record SarifLog(
    [property: JsonPropertyName("$schema")] string Schema, string Version, IReadOnlyList<Run> Runs);

/// <summary>One run of the tool (section 3.14).</summary>
internal sealed record Run(
    Tool Tool,
    IReadOnlyList<Invocation> Invocations,
    string ColumnKind,
    IReadOnlyDictionary<string, ArtifactLocation> OriginalUriBaseIds,
    IReadOnlyList<Result> Results);

/// <summary>The tool (section 3.18).</summary>
internal sealed record Tool(ToolComponent Driver);

/// <summary>What the tool consists of (section 3.19).</summary>
internal sealed record ToolComponent(string Name, string Version, string SemanticVersion, IReadOnlyList<ReportingDescriptor> Rules);

/// <summary>A rule (section 3.49).</summary>
internal sealed record ReportingDescriptor(
    string Id, string Name, Message ShortDescription, Message FullDescription, Help Help, Configuration DefaultConfiguration);

/// <summary>Help in plain text and in Markdown (section 3.12).</summary>
internal sealed record Help(string Text, string Markdown);

/// <summary>The level that a rule has by default (section 3.50).</summary>
internal sealed record Configuration(string Level);

/// <summary>How the run went (section 3.20).</summary>
internal sealed record Invocation(bool ExecutionSuccessful, IReadOnlyList<Notification> ToolExecutionNotifications);

/// <summary>Something that went wrong while running (section 3.58).</summary>
internal sealed record Notification(Message Message, string Level, IReadOnlyList<Location> Locations);

/// <summary>A text (section 3.11).</summary>
internal sealed record Message(string Text);

/// <summary>A finding (section 3.27).</summary>
internal sealed record Result(
    string RuleId,
    int RuleIndex,
    string Level,
    Message Message,
    IReadOnlyList<Location> Locations,
    IReadOnlyDictionary<string, string> PartialFingerprints,
    double Rank,
    ResultProperties Properties);

/// <summary>What SARIF has no field for (section 3.8).</summary>
internal sealed record ResultProperties(
    string Trait, string Kind, string Class, IReadOnlyList<ReasonPart> Why, CommitPart? Commit, CommitPart? Removed);

/// <summary>A place (section 3.28).</summary>
internal sealed record Location(PhysicalLocation PhysicalLocation, IReadOnlyList<LogicalLocation>? LogicalLocations = null);

/// <summary>A place in a file (section 3.29).</summary>
internal sealed record PhysicalLocation(ArtifactLocation ArtifactLocation, Region? Region = null);

/// <summary>A file (section 3.4).</summary>
internal sealed record ArtifactLocation(string? Uri = null, string? UriBaseId = null, Message? Description = null);

/// <summary>A place inside a file that lines do not say (section 3.33).</summary>
internal sealed record LogicalLocation(string FullyQualifiedName);

/// <summary>A region of a text file (section 3.30).</summary>
internal sealed record Region(int StartLine, int? StartColumn);
