using Untag.Scan;
using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading.Tables;

public sealed class ParquetReaderTests
{
    public static TheoryData<string> Packed =>
        ["faces-zstd", "faces-brotli", "faces-gzip", "faces-lz4_raw", "faces-snappy"];

    [Theory]
    [MemberData(nameof(Packed))]
    public void Names_of_columns_and_their_labels_are_read_whatever_packs_them(string name)
    {
        var read = Fixture.Read($"parquet/{name}.parquet");
        Assert.Null(read.Problem);
        Assert.Equal(
            ["file_name", "name", "age", "gender", "Female", "Male", "race", "Black", "East Asian", "Latino_Hispanic", "White", "box.x", "box.y"],
            Fixture.Texts(read));
    }

    [Fact]
    public void Columns_stand_together_and_the_labels_of_each_by_themselves()
    {
        var tokens = Assert.Single(Fixture.Read("parquet/faces-zstd.parquet").Passages).Tokens;
        Assert.Single(tokens.Where(token => token.Kind == TokenKind.Column).Select(token => token.Group).Distinct());
        Assert.Equal(
            ["Female Male", "Black East Asian Latino_Hispanic White"],
            tokens.Where(token => token.Kind == TokenKind.Value).GroupBy(token => token.Group)
                .Select(group => string.Join(' ', group.Select(token => token.Text))));
    }

    [Fact]
    public void The_column_and_its_labels_are_found()
    {
        var report = Fixture.Scan("parquet/faces-zstd.parquet");
        Assert.True(report.Complete);
        Assert.Equal(
            ["Black, East Asian, Latino_Hispanic, White", "race"],
            report.Findings.Where(finding => finding.Level == Level.Error).Select(finding => finding.Match).Order());
        Assert.All(report.Findings, finding => Assert.Equal((FindingKind.Dataset, (int?)null), (finding.Kind, finding.Line)));
    }

    [Fact]
    public void A_data_set_without_a_tag_is_clean() =>
        Assert.Equal(ScanVerdict.Clean, Fixture.Scan("parquet/faces-without-tag.parquet").Verdict);

    // Forty persons with five pictures each: few enough to be labels, and repeated like labels.
    [Fact]
    public void Names_of_persons_are_not_read_although_they_are_few() =>
        Assert.DoesNotContain(Fixture.Texts("parquet/faces-zstd.parquet"), text => text.StartsWith("Person", StringComparison.Ordinal));

    [Fact]
    public void A_file_cut_off_anywhere_is_reported() =>
        Fixture.AssertEveryCutIsReported("parquet/faces-zstd.parquet", Fixture.Bytes("parquet/faces-zstd.parquet").Length);

    [Theory]
    [MemberData(nameof(Packed))]
    public void Damage_is_borne(string name) => Fixture.AssertDamageIsBorne($"parquet/{name}.parquet", 1000);

    [Fact]
    public void A_damaged_dictionary_is_reported_and_the_columns_are_still_read()
    {
        var bytes = Fixture.Bytes("parquet/faces-zstd.parquet");
        bytes.AsSpan(4, 1200).Clear();
        var read = Fixture.Read("faces.parquet", bytes);
        Assert.Contains("is damaged", read.Problem, StringComparison.Ordinal);
        Assert.Contains("race", Fixture.Texts(read));
    }

    [Fact]
    public void An_encrypted_footer_is_reported() =>
        Assert.Contains(
            "encrypted",
            Fixture.Read("a.parquet", [.. "PARE"u8, 0, 0, 0, 0, .. "PARE"u8]).Problem,
            StringComparison.Ordinal);

    [Fact]
    public void A_footer_longer_than_the_file_costs_no_memory() =>
        Assert.NotNull(Fixture.Read("a.parquet", [.. "PAR1"u8, 0xFF, 0xFF, 0xFF, 0x7F, .. "PAR1"u8]).Problem);
}
