using System.Text;
using Untag.Audit;
using Untag.Audit.Statistics;
using Untag.Audit.Tables;

namespace Untag.Tests.Audit.Tables;

/// <summary>A column whose words nobody needs is read as numbers, and says the same.</summary>
public sealed class NumberCellsTests
{
    private const int Rows = 40_000; // several blocks

    private static readonly AuditRequest Request = new()
    {
        Group = "group",
        Outputs = ["score"],
        Decisions = [Condition.Parse("alert = score >= 0.5")],
        Truth = "truth",
    };

    [Fact]
    public void Numbers_are_counted_as_words_are()
    {
        var (fast, slow) = (Sums(Table(), Request, hasWordReader: false), Sums(Table(), Request, hasWordReader: true));
        Assert.True(fast.WereNumbers);
        Assert.False(slow.WereNumbers);
        Assert.Equal(AuditedTable.Json(Auditor.Judge(Request, slow.Sums, lots: null)), AuditedTable.Json(Auditor.Judge(Request, fast.Sums, lots: null)));
    }

    [Fact]
    public void Json_lines_say_what_separated_values_say()
    {
        var lines = Table().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var json = string.Join('\n', lines.Skip(1).Select(line => line.Split(','))
            .Select(cells => $$"""{"group":"{{cells[0]}}","truth":{{cells[1]}},"score":{{cells[2]}}}"""));
        var (text, object_) = (new TableSums(Request), new TableSums(Request));
        text.Add(new CsvRows(Bytes(Table()), "t", (byte)','), TestContext.Current.CancellationToken);
        object_.Add(new JsonLinesRows(Bytes(json), "t"), TestContext.Current.CancellationToken);
        Assert.Equal(
            AuditedTable.Json(Auditor.Judge(Request, text.Close(), lots: null)), AuditedTable.Json(Auditor.Judge(Request, object_.Close(), lots: null)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("inf")]
    [InlineData("1e999")]
    [InlineData("none")]
    public void A_cell_without_a_number_is_told_with_its_row(string cell)
    {
        var lines = Table().Split('\n');
        lines[Rows - 100] = "g1,1," + cell;
        var sums = new TableSums(Request with { Decisions = [] });
        var problem = Assert.Throws<AuditInputException>(() => sums.Add(new CsvRows(Bytes(string.Join('\n', lines)), "t", (byte)','), TestContext.Current.CancellationToken));
        Assert.Contains($"t:{Rows - 100 + 1}", problem.Message, StringComparison.Ordinal);
        var decision = new TableSums(Request with { Outputs = [] });
        problem = Assert.Throws<AuditInputException>(() => decision.Add(new CsvRows(Bytes(string.Join('\n', lines)), "t", (byte)','), TestContext.Current.CancellationToken));
        Assert.Contains($"t:{Rows - 100 + 1}", problem.Message, StringComparison.Ordinal);
    }

    private static (Untag.Audit.Aggregates.AuditSums Sums, bool WereNumbers) Sums(string table, AuditRequest request, bool hasWordReader)
    {
        var rows = new CsvRows(Bytes(table), "t", (byte)',');
        var column = rows.Columns.ToList().IndexOf("score");
        var cells = rows.Ask(column);
        if (!hasWordReader)
            cells.LeaveWords();
        var sums = new TableSums(request);
        sums.Add(rows, TestContext.Current.CancellationToken);
        return (sums.Close(), cells.Numbers is not null);
    }

    private static string Table()
    {
        var (random, text) = (new SeededRandom(5), new StringBuilder("group,truth,score\n"));
        for (var row = 0; row < Rows; row++)
        {
            var score = (row % 4) switch
            {
                0 => random.NextUnit(),
                1 => Math.Round(random.NextUnit(), 6) + (row % 3 == 0 ? 1e-7 : 0),
                2 => random.NextNormal() * 1e-5,
                _ => random.NextNormal() * 5000,
            };
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"g{row % 3},{random.NextBelow(2)},{score}\n");
        }

        return text.ToString();
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));
}
