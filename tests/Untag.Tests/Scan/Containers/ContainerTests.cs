using Untag.Scan;
using static Untag.Tests.Scan.Containers.Pack;

namespace Untag.Tests.Scan.Containers;

public sealed class ContainerTests
{
    [Fact]
    public void A_tag_inside_a_zip_is_found_at_its_path_and_line()
    {
        var report = ReportOf("app.zip", Zip(("src/api.py", Bytes(Tagged)), ("readme.txt", Bytes("nothing"))));
        Assert.Contains(report.Findings, finding => finding is { Path: "app.zip!/src/api.py", Line: 2, Level: Level.Error });
        Assert.Equal(ScanVerdict.Findings, report.Verdict);
    }

    [Theory]
    [InlineData("app.tar", "app.tar!/src/api.py")]
    [InlineData("app.tar.gz", "app.tar.gz!/src/api.py")]
    [InlineData("app.tgz", "app.tgz!/src/api.py")]
    public void A_tag_inside_a_tar_is_found_compressed_or_not(string name, string path)
    {
        var tar = Tar(("./src/api.py", Bytes(Tagged)));
        var report = ReportOf(name, name.EndsWith('r') ? tar : Gzip(tar));
        Assert.Contains(report.Findings, finding => finding.Path == path && finding.Line == 2);
        Assert.True(report.Complete);
    }

    [Fact]
    public void A_compressed_file_is_called_as_it_without_the_ending()
    {
        var report = ReportOf("api.py.gz", Gzip(Bytes(Tagged)));
        Assert.Contains(report.Findings, finding => finding.Path == "api.py.gz!/api.py");
    }

    [Fact]
    public void Archives_inside_archives_are_opened()
    {
        var report = ReportOf("outer.jar", Zip(("lib/inner.zip", Zip(("deep.tgz", Gzip(Tar(("api.py", Bytes(Tagged)))))))));
        Assert.Contains(report.Findings, finding => finding.Path == "outer.jar!/lib/inner.zip!/deep.tgz!/api.py");
    }

    [Fact]
    public void A_container_without_tags_is_clean_and_counts_its_entries()
    {
        var report = ReportOf("app.whl", Zip(("a.py", Bytes("x = 1")), ("b.py", Bytes("y = 2"))));
        Assert.Equal(ScanVerdict.Clean, report.Verdict);
        Assert.Equal(3, report.Totals.Read);
    }

    [Fact]
    public void What_the_files_inside_say_tells_what_the_product_is_about()
    {
        var report = ReportOf("app.zip", Zip(
            ("service.py", Bytes("from insightface import app  # face recognition")),
            ("attr.ts", Bytes("interface Attr { age: number; gender: string; ethnicity: string }"))));
        Assert.Contains(report.Findings, finding => finding.Path == "app.zip!/attr.ts" && finding.Level == Level.Error);
    }

    [Fact]
    public void A_packed_format_that_is_not_opened_is_partial()
    {
        var report = ReportOf("x.cab", [.. "MSCF"u8, 0, 0, 0, 0]);
        Assert.Equal(ScanVerdict.Partial, report.Verdict);
    }

    [Fact]
    public void A_tar_archive_is_known_by_its_content_whatever_it_is_called()
    {
        var report = ReportOf("payload", Gzip(Tar(("src/api.py", Bytes(Tagged)))));
        Assert.Contains(report.Findings, finding => finding.Path == "payload!/src/api.py");
        Assert.True(report.Complete);
    }

    [Fact]
    public void Both_entries_of_one_name_are_read()
    {
        var zip = Zip(("api.py", Bytes("x = 1")), ("api.py", Bytes(Tagged)), ("api.py", Bytes("y = 2")));
        var report = ReportOf("twice.zip", zip);
        Assert.Contains(report.Findings, finding => finding.Path == "twice.zip!/api.py");
        Assert.Equal(4, report.Totals.Read);
    }

    [Fact]
    public void What_stands_behind_the_end_of_a_tar_archive_is_read_as_well()
    {
        byte[] two = [.. Tar(("a.py", Bytes("x = 1"))), .. Tar(("b.py", Bytes(Tagged)))];
        Assert.Contains(ReportOf("two.tar", two).Findings, finding => finding.Path == "two.tar!/b.py");
    }

    [Fact]
    public void A_letter_of_the_alphabet_is_no_archive()
    {
        var report = ReportOf("notes.txt", Bytes("BZh is how a bzip2 file begins; PK is how a ZIP file does"));
        Assert.Equal(ScanVerdict.Clean, report.Verdict);
        Assert.Equal(1, report.Totals.Files);
    }
}
