using System.Globalization;
using System.Text;
using Untag.Audit.Aggregates;

namespace Untag.Audit.Tables;

/// <summary>The rows of a table with a column more for each two outputs, which says what both gave: a group can be hidden in two of which neither
/// tells anything.</summary>
/// <remarks>An output of few values counts with them, one of numbers with four classes of about equal size.</remarks>
internal sealed class PairedOutputs : TableRows
{
    // More values make tables of which most cells are empty.
    private const int ValuesMax = 31;
    private const int Quarters = 4;

    private readonly TableRows rows;
    private readonly IReadOnlyList<(string Name, int First, int Second)> pairs;
    private readonly IReadOnlyList<OutputSums> outputs;
    private readonly byte[][] names;
    private readonly byte[][] joined;
    private readonly Dictionary<int, int>?[] quarterOf;
    private readonly string[] codes;
    private int[]? places;

    public PairedOutputs(TableRows rows, AuditRequest request, AuditSums sums)
        : base(Stream.Null, 0)
    {
        this.rows = rows;
        outputs = [.. sums.Outputs.Take(request.Outputs.Count)];
        pairs = Pairs(request, sums);
        names = [.. pairs.Select(pair => Encoding.UTF8.GetBytes(pair.Name))];
        joined = [.. names];
        codes = new string[outputs.Count];
        quarterOf = [.. outputs.Select(output => output.Values.Count is > 0 and <= ValuesMax ? null : QuartersOf(output))];
    }

    public override int Count => rows.Count + pairs.Count;

    public override ReadOnlySpan<byte> this[int column] => column < rows.Count ? rows[column] : joined[column - rows.Count];

    /// <summary>What is asked of the columns that are more.</summary>
    public static AuditRequest Asked(AuditRequest request, AuditSums sums) =>
        request with { Outputs = [.. Pairs(request, sums).Select(pair => pair.Name)], Decisions = [], Truth = null, Cohorts = [], Failures = [], Strata = [] };

    public override bool Read()
    {
        if (!rows.Read())
            return false;
        Line = rows.Line;
        if (places is null)
        {
            var header = Enumerable.Range(0, rows.Count).Select(i => Encoding.UTF8.GetString(rows[i])).ToList();
            places = [.. outputs.Select(output => header.IndexOf(output.Name))];
            return true;
        }

        for (var i = 0; i < outputs.Count; i++)
        {
            codes[i] = quarterOf[i] is not { } quarters ? Encoding.UTF8.GetString(rows[places[i]])
                : Cells.Number(rows[places[i]]) is { } number ? quarters.GetValueOrDefault(ScoreHistogram.BinOf(number)).ToString(CultureInfo.InvariantCulture)
                : "";
        }

        for (var p = 0; p < pairs.Count; p++)
            joined[p] = Encoding.UTF8.GetBytes($"{codes[pairs[p].First]}\u001F{codes[pairs[p].Second]}");
        return true;
    }

    private static IReadOnlyList<(string Name, int First, int Second)> Pairs(AuditRequest request, AuditSums sums)
    {
        var able = Enumerable.Range(0, request.Outputs.Count)
            .Where(i => sums.Outputs[i].Scores is not null || sums.Outputs[i].Values.Count is > 1 and <= ValuesMax).ToList();
        return [.. able.SelectMany((i, at) => able.Skip(at + 1).Select(j => ($"{request.Outputs[i]}, with {request.Outputs[j]}", i, j)))];
    }

    private static Dictionary<int, int> QuartersOf(OutputSums output)
    {
        var pooled = ScoreSums.Of(output.Scores ?? []).Histogram;
        var quarters = new Dictionary<int, int>();
        double below = 0;
        foreach (var (bin, count) in pooled.Bins())
        {
            quarters[bin] = (int)(Quarters * (below + (count / 2.0)) / pooled.Total);
            below += count;
        }

        return quarters;
    }
}
