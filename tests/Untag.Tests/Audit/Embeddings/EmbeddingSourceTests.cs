using System.IO.Compression;
using CsCheck;
using Untag.Audit;
using Untag.Audit.Embeddings;
using Untag.Audit.Tables;
using Untag.Tests.Architecture;

namespace Untag.Tests.Audit.Embeddings;

/// <summary>The same embeddings as numpy and Arrow write them: <c>tests/fixtures/make/audit_tables.py</c> and <c>.cs</c>.</summary>
public sealed class EmbeddingSourceTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("untag-arrays-");

    public void Dispose() => folder.Delete(recursive: true);

    public static TheoryData<string, string> Sources => new()
    {
        { "faces.npz", "table.csv" },
        { "packed.npz", "table.csv" },
        { "packed.npz!/faces", "table.csv" },
        { "faces", "dictionary-uncompressed.parquet" },
        { "faces", "dictionary-zstd.parquet" },
        { "faces", "stream.arrows" },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public void Every_source_holds_the_same_numbers(string embedding, string table) =>
        Assert.Equal(Numbers(Source("faces.npy"), Source("table.csv")), Numbers(Source(embedding), Source(table)));

    [Theory]
    [InlineData("other/fixed.feather")]
    [InlineData("other/fixed.parquet")]
    public void Lists_of_fixed_size_are_embeddings_too(string table)
    {
        // They hold 8 bytes a number: what was rounded to 4 is so here before it is compared.
        var rounded = Numbers(Source("faces"), Source(table)).Select(number => (double)(float)number);
        Assert.Equal(Numbers(Source("faces.npy"), Source("table.csv")), rounded);
    }

    [Theory]
    [InlineData("other/uneven.parquet")]
    [InlineData("other/uneven.arrow")]
    public void Lists_of_several_lengths_are_none(string table) => Assert.Equal(
        $"`{table}`: column `faces` cannot be read: the rows are not of one length", Refused(Source("faces"), table));

    [Theory]
    [InlineData("faces.npy")]
    [InlineData("faces.npz")]
    [InlineData("packed.npz")]
    public void Rows_are_the_same_in_blocks(string embedding)
    {
        using var rows = new NpyRows(Source(embedding));
        var block = new RowBlock(100, rows.Dimensions);
        List<double> numbers = [];
        while (rows.Next(block))
            numbers.AddRange(block.Numbers.Take(block.Rows * block.Dimensions).Select(number => (double)number));
        Assert.Equal(Numbers(Source("faces.npy"), Source("table.csv")), numbers);
    }

    [Fact]
    public void A_row_that_failed_has_an_embedding_that_is_passed_over()
    {
        var report = Failed("faces", "dictionary-zstd.parquet");
        Assert.True(report.Rows < 240);
        Assert.Equal(AuditedTable.Json(Failed("faces.npy", "table.csv")).Replace("faces.npy", "faces", StringComparison.Ordinal), AuditedTable.Json(report));
    }

    private static AuditReport Failed(string embedding, string table) => Auditor.Audit(
        new AuditRequest
        {
            Group = "group",
            Person = "person",
            Embedding = Source(embedding),
            Failures = [Condition.Parse("score < 0.1") with { Name = "fta" }],
        },
        [Source(table)], TestContext.Current.CancellationToken);

    [Fact]
    public void Tables_follow_each_other() => Assert.Equal(
        480 * 4, Numbers(Source("faces"), Source("dictionary-uncompressed.parquet"), Source("stream.arrows")).Count);

    [Fact]
    public void A_name_that_no_column_of_lists_has_is_that_of_a_file() => Assert.Equal(
        "`group` is no .npy or .npz file", Refused(new TableSource("group", "group"), "plain.parquet"));

    [Fact]
    public void An_array_that_is_not_there_is_told_with_those_that_are()
    {
        var problem = Assert.Throws<AuditInputException>(() => Numbers(Source("packed.npz!/x"), Source("table.csv")));
        Assert.Equal(("`packed.npz` holds no array `x`", "it holds faces, labels"), (problem.Message, problem.Hint));
    }

    [Fact]
    public void Of_two_arrays_of_rows_none_is_guessed()
    {
        var bytes = File.ReadAllBytes(Source("faces.npy").Location);
        var path = Archive(("a.npy", bytes), ("b.npy", bytes));
        var problem = Assert.Throws<AuditInputException>(() => Numbers(new TableSource(path, "two.npz"), Source("table.csv")));
        Assert.Equal(("`two.npz` holds several arrays of rows: a, b", "name one: --embedding two.npz!/a"), (problem.Message, problem.Hint));
        Assert.Equal(960, Numbers(new TableSource(path + "!/b", "two.npz!/b"), Source("table.csv")).Count);
    }

    [Theory]
    [InlineData("faces.npz")]
    [InlineData("packed.npz")]
    public void An_archive_that_is_cut_or_damaged_is_refused(string name)
    {
        var bytes = File.ReadAllBytes(Source(name).Location);
        var whole = Numbers(Source(name), Source("table.csv"));
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte, Gen.Bool).Sample(
            (at, value, isCut) =>
            {
                var changed = isCut ? bytes[..at] : bytes.ToArray();
                if (!isCut)
                    changed[at] ^= value;
                var path = Path.Join(folder.FullName, "damaged.npz");
                File.WriteAllBytes(path, changed);
                try
                {
                    // A date, a note: not all bytes say something.
                    Assert.Equal(whole, Numbers(new TableSource(path, "damaged.npz"), Source("table.csv")));
                    Assert.False(isCut);
                }
                catch (AuditInputException problem)
                {
                    Assert.NotEmpty(problem.Hint);
                }
            },
            iter: 150, threads: 1); // they share a file
    }

    private string Archive(params (string Name, byte[] Bytes)[] members)
    {
        var path = Path.Join(folder.FullName, "two.npz");
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, bytes) in members)
        {
            using var member = archive.CreateEntry(name).Open();
            member.Write(bytes);
        }

        return path;
    }

    private static string Refused(TableSource embedding, string table) =>
        Assert.Throws<AuditInputException>(() => Numbers(embedding, Source(table))).Message;

    private static TableSource Source(string name) => new(Repository.File("tests", "fixtures", "audit", name), name);

    private static List<double> Numbers(TableSource embedding, params TableSource[] tables)
    {
        using var rows = new NpyRows(EmbeddingSource.Beside(embedding, tables, 240 * tables.Length));
        var numbers = new List<double>();
        while (rows.Next())
            numbers.AddRange(rows.Numbers);
        return numbers;
    }
}
