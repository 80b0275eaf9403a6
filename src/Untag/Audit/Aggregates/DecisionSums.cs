namespace Untag.Audit.Aggregates;

/// <summary>What a decision did to one group: the four rates that its rows allow.</summary>
/// <remarks>Without a column of the truth only <see cref="Selected"/> has trials.</remarks>
public readonly record struct DecisionSums
{
    /// <summary>All rows; a hit is a row that was selected.</summary>
    public CellSums Selected { get; init; }

    /// <summary>Rows whose truth is no; a hit is one that was selected all the same.</summary>
    public CellSums FalsePositive { get; init; }

    /// <summary>Rows whose truth is yes; a hit is one that was not selected.</summary>
    public CellSums FalseNegative { get; init; }

    /// <summary>Rows that were selected; a hit is one whose truth is yes.</summary>
    public CellSums Precision { get; init; }

    /// <summary>The sums of one person.</summary>
    /// <param name="person">How many of the person's rows lie in each of the four cells.</param>
    /// <param name="hasTruth">False when the truth is not known: then a row counts as selected or not, and no more.</param>
    public static DecisionSums OfPerson(FourCells person, bool hasTruth) =>
        default(DecisionSums).Each(person, hasTruth, static (_, trials, hits) => CellSums.OfPerson(trials, hits));

    /// <summary>The sums of people of whom each has one row.</summary>
    public static DecisionSums OfSingles(FourCells rows, bool hasTruth) =>
        default(DecisionSums).Each(rows, hasTruth, static (_, trials, hits) => CellSums.OfSingles(trials, hits));

    /// <summary>The sums without the second count of rows that two people share: <see cref="CellSums.Shared"/>.</summary>
    public DecisionSums Shared(FourCells rows, bool hasTruth) =>
        Each(rows, hasTruth, static (sums, trials, hits) => sums.Shared(trials, hits));

    // Which cells are the trials of each rate, and which its hits.
    private DecisionSums Each(FourCells rows, bool hasTruth, Func<CellSums, long, long, CellSums> rate)
    {
        var selected = this with { Selected = rate(Selected, rows.All, rows.TruePositive + rows.FalsePositive) };
        return !hasTruth ? selected : selected with
        {
            FalsePositive = rate(FalsePositive, rows.FalsePositive + rows.TrueNegative, rows.FalsePositive),
            FalseNegative = rate(FalseNegative, rows.FalseNegative + rows.TruePositive, rows.FalseNegative),
            Precision = rate(Precision, rows.TruePositive + rows.FalsePositive, rows.TruePositive),
        };
    }

    /// <summary>The sums of two sets of people that share nobody.</summary>
    public static DecisionSums operator +(DecisionSums a, DecisionSums b) => new()
    {
        Selected = a.Selected + b.Selected,
        FalsePositive = a.FalsePositive + b.FalsePositive,
        FalseNegative = a.FalseNegative + b.FalseNegative,
        Precision = a.Precision + b.Precision,
    };
}

/// <summary>Rows by decision and truth. Where the truth is not known, all are counted as if it were no.</summary>
/// <param name="TruePositive">Selected, rightly.</param>
/// <param name="FalsePositive">Selected, wrongly.</param>
/// <param name="FalseNegative">Not selected, wrongly.</param>
/// <param name="TrueNegative">Not selected, rightly.</param>
public readonly record struct FourCells(long TruePositive, long FalsePositive, long FalseNegative, long TrueNegative)
{
    /// <summary>All rows.</summary>
    public long All => TruePositive + FalsePositive + FalseNegative + TrueNegative;

    /// <summary>With one row more.</summary>
    public FourCells With(bool selected, bool truth) => (selected, truth) switch
    {
        (true, true) => this with { TruePositive = TruePositive + 1 },
        (true, false) => this with { FalsePositive = FalsePositive + 1 },
        (false, true) => this with { FalseNegative = FalseNegative + 1 },
        (false, false) => this with { TrueNegative = TrueNegative + 1 },
    };
}
