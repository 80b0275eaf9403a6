using Untag.Audit;
using Untag.Audit.Tables;
using Untag.Tests.Architecture;

namespace Untag.Tests.Audit.Tables;

/// <summary>One table in every format, each written by the programs that people use: <c>tests/fixtures/make/audit_tables.py</c> and <c>.cs</c>.</summary>
public sealed class SameTableTests
{
    /// <summary>Columns that hold something else than cells.</summary>
    private static readonly string[] Others = ["faces"];

    public static TheoryData<string> Written => [.. Directory.EnumerateFiles(Repository.File("tests", "fixtures", "audit"))
        .Select(path => Path.GetFileName(path)!).Where(name => Path.GetExtension(name) is not (".npy" or ".npz" or ".csv")).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Written))]
    public void Every_cell_is_read_as_it_stands_in_the_table_of_text(string name) => Assert.Equal(Cells("table.csv"), Cells(name));

    [Theory]
    [MemberData(nameof(Written))]
    public void The_report_is_the_same_to_the_byte(string name) => Assert.Equal(Report("table.csv"), Report(name));

    [Fact]
    public void There_are_files_of_each_kind() => Assert.Equal(
        [".arrow", ".arrows", ".feather", ".jsonl", ".parquet"], Written.Select(row => Path.GetExtension(row.Data)).Distinct().Order());

    [Fact]
    public void Files_of_several_formats_are_one_table()
    {
        var two = Audit("table.csv", "plain.parquet");
        Assert.Equal((480, 120), (two.Rows, two.People));
    }

    private static string Report(string name) => AuditedTable.Json(Audit(name));

    private static AuditReport Audit(params string[] names) => Auditor.Audit(
        new AuditRequest
        {
            Group = "group",
            Person = "person",
            Outputs = ["class", "share"],
            Decisions = [Condition.Parse("score >= 0.5")],
            Truth = "truth",
        },
        [.. names.Select(name => new TableSource(Repository.File("tests", "fixtures", "audit", name), name))],
        TestContext.Current.CancellationToken);

    private static string[][] Cells(string name)
    {
        using var stream = File.OpenRead(Repository.File("tests", "fixtures", "audit", name));
        using var rows = TableFile.Rows(stream, name);
        return TableText.Of(rows, Others);
    }
}
