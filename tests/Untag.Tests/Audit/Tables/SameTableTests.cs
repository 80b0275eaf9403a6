using System.Text;
using Untag.Audit;
using Untag.Audit.Tables;
using Untag.Tests.Architecture;

namespace Untag.Tests.Audit.Tables;

/// <summary>One table in every format, each written by the programs that people use: <c>tests/fixtures/make/audit_tables.py</c> and <c>.cs</c>.</summary>
public sealed class SameTableTests
{
    /// <summary>Columns that hold something else than cells.</summary>
    private static readonly string[] Others = ["faces"];

    private static readonly AuditRequest Asked = new()
    {
        Group = "group",
        Person = "person",
        Outputs = ["class", "share"],
        Decisions = [Condition.Parse("score >= 0.5")],
        Truth = "truth",
    };

    public static TheoryData<string> Written => [.. Directory.EnumerateFiles(Repository.File("tests", "fixtures", "audit"))
        .Select(path => Path.GetFileName(path)!).Where(name => Path.GetExtension(name) is not (".npy" or ".npz" or ".csv")).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Written))]
    public void Every_cell_is_read_as_it_stands_in_the_table_of_text(string name) => Assert.Equal(Cells("table.csv"), Cells(name));

    [Theory]
    [MemberData(nameof(Written))]
    public void The_report_is_the_same_to_the_byte(string name) => Assert.Equal(Report("table.csv"), Report(name));

    [Theory]
    [MemberData(nameof(Written))]
    public void So_it_is_with_strata_and_failures(string name) => Assert.Equal(Parted("table.csv"), Parted(name));

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

    private static string Parted(string name)
    {
        var request = Asked with { Strata = ["truth", "level"], Truth = null, Failures = [Condition.Parse("count == 1") with { Name = "fta" }] };
        using var stream = new MemoryStream();
        AuditPartials.Write(request, Auditor.Sums(request, [Table(name)], TestContext.Current.CancellationToken), stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static AuditReport Audit(params string[] names) =>
        Auditor.Audit(Asked, [.. names.Select(Table)], TestContext.Current.CancellationToken);

    private static TableSource Table(string name) => new(Repository.File("tests", "fixtures", "audit", name), name);

    private static string[][] Cells(string name)
    {
        using var stream = File.OpenRead(Repository.File("tests", "fixtures", "audit", name));
        using var rows = TableFile.Rows(stream, name);
        return TableText.Of(rows, Others);
    }
}
