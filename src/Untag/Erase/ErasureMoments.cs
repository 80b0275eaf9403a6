using Untag.Audit.Embeddings;
using Untag.Audit.Tables;

namespace Untag.Erase;

/// <summary>What a map is fitted on, of a part of the people: sums that <see cref="MomentsFile"/> writes and reads, and that
/// <see cref="Merger"/> adds up.</summary>
public sealed class ErasureMoments
{
    /// <summary>What is told wherever moments are written.</summary>
    public const string Warning = PartMoments.Warning;

    internal ErasureMoments(MomentsNote note, ExactSums sums) => (Note, Sums) = (note, sums);

    internal MomentsNote Note { get; }

    internal ExactSums Sums { get; }
}

/// <summary>What a file of moments says of itself, the JSON document <c>untag/erasure-moments/1</c>; docs/formats/erasure-moments.md
/// describes its fields.</summary>
internal sealed record MomentsNote(
    string Schema, string Says, string Column, string? Person, string FittedOn, int Dimensions,
    IReadOnlyList<MomentsGroup> Groups)
{
    /// <summary>The schema.</summary>
    public const string SchemaName = "untag/erasure-moments/1";

    /// <summary>The first thing in which two differ that were to be added up; null when they ask the same.</summary>
    public string? Difference(MomentsNote other) =>
        Column != other.Column ? "group"
        : Person != other.Person ? "person"
        : FittedOn != other.FittedOn ? "everybody"
        : Dimensions != other.Dimensions ? "number of coordinates"
        : null;
}

/// <summary>A group of a part.</summary>
/// <param name="Group">Its name.</param>
/// <param name="People">Its people in the fit.</param>
/// <param name="Rows">Their rows.</param>
internal sealed record MomentsGroup(string Group, long People, long Rows);

/// <summary>Which moments are to be added up, and how the map is to be.</summary>
/// <param name="Parts">Files of different people.</param>
/// <param name="Shrinks">True to bring the covariance towards the identity, which few people need.</param>
/// <param name="Centres">True to bring the mean to 0, which embeddings need that are brought to length 1 afterwards.</param>
public sealed record MergeRequest(IReadOnlyList<TableSource> Parts, bool Shrinks, bool Centres);
