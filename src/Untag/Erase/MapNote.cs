using System.Text.Json;
using System.Text.Json.Serialization;
using Untag.Audit.Judging;

namespace Untag.Erase;

/// <summary>What a map says of itself, the JSON document <c>untag/erasure-map/1</c>; docs/formats/erasure-map.md describes its
/// fields.</summary>
public sealed record MapNote
{
    /// <summary>The schema.</summary>
    public const string SchemaName = "untag/erasure-map/1";

    /// <summary>Fitted on half of the people.</summary>
    public const string Half = "half";

    /// <summary>Fitted on all of them.</summary>
    public const string Everybody = "everybody";

    /// <summary>What is told wherever a map is written.</summary>
    public const string Warning = "whoever has it can read the tag direction; keep it like a key, or fold it";

    /// <summary>The schema of the note.</summary>
    public string Schema { get; init; } = SchemaName;

    /// <summary>What its keeper must know.</summary>
    public string Says { get; init; } = Warning;

    /// <summary><c>leace</c> or <c>splince</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Coordinates of an embedding.</summary>
    public required int Dimensions { get; init; }

    /// <summary>Directions that are taken out.</summary>
    public required int Directions { get; init; }

    /// <summary>How far the covariance was brought towards the identity, from 0 to 1.</summary>
    public required double Shrunk { get; init; }

    /// <summary>True when the mean is brought to 0.</summary>
    public required bool Centred { get; init; }

    /// <summary><c>half</c> or <c>everybody</c>.</summary>
    public required string FittedOn { get; init; }

    /// <summary>The column of the task that was kept; null for none.</summary>
    public required string? Kept { get; init; }

    /// <summary>The groups that the map was fitted on.</summary>
    public required IReadOnlyList<MapGroup> Groups { get; init; }

    /// <summary>How it is called on which people a map was fitted.</summary>
    internal static string NameOf(FittedPeople people) => people == FittedPeople.Half ? Half : Everybody;

    /// <summary>The note of a map.</summary>
    internal static MapNote Of(LinearEraser eraser, string? kept, bool centres, string fittedOn, IReadOnlyList<MapGroup> groups) => new()
    {
        Method = kept is null ? "leace" : "splince",
        Dimensions = eraser.Dimensions,
        Directions = eraser.Rank,
        Shrunk = Disclosure.Rounded(eraser.Shrunk)!.Value,
        Centred = centres,
        FittedOn = fittedOn,
        Kept = kept,
        Groups = groups,
    };
}

/// <summary>A group that a map was fitted on.</summary>
/// <param name="Group">Its name.</param>
/// <param name="People">Its people, to the nearest 5.</param>
public sealed record MapGroup(string Group, long People);

/// <summary>Every type that an eraser reads or writes as JSON, compiled ahead of time.</summary>
[JsonSerializable(typeof(MapNote))]
[JsonSerializable(typeof(ErasureCertificate))]
[JsonSerializable(typeof(MomentsNote))]
internal sealed partial class EraseJson : JsonSerializerContext
{
    /// <summary>The context that refuses fields it does not know.</summary>
    public static EraseJson Readable { get; } = new(StrictJson.Options(JsonNamingPolicy.SnakeCaseLower));

    /// <summary>The same, on one line.</summary>
    public static EraseJson OneLine { get; } = new(new JsonSerializerOptions(StrictJson.Options(JsonNamingPolicy.SnakeCaseLower)) { WriteIndented = false });
}
