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
    public void An_empty_line_of_windows_is_empty_in_a_table_of_one_column_too() =>
        Assert.Equal([["a"], ["1"], ["2"]], Read("a\r\n\r\n1\r\n\r\n2\r\n"));

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
        Assert.True(rows.Read());
        Assert.Equal("t.csv:4", rows.PlaceOf(1));
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

    // Rows without quotes are cut in another way than those with them.
    [Fact]
    public void Plain_rows_and_rows_with_quotes_are_cut_alike_whatever_the_size_of_a_block() =>
        Gen.Select(Gen.OneOf(Gen.Const(""), Gen.String["ab.0 \u4E2D"], Cell).Array[3].Array[1, 60], Gen.Int[1, 200], Gen.Bool).Sample((table, block, ofWindows) =>
        {
            var text = string.Concat(table.Select(row => string.Join(',', row.Select(cell => cell.AsSpan().ContainsAny(",\"\n") ? Quoted(cell) : cell))
                + (ofWindows ? "\r\n" : "\n")));
            Assert.Equal(table, Read(text, block));
        });

    [Fact]
    public void The_rows_before_a_wrong_one_are_handed_over_first()
    {
        var rows = new CsvRows(Stream("a,b\n1,2\n3\n"), "t.csv", (byte)',');
        Assert.True(rows.Read());
        Assert.Equal(1, rows.Count);
        Assert.Throws<AuditInputException>(() => rows.Read());
    }

    private static string[][] Read(string text, int block = 1 << 20) => TableText.Of(new CsvRows(Stream(text), "t.csv", (byte)',', block));

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));
}
