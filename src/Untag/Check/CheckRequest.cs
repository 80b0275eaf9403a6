using Untag.Policy;

namespace Untag.Check;

/// <summary>Everything a check needs to know.</summary>
/// <param name="Product">The product.</param>
/// <param name="Policy">The policy to judge by.</param>
/// <param name="Time">Tells the date as of which law is shown.</param>
public sealed record CheckRequest(ProductFile Product, TagPolicy Policy, TimeProvider Time);
