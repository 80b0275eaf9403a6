using Untag.Audit.Aggregates;

namespace Untag.Audit.Tables;

/// <summary>A decision: how many rows of each group it selects, by truth.</summary>
internal sealed class DecisionColumn
{
    private readonly Condition condition;
    private readonly int number;
    private readonly PeopleSums? people;
    private readonly PerWord<sbyte> holds;
    private readonly GroupedWords words = new(); // by group and truth
    private readonly WordCounts<int> bins; // by group and truth
    private readonly GroupedCounts rows = new(); // by selection and truth; of people, only those that two share
    private readonly List<CurveSums> curves = []; // by group
    private CodedColumn? wordless; // a column that was told that no words are needed

    /// <summary>A decision.</summary>
    /// <param name="condition">When it selects a row.</param>
    /// <param name="number">Its number among the decisions.</param>
    /// <param name="people">What is known of people; null when each row is one.</param>
    public DecisionColumn(Condition condition, int number, PeopleSums? people)
    {
        (this.condition, this.number, this.people) = (condition, number, people);
        holds = new PerWord<sbyte>(cell => condition.Holds(cell) switch { true => 1, false => 0, null => -1 });
        bins = new WordCounts<int>(
            static cell => Cells.Number(cell) is { } score ? ScoreHistogram.BinOf(score) : 0,
            (group, bin, count) => Curve(group / 2).Add(bin, group % 2 == 1, count));
    }

    /// <summary>Counts the cells of a block.</summary>
    /// <exception cref="AuditInputException">A cell cannot be compared.</exception>
    public void Add(CodedColumn cells, BlockRows block)
    {
        var (codes, truths) = (cells.Codes, block.Truths);
        var numbers = cells.Numbers;
        var selects = numbers is null ? holds.Of(cells) : [];
        if (numbers is null && TryAddWords(cells, block, selects))
            return;
        if (condition.Number is not null && wordless != cells)
            (wordless = cells).LeaveWords(); // so many words are numbers
        for (var i = 0; i < block.Count; i++)
        {
            var selected = numbers is null ? selects[codes[i]] : condition.Holds(numbers.Values[codes[i]]) ? 1 : 0;
            var truth = truths is null ? 0 : truths[i];
            if (numbers is null ? selected < 0 : double.IsNaN(numbers.Values[codes[i]]))
                throw block.Wrong(i, $"column `{condition.Column}` cannot be compared", $"the decision `{condition.Name}` asks for {condition.Asks}");
            if (people is null)
                rows.Add(block.Groups[i], (2 * selected) + truth);
            else
                AddPeople(block, i, selected, truth);
        }

        if (truths is not null && condition.HasThreshold)
            AddCurve(cells, block, truths);
    }

    /// <summary>The sums.</summary>
    /// <param name="groups">The groups, in the order of their names.</param>
    /// <param name="hasTruth">True when the truth is known.</param>
    public DecisionTable Close(IReadOnlyList<int> groups, bool hasTruth)
    {
        bins.HandOver();
        return new DecisionTable(
            condition.Name, hasTruth,
            [.. groups.Select(group => people is null
                ? DecisionSums.OfSingles(Rows(group), hasTruth)
                : people.Decided(group, number).Shared(Rows(group), hasTruth))],
            !hasTruth || !condition.HasThreshold ? null : new DecisionCurve(
                condition.Number!.Value, condition.SelectsAbove, [.. groups.Select(Curve)]));
    }

    private bool TryAddWords(CodedColumn cells, BlockRows block, sbyte[] selects)
    {
        if (people is not null || selects.AsSpan(0, cells.Words.Count).Contains((sbyte)-1)
            || !words.TryCount(cells, block.GroupsByTruth.AsSpan(0, block.Count), 2 * block.GroupCount))
            return false;
        var hasCurve = block.Truths is not null && condition.HasThreshold;
        if (hasCurve)
            bins.Begin(cells);
        for (var place = 0; place < words.Groups; place++)
        {
            var counts = words.Of(place);
            for (var word = 0; word < counts.Length; word++)
            {
                if (counts[word] == 0)
                    continue;
                rows.Add(place / 2, (2 * selects[word]) + (place & 1), counts[word]);
                if (hasCurve)
                    bins.Add(place, word, counts[word]);
            }
        }

        return true;
    }

    private void AddPeople(BlockRows block, int row, int selected, int truth)
    {
        people!.Decide(block.People![row], number, selected == 1, truth == 1);
        if (!block.IsShared(row))
            return;
        rows.Add(block.Groups[row], (2 * selected) + truth);
        people.Decide(block.Seconds![row], number, selected == 1, truth == 1);
    }

    private void AddCurve(CodedColumn cells, BlockRows block, sbyte[] truths)
    {
        var codes = cells.Codes;
        for (var i = 0; cells.Numbers is { } numbers && i < block.Count; i++)
            Curve(block.Groups[i]).Add(ScoreHistogram.BinOf(numbers.Values[codes[i]]), truths[i] == 1, 1);
        if (cells.Numbers is not null)
            return;
        bins.Begin(cells);
        for (var i = 0; i < block.Count; i++)
            bins.Add((2 * block.Groups[i]) + truths[i], codes[i]);
    }

    private FourCells Rows(int group) => new(rows[group, 3], rows[group, 2], rows[group, 1], rows[group, 0]);

    private CurveSums Curve(int group)
    {
        while (curves.Count <= group)
            curves.Add(new CurveSums());
        return curves[group];
    }
}
