using Untag.Audit.Aggregates;

namespace Untag.Audit.Tables;

/// <summary>The rows of a table with a column more for each two outputs, which says what both gave: a group can be hidden in two of which neither
/// tells anything.</summary>
/// <remarks>An output of few values counts with them, one of numbers with four classes of about equal size.</remarks>
internal sealed class PairedOutputs : TableView
{
    // More values make tables of which most cells are empty.
    private const int ValuesMax = 31;
    private const int Quarters = 4;

    private readonly IReadOnlyList<string> names;
    private readonly List<QuarterColumn> quarters = [];
    private readonly List<JoinedColumn> joined = [];

    /// <summary>A table with its pairs.</summary>
    /// <param name="table">The table.</param>
    /// <param name="request">What was asked of it.</param>
    /// <param name="sums">What it gave.</param>
    public PairedOutputs(TableRows table, AuditRequest request, AuditSums sums)
        : base(table)
    {
        var pairs = Pairs(request, sums);
        names = [.. table.Columns, .. pairs.Select(pair => pair.Name)];
        var header = new TableHeader(table);
        var classes = pairs.SelectMany(pair => new[] { pair.First, pair.Second }).Distinct()
            .ToDictionary(output => output, output => ClassesOf(header.Find(request.Outputs[output]), sums.Outputs[output]));
        joined.AddRange(pairs.Select(pair => new JoinedColumn(classes[pair.First], classes[pair.Second], "\u001F")));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns => names;

    /// <summary>What is asked of the columns that are more.</summary>
    public static AuditRequest AskedOf(AuditRequest request, AuditSums sums) =>
        request with { Outputs = [.. Pairs(request, sums).Select(pair => pair.Name)], Decisions = [], Truth = null, Cohorts = [], Failures = [], Strata = [] };

    /// <inheritdoc/>
    public override CodedColumn Ask(int column) =>
        column < Table.Columns.Count ? base.Ask(column) : joined[column - Table.Columns.Count].Cells;

    /// <inheritdoc/>
    private protected override void ReadBlock()
    {
        if (!Table.Read())
            return;
        Count = Table.Count;
        foreach (var column in quarters)
            column.Find(Count);
        foreach (var column in joined)
            column.Join(Count);
    }

    private static IReadOnlyList<(string Name, int First, int Second)> Pairs(AuditRequest request, AuditSums sums)
    {
        var able = Enumerable.Range(0, request.Outputs.Count)
            .Where(i => sums.Outputs[i].Scores is not null || sums.Outputs[i].Values.Count is > 1 and <= ValuesMax).ToList();
        return [.. able.SelectMany((i, at) => able.Skip(at + 1).Select(j => ($"{request.Outputs[i]}, with {request.Outputs[j]}", i, j)))];
    }

    private CodedColumn ClassesOf(CodedColumn cells, OutputSums output)
    {
        if (output.Values.Count is > 0 and <= ValuesMax)
            return cells;
        quarters.Add(new QuarterColumn(cells, ScoreHistogram.Of(output.Scores!.Select(score => score.Histogram))));
        return quarters[^1].Cells;
    }

    /// <summary>The quarter in which each number of a column lies.</summary>
    private sealed class QuarterColumn
    {
        private readonly CodedColumn numbers;
        private readonly ScoreClasses quarters;
        private readonly PerWord<int> quarterOf;

        public QuarterColumn(CodedColumn numbers, ScoreHistogram pooled)
        {
            this.numbers = numbers;
            numbers.LeaveWords();
            quarters = new ScoreClasses(pooled, Quarters);
            for (var quarter = 0; quarter < Quarters; quarter++)
                Cells.Words.CodeOf([(byte)('0' + quarter)]);
            quarterOf = new PerWord<int>(word => Tables.Cells.Number(word) is { } number ? QuarterOf(number) : 0);
        }

        public CodedColumn Cells { get; } = new();

        public void Find(int rows)
        {
            for (var row = 0; numbers.Numbers is { } found && row < rows; row++)
                Cells.Codes[row] = QuarterOf(found.Values[numbers.Codes[row]]);
            if (numbers.Numbers is not null)
                return;
            var foundOf = quarterOf.Of(numbers);
            for (var row = 0; row < rows; row++)
                Cells.Codes[row] = foundOf[numbers.Codes[row]];
        }

        private int QuarterOf(double number) => quarters.Of(ScoreHistogram.BinOf(number));
    }
}
