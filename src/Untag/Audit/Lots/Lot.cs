using Untag.Audit.Aggregates;

namespace Untag.Audit.Lots;

/// <summary>What is looked at when the groups of people are drawn by lot (<see cref="SharedLots"/>).</summary>
/// <param name="Output">The number of the output.</param>
internal abstract record Lot(int Output);

/// <summary>The table of its values and the groups.</summary>
internal sealed record ValueLot(int Output) : Lot(Output);

/// <summary>The table of classes of its numbers and the groups.</summary>
/// <param name="Output">The number of the output.</param>
/// <param name="Classes">The classes.</param>
internal sealed record ShapeLot(int Output, ScoreClasses Classes) : Lot(Output);

/// <summary>The table of the digits at a decimal place and the groups.</summary>
internal sealed record DigitLot(int Output, int Place) : Lot(Output);

/// <summary>The order of its numbers: a group against the rest.</summary>
internal sealed record AreaLot(int Output, int Group) : Lot(Output);
