using Untag.Audit;
using Untag.Audit.Tables;

namespace Untag.Erase;

/// <summary>What is to be certified, on whom, and how.</summary>
public sealed record CertifyRequest
{
    /// <summary>The file of the map.</summary>
    public required TableSource Map { get; init; }

    /// <summary>The people; what only a fit asks for is passed over.</summary>
    public required EraseRequest People { get; init; }

    /// <summary>What took the trait out.</summary>
    public ErasedBy ErasedBy { get; init; } = ErasedBy.Map;

    /// <summary>What becomes of embeddings behind the map.</summary>
    public ConsumedForm Form { get; init; } = ConsumedForm.Plain;

    /// <summary>What is tolerated.</summary>
    public Tolerances Tolerances { get; init; } = new();

    /// <summary>True when the table names nobody of the fit: a statement that is written into the certificate.</summary>
    public bool OtherPeople { get; init; }
}

/// <summary>What took the trait out of the embeddings that are certified.</summary>
public enum ErasedBy
{
    /// <summary>The map: it is applied to the array.</summary>
    Map,

    /// <summary>The model that the map was folded into: the array is what it gave, and is measured as it is.</summary>
    Model,
}
