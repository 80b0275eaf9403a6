using System.Text;
using Untag.Audit.Aggregates;
using Untag.Audit.Tables;

namespace Untag.Audit.Lots;

/// <summary>The cells of one output, in the forms that its lots ask for.</summary>
internal sealed class LotCells
{
    private const int Triples = DigitCounts.Places / DigitCounts.Triple;

    private readonly IReadOnlyList<ValueLot> values;
    private readonly IReadOnlyList<ShapeLot> shapes;
    private readonly IReadOnlyList<AreaLot> areas;
    private readonly IReadOnlyList<DigitLot> digits;
    private readonly Dictionary<string, int> codes;
    private readonly List<int> codeOf = [];
    private readonly List<int> binOf = [];
    private readonly List<int>[] triplesOf;

    public LotCells(OutputSums output, int number, IReadOnlyList<Lot> lots)
    {
        Number = number;
        values = [.. lots.OfType<ValueLot>()];
        shapes = [.. lots.OfType<ShapeLot>()];
        areas = [.. lots.OfType<AreaLot>()];
        digits = [.. lots.OfType<DigitLot>()];
        codes = output.Values.Select((value, v) => (value, v)).ToDictionary(pair => pair.value, pair => pair.v, StringComparer.Ordinal);
        triplesOf = [.. Enumerable.Range(0, digits.Count == 0 ? 0 : Triples).Select(_ => new List<int>())];
    }

    /// <summary>The number of the output.</summary>
    public int Number { get; }

    /// <summary>How many numbers of a row are kept for some lots of one output.</summary>
    public static int WidthOf(IEnumerable<Lot> lots) => lots.Select(lot => lot is DigitLot ? Triples : 1).Distinct().Sum() + 1;

    /// <summary>Takes the cell of a row.</summary>
    public void Add(ReadOnlySpan<byte> cell)
    {
        if (values.Count > 0)
            codeOf.Add(codes[Encoding.UTF8.GetString(cell)]);
        if (shapes.Count + areas.Count > 0)
            binOf.Add(ScoreHistogram.BinOf(Cells.Number(cell)!.Value));
        if (triplesOf.Length == 0)
            return;
        Span<int> triples = stackalloc int[Triples];
        DigitCounts.Read(cell, triples);
        for (var triple = 0; triple < Triples; triple++)
            triplesOf[triple].Add(triples[triple]);
    }

    /// <summary>What a row got, as a number that is the same whatever the row's place.</summary>
    public ulong KeyOf(int row)
    {
        unchecked
        {
            var key = (values.Count > 0 ? (ulong)codeOf[row] : 0) + (binOf.Count > 0 ? (ulong)binOf[row] << 10 : 0);
            foreach (var triple in triplesOf)
                key = (key * 1009) + (ulong)triple[row];
            return key;
        }
    }

    /// <summary>The columns.</summary>
    public IEnumerable<LotColumn> Columns(RowPlaces rows)
    {
        if (values.Count > 0)
            yield return new CodeColumn(rows, codeOf, codes.Count, [(values[0], [.. Enumerable.Range(0, codes.Count)], codes.Count)]);
        foreach (var shape in shapes)
        {
            yield return new CodeColumn(
                rows, [.. binOf.Select(bin => shape.ClassOf[bin])], shape.Classes,
                [(shape, [.. Enumerable.Range(0, shape.Classes)], shape.Classes)]);
        }

        if (areas.Count > 0)
            yield return new RankColumn(rows, binOf, areas);
        foreach (var triple in digits.GroupBy(lot => (lot.Place - 1) / DigitCounts.Triple))
        {
            yield return new CodeColumn(
                rows, triplesOf[triple.Key], DigitCounts.Triples,
                [.. triple.Select(lot => ((Lot)lot, Enumerable.Range(0, DigitCounts.Triples).Select(code => DigitCounts.Digit(code, lot.Place)).ToArray(), 10))]);
        }
    }
}
