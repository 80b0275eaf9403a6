using System.Text.Json.Serialization;
using Untag.Audit.Judging;

namespace Untag.Erase;

/// <summary>What probes found in people on whom neither map nor probe was fitted: the JSON document <c>untag/erasure/1</c>.
/// docs/formats/erasure.md describes its fields.</summary>
public sealed record ErasureCertificate
{
    /// <summary>The schema.</summary>
    public const string SchemaName = "untag/erasure/1";

    /// <summary>The map was applied to the array.</summary>
    public const string ByMap = "map";

    /// <summary>The array is what a model gave that the map was folded into.</summary>
    public const string ByModel = "model";

    /// <summary>What no certificate says, in words.</summary>
    public static IReadOnlyList<string> NothingSaid { get; } =
    [
        "other probes than those named here: a network that is trained longer may see more",
        "embeddings that are brought into another form afterwards, such as rows brought to length 1, unless `consumed` names it",
        "other layers of the model, a model that is trained again, and the images themselves",
        "other people, cameras and places than those of the table, and groups that it does not tell apart",
        "what goes along with a group without being it, such as clothing or a site",
    ];

    /// <summary>What a certificate does not say of an array that a model gave.</summary>
    public const string ModelNotSaid = "that the array is what the model gives, which only its maker has seen";

    /// <summary>The schema of the document.</summary>
    public string Schema { get; init; } = SchemaName;

    /// <summary>The map.</summary>
    public required CertifiedMap Map { get; init; }

    /// <summary>SHA-256 of the array on which probes were measured, in hexadecimal digits.</summary>
    public required string EmbeddingSha256 { get; init; }

    /// <summary>What took the trait out: <c>map</c>, or <c>model</c> when the array is what a model gave.</summary>
    public required string ErasedBy { get; init; }

    /// <summary>Steps behind the map; empty for none.</summary>
    public required IReadOnlyList<string> Consumed { get; init; }

    /// <summary>How the people of the fit, of the probe and of the measure were kept apart, in words.</summary>
    public required string People { get; init; }

    /// <summary>What is tolerated.</summary>
    public required CertifiedTolerance Tolerance { get; init; }

    /// <summary>What may be left by the number of people that the map was fitted on.</summary>
    public required IReadOnlyList<CertifiedGroup> Groups { get; init; }

    /// <summary>What was found.</summary>
    public required IReadOnlyList<CertifiedProbe> Probes { get; init; }

    /// <summary>What a task lost; null when none was named.</summary>
    public required CertifiedTask? Task { get; init; }

    /// <summary>What telling people apart lost; null when too few people have two rows.</summary>
    public required CertifiedVerification? Verification { get; init; }

    /// <summary>The worst verdict of all probes.</summary>
    public required string Verdict { get; init; }

    /// <summary>People that would settle what is insufficient; null when nothing is, or no number does.</summary>
    public required long? PeopleNeeded { get; init; }

    /// <summary>What it does not say.</summary>
    public required IReadOnlyList<string> NotPromised { get; init; }

    /// <summary>True when every probe was shown to find next to nothing.</summary>
    [JsonIgnore]
    public bool Holds => Verdict == Verdicts.Name(Audit.Judging.Verdict.Holds);
}

/// <summary>A map that was certified.</summary>
/// <param name="Sha256">Of its file, in hexadecimal digits.</param>
/// <param name="Method"><c>leace</c> or <c>splince</c>.</param>
/// <param name="Dimensions">Coordinates of an embedding.</param>
/// <param name="Directions">Directions that are taken out.</param>
public sealed record CertifiedMap(string Sha256, string Method, int Dimensions, int Directions);

/// <summary>What is tolerated.</summary>
/// <param name="LeakAuc">The largest area under the curve of a probe.</param>
/// <param name="Confidence">Of all bounds together.</param>
public sealed record CertifiedTolerance(double LeakAuc, double Confidence);

/// <summary>A group that a map was fitted on.</summary>
/// <param name="Group">Its name.</param>
/// <param name="PeopleFitted">Its people in the fit, to the nearest 5.</param>
/// <param name="AreaMost">The largest area that a straight line may still have in the population.</param>
/// <param name="PeopleNeeded">People with which that would be the tolerance.</param>
public sealed record CertifiedGroup(string Group, long PeopleFitted, double AreaMost, long PeopleNeeded);

/// <summary>What a probe found of the group that it told best. Null is withheld.</summary>
/// <param name="Probe"><c>linear</c>; <c>non-linear</c>: squares and waves; <c>network</c>: one hidden layer, trained.</param>
/// <param name="Group">The group.</param>
/// <param name="AucBefore">The area that it had without the map, of the group that it told best then; null behind a model.</param>
/// <param name="Auc">The area behind the map.</param>
/// <param name="Low">Its lower bound.</param>
/// <param name="High">Its upper bound.</param>
/// <param name="Verdict">holds, fails or insufficient.</param>
public sealed record CertifiedProbe(string Probe, string? Group, double? AucBefore, double? Auc, double? Low, double? High, string Verdict);

/// <summary>How often a linear probe of a task was right in people whom it had not seen. Null is withheld.</summary>
/// <param name="Column">The column with the classes of the task.</param>
/// <param name="RightBefore">Without the map; null behind a model.</param>
/// <param name="Right">Behind the map.</param>
/// <param name="Low">Its lower bound.</param>
/// <param name="High">Its upper bound.</param>
public sealed record CertifiedTask(string Column, double? RightBefore, double? Right, double? Low, double? High);

/// <summary>How often two rows of a person are taken for two people.</summary>
/// <param name="People">People with two rows who were in no fit, to the nearest 5.</param>
/// <param name="Misses">At three rates of false matches.</param>
public sealed record CertifiedVerification(long People, IReadOnlyList<CertifiedMisses> Misses);

/// <summary>A point of a curve of errors. Null is withheld.</summary>
/// <param name="FalseMatch">The share of pairs of different people that are taken for one.</param>
/// <param name="MissBefore">The share of people whose two rows are taken for two, without the map; null behind a model.</param>
/// <param name="Miss">The same behind the map.</param>
public sealed record CertifiedMisses(double FalseMatch, double? MissBefore, double? Miss);
