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
    private readonly int width; // values that there are
    private readonly Condition? decision;
    private readonly int yes; // the number of the value of a decision
    private readonly int no;
    private readonly PerWord<int> valueOf;
    private readonly PerWord<WrittenNumber?> numberOf = new(Cells.Written);
    private readonly List<int> codeOf = [];
    private readonly List<int> binOf = [];
    private readonly List<int>[] triplesOf;

    /// <summary>The cells of an output.</summary>
    /// <param name="output">Its sums.</param>
    /// <param name="number">Its number.</param>
    /// <param name="decision">The decision that it is; null for none.</param>
    /// <param name="lots">What is looked at.</param>
    public LotCells(OutputSums output, int number, Condition? decision, IReadOnlyList<Lot> lots)
    {
        Number = number;
        this.decision = decision;
        values = [.. lots.OfType<ValueLot>()];
        shapes = [.. lots.OfType<ShapeLot>()];
        areas = [.. lots.OfType<AreaLot>()];
        digits = [.. lots.OfType<DigitLot>()];
        width = output.Values.Count;
        var codes = output.Values.Select((value, v) => (value, v)).ToDictionary(pair => pair.value, pair => pair.v, StringComparer.Ordinal);
        (yes, no) = (codes.GetValueOrDefault("yes", -1), codes.GetValueOrDefault("no", -1));
        valueOf = new PerWord<int>(word => decision is null
            ? codes.GetValueOrDefault(Encoding.UTF8.GetString(word), -1)
            : decision.Holds(word) == true ? yes : no);
        triplesOf = [.. Enumerable.Range(0, digits.Count == 0 ? 0 : Triples).Select(_ => new List<int>())];
    }

    /// <summary>The number of the output.</summary>
    public int Number { get; }

    /// <summary>How many numbers of a row are kept for some lots of one output.</summary>
    public static int WidthOf(IEnumerable<Lot> lots) => lots.Select(lot => lot is DigitLot ? Triples : 1).Distinct().Sum() + 1;

    /// <summary>Begins a table.</summary>
    public void Begin(CodedColumn cells)
    {
        if (decision is null ? values.Count == 0 : decision.Number is not null)
            cells.LeaveWords();
    }

    /// <summary>Takes the cell of a row.</summary>
    public void Add(CodedColumn cells, int row)
    {
        var word = cells.Codes[row];
        if (values.Count > 0)
            codeOf.Add(cells.Numbers is { } numbers ? decision!.Holds(numbers.Values[word]) ? yes : no : valueOf.Of(cells)[word]);
        if (shapes.Count + areas.Count + digits.Count == 0)
            return;
        var number = cells.Numbers is { } found ? found.WrittenAt(word) : numberOf.Of(cells)[word]!.Value;
        if (shapes.Count + areas.Count > 0)
            binOf.Add(number.Bin);
        for (var triple = 0; triple < triplesOf.Length; triple++)
            triplesOf[triple].Add(DigitCounts.TripleOf(number.Digits, triple));
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
            yield return new CodeColumn(rows, codeOf, width, [(values[0], [.. Enumerable.Range(0, width)], width)]);
        foreach (var shape in shapes)
        {
            yield return new CodeColumn(
                rows, [.. binOf.Select(bin => shape.Classes.Of(bin))], shape.Classes.Count,
                [(shape, [.. Enumerable.Range(0, shape.Classes.Count)], shape.Classes.Count)]);
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
