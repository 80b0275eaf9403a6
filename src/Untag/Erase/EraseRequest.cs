using Untag.Audit;
using Untag.Audit.Tables;

namespace Untag.Erase;

/// <summary>What an erasure map is fitted on, or certified on.</summary>
public sealed record EraseRequest
{
    /// <summary>An array of NumPy with a row for each row of the tables.</summary>
    public required TableSource Embedding { get; init; }

    /// <summary>More arrays behind it; they count as one. Of a certificate this is not asked.</summary>
    public IReadOnlyList<TableSource> Shards { get; init; } = [];

    /// <summary>Tables with the group of each row; they count as one table.</summary>
    public required IReadOnlyList<TableSource> Labels { get; init; }

    /// <summary>Column with the group that people stated of themselves.</summary>
    public required string Group { get; init; }

    /// <summary>Column that says which rows are of one person; null when each row is a person.</summary>
    public string? Person { get; init; }

    /// <summary>Column with the classes of a task whose means must survive; null for none. Of a certificate this is not asked.</summary>
    public string? Keep { get; init; }

    /// <summary>True to bring the covariance towards the identity, which few people need.</summary>
    public bool Shrinks { get; init; }

    /// <summary>True to bring the mean to 0, which embeddings need that are brought to length 1 afterwards.</summary>
    public bool Centres { get; init; }

    /// <summary>Which people a map is fitted on.</summary>
    public FittedPeople FittedOn { get; init; } = FittedPeople.Half;

    /// <summary>The same as an audit asks it.</summary>
    internal AuditRequest AsAudit => new()
    {
        Group = Group,
        Person = Person,
        Embedding = Embedding,
        Outputs = Keep is null ? [] : [Keep],
    };
}

/// <summary>Which people of a table a map is fitted on.</summary>
public enum FittedPeople
{
    /// <summary>Half of them, by a hash of their name: the others are there to certify the map on.</summary>
    Half,

    /// <summary>All of them: the map can be certified on another table only.</summary>
    Everybody,
}
