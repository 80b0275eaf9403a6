using Untag.Audit;
using Untag.Audit.Tables;
using Untag.Tests.Architecture;

namespace Untag.Tests.Audit;

/// <summary>What is wrong with a table is said with its place and the next step, and nothing is guessed.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("gruop,score,truth\na,1,0", "`t.csv` has no column `group`", "did you mean `gruop`?")]
    [InlineData("group,score,score,truth\na,1,1,0", "`t.csv` has two columns `score`", "give one of them another name")]
    [InlineData("group,score,truth\na,1,0\n,1,0", "t.csv:3: column `group` is empty", "say which group the person stated, or take rows without one out of the table")]
    [InlineData("group,score,truth\na,NaN,0", "t.csv:2: column `score` cannot be compared", "the decision `score >= 0.5` asks for a finite number")]
    [InlineData("group,score,truth\na,1,0\na,Infinity,0", "t.csv:3: column `score` cannot be compared", "the decision `score >= 0.5` asks for a finite number")]
    [InlineData("group,score,truth\na,1,0\na,high,0", "t.csv:3: column `score` cannot be compared", "the decision `score >= 0.5` asks for a finite number")]
    [InlineData("group,score,truth\na,1,2", "t.csv:2: column `truth` says neither yes nor no", "write 1 or 0, true or false, yes or no")]
    [InlineData("group,score,truth", "`t.csv` has no row", "an audit needs rows under the names of the columns")]
    [InlineData("", "`t.csv` is empty", "the first row names the columns")]
    public void A_wrong_table_is_told_with_the_place_and_the_next_step(string text, string message, string hint)
    {
        var lines = text.Split('\n');
        var table = new AuditedTable(lines[0]);
        foreach (var line in lines[1..])
            table.Add(1, line);
        var problem = Assert.Throws<AuditInputException>(() => table.Audit(Request));
        Assert.Equal((message, hint), (problem.Message, problem.Hint));
    }

    [Fact]
    public void A_person_of_two_groups_is_told_without_saying_who_or_which()
    {
        var table = new AuditedTable("person,group,score,truth").Add(1, "p1,a,1,0").Add(1, "p1,b,1,0");
        var problem = Assert.Throws<AuditInputException>(() => table.Audit(Request with { Person = "person" }));
        Assert.Equal("t.csv:3: the person has another group than in an earlier row", problem.Message);
    }

    [Fact]
    public void An_output_of_more_than_1000_values_is_a_score_and_all_of_them_are_finite_numbers()
    {
        foreach (var odd in new[] { "NaN", "-Infinity", "", "high" })
        {
            var table = new AuditedTable("group,score,truth").Add(1, $"a,{odd},0");
            for (var i = 0; i <= 1000; i++)
                table.Add(1, $"a,{i},0");
            var problem = Assert.Throws<AuditInputException>(() => table.Audit(Request with { Decisions = [], Outputs = ["score"] }));
            Assert.Equal("column `score` has more than 1000 values, and the one at t.csv:2 is no finite number", problem.Message);
        }
    }

    [Theory]
    [InlineData("0.5", "NaN", "`NaN`")]
    [InlineData("0.5", "-Infinity", "`-Infinity`")]
    public void Numbers_that_are_not_finite_are_refused_among_others(string number, string odd, string shown) => Assert.Equal(
        $"column `score` holds numbers and {shown}, which is no finite number",
        Assert.Throws<AuditInputException>(() => new AuditedTable("group,score").Add(30, $"a,{number}").Add(1, $"b,{odd}")
            .AuditFile(new AuditRequest { Group = "group", Outputs = ["score"] })).Message);

    [Theory]
    [InlineData("high", "`high`")]
    [InlineData("", "empty cells")]
    public void A_score_in_which_a_word_stands_is_no_class(string odd, string shown)
    {
        var table = new AuditedTable("group,score").Add(1, $"a,{odd}");
        for (var i = 0; i < 30; i++)
            table.Add(1, $"b,{i / 30.0:F4}");
        var problem = Assert.Throws<AuditInputException>(() => table.AuditFile(new AuditRequest { Group = "group", Outputs = ["score"] }));
        Assert.Equal($"column `score` holds numbers and {shown}, which is no finite number", problem.Message);
        Assert.Contains("--fta 'score == \"\"'", problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbered_classes_with_a_word_for_the_rest_are_classes() => Assert.Equal(
        0.0, new AuditedTable("group,class").Add(40, "a,1").Add(40, "a,unknown").Add(40, "b,1").Add(40, "b,unknown")
            .AuditFile(new AuditRequest { Group = "group", Outputs = ["class"] }).Identify[0].Estimate);

    [Fact]
    public void Shards_with_other_columns_are_not_mixed()
    {
        var folder = Directory.CreateTempSubdirectory("untag-audit-");
        try
        {
            var (one, two) = (Path.Join(folder.FullName, "1.csv"), Path.Join(folder.FullName, "2.csv"));
            File.WriteAllText(one, "group,score,truth\na,1,0\n");
            File.WriteAllText(two, "group,truth,score\na,1,0\n");
            var problem = Assert.Throws<AuditInputException>(() => Auditor.Audit(Request, [TableSource.At(one), TableSource.At(two)], TestContext.Current.CancellationToken));
            Assert.Equal($"`{two}` has its columns in another order than `{one}`", problem.Message);
            var rows = Auditor.Audit(Request, [TableSource.At(one), TableSource.At(one)], TestContext.Current.CancellationToken).Rows;
            Assert.Equal(2, rows);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("x.xlsx", "`x.xlsx`: tables in .xlsx cannot be read")]
    [InlineData("x", "`x` has no ending that tells its format")]
    public void A_format_that_cannot_be_read_is_not_taken_for_another(string name, string message) =>
        Assert.Equal(message, Assert.Throws<AuditInputException>(() => TableFile.Rows(Stream.Null, name)).Message);

    [Theory]
    [InlineData("other/less.parquet", "`other/less.parquet` has no column `note`, which `plain.parquet` has")]
    [InlineData("other/nested.parquet", "`other/nested.parquet` has a column `box`, which `plain.parquet` has not")]
    [InlineData("other/texts.parquet", "`other/texts.parquet` holds texts in `score`, and `plain.parquet` numbers")]
    public void Shards_that_are_no_table_together_are_told_apart(string second, string message) => Assert.Equal(
        message, Assert.Throws<AuditInputException>(() => Auditor.Audit(
            Request, [Fixture("plain.parquet"), Fixture(second)], TestContext.Current.CancellationToken)).Message);

    [Theory]
    [InlineData("box", "`other/nested.parquet`: column `box` holds columns of its own")]
    [InlineData("noon", "`other/nested.parquet`: column `noon` holds values of another kind")]
    public void A_column_that_holds_no_cells_is_refused_only_when_it_is_asked_for(string column, string message)
    {
        var tables = new[] { Fixture("other/nested.parquet") };
        Assert.Equal(240, Auditor.Audit(Request, tables, TestContext.Current.CancellationToken).Rows);
        Assert.Equal(message, Assert.Throws<AuditInputException>(() => Auditor.Audit(
            Request with { Outputs = [column] }, tables, TestContext.Current.CancellationToken)).Message);
    }

    [Fact]
    public void A_row_of_a_table_of_columns_is_named_by_its_number() => Assert.StartsWith(
        "plain.parquet, row 1: column `class` cannot be compared", Assert.Throws<AuditInputException>(() => Auditor.Audit(
            Request with { Decisions = [Condition.Parse("class >= 1")] }, [Fixture("plain.parquet")], TestContext.Current.CancellationToken)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_there_is_told() => Assert.Equal(
        "cannot read `no.csv`: it is not there",
        Assert.Throws<AuditInputException>(() => Auditor.Audit(Request, [TableSource.At("no.csv")], TestContext.Current.CancellationToken)).Message);

    private static TableSource Fixture(string name) => new(Repository.File("tests", "fixtures", "audit", name), name);

    private static readonly AuditRequest Request = new()
    {
        Group = "group",
        Decisions = [Condition.Parse("score >= 0.5")],
        Truth = "truth",
    };
}
