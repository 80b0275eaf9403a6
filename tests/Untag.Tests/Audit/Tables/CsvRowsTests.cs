using System.Text;
using CsCheck;
using Untag.Audit;
using Untag.Audit.Tables;

namespace Untag.Tests.Audit.Tables;

public sealed class CsvRowsTests
{
    [Fact]
    public void Cells_in_quotes_hold_separators_line_ends_and_quotes() =>
        Assert.Equal(
            [["a", "b,c", "d\ne"], ["1", "say \"x\"", ""]],
            Read("a,\"b,c\",\"d\ne\"\r\n1,\"say \"\"x\"\"\",\n"));

    [Fact]
    public void A_mark_empty_lines_and_a_missing_last_line_end_do_not_matter() =>
        Assert.Equal([["a", "b"], ["1", "2"]], Read("\uFEFFa,b\r\n\r\n1,2"));

    [Fact]
    public void A_row_that_is_whole_has_its_last_cell_even_when_that_is_empty() => Assert.Equal([["a", "b"], ["1", ""]], Read("a,b\n1,"));

    [Theory]
    [InlineData("a,b\n1\n", "t.csv:2: the row has 1 cells, the first row has 2")]
    [InlineData("a,b\n1,2\n3,4,5\n", "t.csv:3: the row has 3 cells, the first row has 2")]
    [InlineData("a,b\n1,\"2\n3,4\n", "t.csv:2: a quote is not closed")]
    [InlineData("a,b\n1,\"2\"x\n", "t.csv:2: there is text behind a closing quote")]
    public void What_is_no_table_is_refused_with_its_line(string text, string message) =>
        Assert.Equal(message, Assert.Throws<AuditInputException>(() => Read(text)).Message);

    [Fact]
    public void Lines_are_counted_through_cells_of_several_lines()
    {
        var rows = new CsvRows(Stream("a\n\"1\n2\"\n3\n"), "t.csv", (byte)',');
        Assert.True(rows.Read() && rows.Read() && rows.Read());
        Assert.Equal(4, rows.Line);
    }

    [Fact]
    public void Utf_16_is_refused_with_what_to_do() =>
        Assert.Equal("save it as UTF-8", Assert.Throws<AuditInputException>(
            () => new CsvRows(new MemoryStream([0xFF, 0xFE, 65, 0]), "t.csv", (byte)',')).Hint);

    [Fact]
    public void Reading_gives_back_what_was_written_whatever_the_size_of_a_block() =>
        Gen.Select(Cell.Array[2, 4].Array[1, 8], Gen.Int[1, 40]).Sample((rows, block) =>
        {
            var table = rows.Select(row => row.Concat(Enumerable.Repeat("", 4)).Take(3).ToArray()).ToArray();
            var text = string.Concat(table.Select(row => string.Join(',', row.Select(Quoted)) + "\n"));
            Assert.Equal(table, Read(text, block));
        });

    private static readonly Gen<string> Cell = Gen.OneOf(
        Gen.Const(""), Gen.String["ab\u00E9\u4E2D ,\"\n"], Gen.String["0123456789."]);

    private static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string[][] Read(string text, int block = 1 << 18)
    {
        var rows = new CsvRows(Stream(text), "t.csv", (byte)',', block);
        var read = new List<string[]>();
        while (rows.Read())
            read.Add([.. Enumerable.Range(0, rows.Count).Select(i => Encoding.UTF8.GetString(rows[i]))]);
        return [.. read];
    }

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));
}
