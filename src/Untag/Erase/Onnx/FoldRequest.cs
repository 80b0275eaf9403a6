using Untag.Audit.Tables;

namespace Untag.Erase.Onnx;

/// <summary>Into which model a map is to be folded, and where.</summary>
/// <param name="Map">What <c>untag erase fit</c> wrote.</param>
/// <param name="Model">A model of ONNX.</param>
/// <param name="Output">The value on whose rows the map was fitted: an output, or a value inside the model; null for the only output.</param>
/// <param name="Place">Where the map is to go.</param>
public sealed record FoldRequest(TableSource Map, TableSource Model, string? Output, FoldPlace Place);

/// <summary>Where in a model a map goes.</summary>
public enum FoldPlace
{
    /// <summary>Into the linear layer that gives the value; behind it when something else gives it.</summary>
    Layer,

    /// <summary>Behind the value, as a layer of its own.</summary>
    Behind,
}
