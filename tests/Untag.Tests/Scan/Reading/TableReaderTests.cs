using System.Text;
using CsCheck;
using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading;

public sealed class TableReaderTests
{
    [Theory]
    [InlineData("a.csv", "id,race,age")]
    [InlineData("a.csv", "id;race;age")]
    [InlineData("a.tsv", "id\trace\tage")]
    [InlineData("a.psv", "id|race|age")]
    [InlineData("a.csv", "\"id\",\"race\",\"age\"")]
    [InlineData("a.csv", " id , race ,age")]
    [InlineData("a.csv", "\n \nid,race,age")]
    public void The_names_of_the_columns_are_read(string path, string text)
    {
        Assert.Equal(["id", "race", "age"], Read.Texts(path, text, TokenKind.Column));
        Assert.Null(Read.Misplaced(text, Read.Tokens(path, text)));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void No_row_is_ever_read(string end) =>
        Assert.Equal(
            ["name", "race"],
            Read.Tokens("a.csv", $"name,race{end}Anna,asian{end}{end}Bert,\"white\"").Select(token => token.Text.ToString()));

    [Fact]
    public void A_separator_inside_quotes_separates_nothing() =>
        Assert.Equal(["race, ethnicity", "age"], Read.Texts("a.csv", "\"race, ethnicity\",age", TokenKind.Column));

    [Theory]
    [InlineData("1,asian,33")]
    [InlineData("anna,asian,1.5e3")]
    [InlineData("1990-01-02,asian")]
    [InlineData("https://example.org/a,asian")]
    [InlineData("faces/0001.JPG,asian")]
    [InlineData("\"0001.png\";asian")]
    public void A_table_without_header_has_no_column_and_that_is_stated(string text)
    {
        Assert.Empty(Read.Tokens("a.csv", text));
        Assert.StartsWith("a table without a header", Read.File("a.csv", text).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.1,0.2,0.9\n0.3,0.4,0.5")]
    [InlineData("7\n8")]
    public void A_matrix_of_numbers_has_nothing_that_could_be_missed(string text) =>
        Assert.Equal((0, null), (Read.Tokens("a.csv", text).Count, Read.File("a.csv", text).Problem));

    [Fact]
    public void Columns_that_are_numbered_are_a_header() =>
        Assert.Equal(["race", "2019", "2020", "2021"], Read.Texts("a.csv", "race,2019,2020,2021\nasian,5,7,9", TokenKind.Column));

    [Fact]
    public void Labels_that_repeat_in_many_rows_are_read_at_the_header_of_their_column()
    {
        var text = "id,group\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"p{i},{(i % 2 == 0 ? "asian" : "white")}\n"));
        var labels = Read.Tokens("a.csv", text).Where(token => token.Kind == TokenKind.Value).ToList();
        Assert.Equal(["asian", "white"], labels.Select(token => token.Text.ToString()));
        Assert.All(labels, label => Assert.Equal((1, 4), (label.Line, label.Column)));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("Full Name")]
    [InlineData("subject_id")]
    [InlineData("imagePath")]
    public void Who_somebody_is_is_no_label_however_often_it_is_repeated(string column)
    {
        var text = $"{column},race\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"Anna{i % 2},asian\n"));
        Assert.Equal(["asian"], Read.Texts("a.csv", text, TokenKind.Value));
    }

    [Fact]
    public void A_table_without_header_gives_labels_only_when_they_repeat_often()
    {
        var few = string.Concat(Enumerable.Range(0, 20).Select(i => $"{i}.jpg,{(i % 2 == 0 ? "asian" : "white")}\n"));
        Assert.Empty(Read.Tokens("a.csv", few));
        var many = string.Concat(Enumerable.Range(0, 40).Select(i => $"{i}.jpg,{(i % 2 == 0 ? "asian" : "white")}\n"));
        Assert.Equal(["asian", "white"], Read.Texts("a.csv", many, TokenKind.Value));
    }

    [Fact]
    public void A_quoted_cell_may_hold_line_ends() =>
        Assert.Equal(
            ["note", "race"],
            Read.Tokens("a.csv", "note,race\n\"one\nrace,two\",asian").Select(token => token.Text.ToString()));

    [Theory]
    [InlineData("BMI,race,age\n22,asian,3")]
    [InlineData("ID3,race,age\n22,asian,3")]
    public void A_header_that_begins_like_a_picture_or_sound_is_read(string text) =>
        Assert.Contains("race", Read.Texts("a.csv", text, TokenKind.Column));

    [Fact]
    public void A_damaged_table_is_not_read_and_that_is_stated()
    {
        var read = Readers.Read("a.csv", [.. "name,race\nAnna,asian"u8, 0, .. "\nBert,white"u8]);
        Assert.Empty(read.Passages);
        Assert.NotNull(read.Problem);
    }

    [Fact]
    public void A_table_in_UTF16_is_read_as_far_as_its_header()
    {
        var read = Readers.Read("a.csv", Encoding.Unicode.GetBytes("name,race\nAnna,asian\n"));
        Assert.Equal(["name", "race"], Assert.Single(read.Passages).Tokens.Select(token => token.Text.ToString()));
    }

    [Fact]
    public void Of_any_table_only_the_first_line_that_holds_something_is_read()
    {
        var piece = Gen.OneOf("race", "é族", "\"", "\"\"", ",", ";", "\t", "|", " ", "7", "\n", "\r\n", "\r", "Anna", "a.jpg");
        Gen.Select(piece.Array[0, 40].Select(string.Concat), Gen.OneOf("a.csv", "a.tsv", "a.psv", "a.tab")).Sample(
            (text, path) =>
            {
                var lines = text.Split(["\r\n", "\n", "\r"], StringSplitOptions.None);
                var header = Array.FindIndex(lines, line => !string.IsNullOrWhiteSpace(line)) + 1;
                var tokens = Read.Tokens(path, text);
                Assert.All(tokens, token => Assert.Equal(header, token.Line));
                // A label stands at the header of its column.
                Assert.Null(Read.Misplaced(text, tokens.Where(token => token.Kind == TokenKind.Column)));
            },
            seed: "0000Kx9Qw2a1", iter: 3000);
    }

    [Fact]
    public void Of_any_bytes_called_a_table_no_row_is_read() =>
        Gen.Byte.Array[0, 60].Sample(
            tail =>
            {
                var read = Readers.Read("a.csv", [.. "name,race\nAnna-asian\n"u8, .. tail]);
                Assert.DoesNotContain(
                    read.Passages.SelectMany(passage => passage.Tokens),
                    token => token.Text.Span.Contains("Anna", StringComparison.Ordinal));
            },
            seed: "0000Kx9Qw2a1", iter: 1000);
}
