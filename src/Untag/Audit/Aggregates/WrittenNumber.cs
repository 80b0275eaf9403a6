namespace Untag.Audit.Aggregates;

/// <summary>What is counted of a number.</summary>
/// <param name="Bin">Its bin: <see cref="ScoreHistogram.BinOf"/>.</param>
/// <param name="Digits">Its digits as they are written: <see cref="DigitCounts.DigitsOf"/>.</param>
public readonly record struct WrittenNumber(int Bin, long Digits);
