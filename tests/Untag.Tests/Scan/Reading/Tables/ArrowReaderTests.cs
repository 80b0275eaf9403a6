using Untag.Scan;

namespace Untag.Tests.Scan.Reading.Tables;

public sealed class ArrowReaderTests
{
    public static TheoryData<string> Files => ["arrow/faces.feather", "arrow/faces-lz4.arrow", "arrow/faces-stream.arrows"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Names_of_columns_their_dictionaries_and_notes_are_read(string path)
    {
        var read = Fixture.Read(path);
        Assert.Null(read.Problem);
        Assert.Equal(
            ["file_name", "race", "Asian", "Black", "White", "box.x", "box.y", "made_for", "the tests of Untag"],
            Fixture.Texts(read));
        Assert.Equal("metadata made_for", read.Passages[1].Inner);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_column_and_its_labels_are_found(string path)
    {
        var report = Fixture.Scan(path);
        Assert.True(report.Complete);
        Assert.Equal(
            ["Asian, Black, White", "race"],
            report.Findings.Where(finding => finding.Level == Level.Error).Select(finding => finding.Match).Order());
    }

    [Fact]
    public void A_data_set_without_a_tag_is_clean() =>
        Assert.Equal(ScanVerdict.Clean, Fixture.Scan("arrow/faces-without-tag.arrow").Verdict);

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_cut_off_anywhere_is_reported(string path)
    {
        const int EndBytes = 8; // a stream ends with a message of no length
        const int HeadBytes = 32; // a stream has no mark: less is no Arrow
        Fixture.AssertEveryCutIsReported(path, Fixture.Bytes(path).Length - EndBytes, HeadBytes);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Damage_is_borne(string path) => Fixture.AssertDamageIsBorne(path);

    [Fact]
    public void The_first_version_of_Feather_is_reported_with_what_to_do() =>
        Assert.Contains("version 2", Fixture.Read("a.feather", "FEA1\0\0\0\0FEA1"u8.ToArray()).Problem, StringComparison.Ordinal);
}
