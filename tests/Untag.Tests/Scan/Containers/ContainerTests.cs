using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Untag.Policy;
using Untag.Scan;

namespace Untag.Tests.Scan.Containers;

public sealed class ContainerTests
{
    private const string Tagged = "# face detection and face recognition\nethnicity_pred = model(face)  # age, gender";

    [Fact]
    public void A_tag_inside_a_zip_is_found_at_its_path_and_line()
    {
        var report = Scan("app.zip", Zip(("src/api.py", Bytes(Tagged)), ("readme.txt", Bytes("nothing"))));
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
        var report = Scan(name, name.EndsWith('r') ? tar : Gzip(tar));
        Assert.Contains(report.Findings, finding => finding.Path == path && finding.Line == 2);
        Assert.True(report.Complete);
    }

    [Fact]
    public void A_compressed_file_is_called_as_it_without_the_ending()
    {
        var report = Scan("api.py.gz", Gzip(Bytes(Tagged)));
        Assert.Contains(report.Findings, finding => finding.Path == "api.py.gz!/api.py");
    }

    [Fact]
    public void Archives_inside_archives_are_opened()
    {
        var report = Scan("outer.jar", Zip(("lib/inner.zip", Zip(("deep.tgz", Gzip(Tar(("api.py", Bytes(Tagged)))))))));
        Assert.Contains(report.Findings, finding => finding.Path == "outer.jar!/lib/inner.zip!/deep.tgz!/api.py");
    }

    [Fact]
    public void A_container_without_tags_is_clean_and_counts_its_entries()
    {
        var report = Scan("app.whl", Zip(("a.py", Bytes("x = 1")), ("b.py", Bytes("y = 2"))));
        Assert.Equal(ScanVerdict.Clean, report.Verdict);
        Assert.Equal(3, report.Totals.Read);
    }

    [Fact]
    public void What_the_files_inside_say_tells_what_the_product_is_about()
    {
        var report = Scan("app.zip", Zip(
            ("service.py", Bytes("from insightface import app  # face recognition")),
            ("attr.ts", Bytes("interface Attr { age: number; gender: string; ethnicity: string }"))));
        Assert.Contains(report.Findings, finding => finding.Path == "app.zip!/attr.ts" && finding.Level == Level.Error);
    }

    [Fact]
    public void An_entry_that_expands_a_thousandfold_ends_the_unpacking()
    {
        var report = Scan("bomb.zip", Zip(("zeros", new byte[100_000_000])));
        Assert.Contains("200 times", Assert.Single(report.Skipped).Reason, StringComparison.Ordinal);
        Assert.Equal(ScanVerdict.Partial, report.Verdict);
    }

    [Fact]
    public void A_limit_on_expanded_bytes_holds_over_all_entries()
    {
        var limits = ScanLimits.Default with { ExpandedBytesMax = 1_000_000, ExpansionRatioMax = int.MaxValue };
        var report = Scan("big.zip", Zip(("a", new byte[600_000]), ("b", new byte[600_000]), ("c", Bytes(Tagged))), limits);
        Assert.Contains("expands to more than", Assert.Single(report.Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_on_entries_is_reported()
    {
        var files = Enumerable.Range(0, 20).Select(i => ($"{i}.txt", Bytes("x"))).ToArray();
        var report = Scan("many.zip", Zip(files), ScanLimits.Default with { ArchiveEntriesMax = 10 });
        Assert.Contains("more than 10 entries", Assert.Single(report.Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_of_archives_ends_at_the_depth_limit()
    {
        var bytes = Zip(("api.py", Bytes(Tagged)));
        for (var i = 0; i < 12; i++)
            bytes = Zip(("next.zip", bytes));
        var report = Scan("chain.zip", bytes);
        Assert.Contains("inside each other", Assert.Single(report.Skipped).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    public void A_name_that_leads_out_of_the_archive_is_reported_and_its_content_read(string name)
    {
        var report = Scan("evil.tar", Tar((name, Bytes(Tagged))));
        Assert.Contains("leads out of the archive", Assert.Single(report.Skipped).Reason, StringComparison.Ordinal);
        Assert.NotEmpty(report.Findings);
    }

    [Fact]
    public void A_cut_archive_is_partial_never_clean()
    {
        var zip = Zip(("api.py", Bytes(Tagged)), ("rest.bin", Encoding.ASCII.GetBytes(new string('x', 5000))));
        for (var length = 4; length < zip.Length; length += 37)
            Assert.NotEqual(ScanVerdict.Clean, Scan("cut.zip", zip[..length]).Verdict);
        var tar = Gzip(Tar(("api.py", Bytes(Tagged))));
        Assert.NotEqual(ScanVerdict.Clean, Scan("cut.tar.gz", tar[..(tar.Length / 2)]).Verdict);
    }

    [Fact]
    public void A_packed_format_that_is_not_opened_is_partial()
    {
        var report = Scan("x.cab", [.. "MSCF"u8, 0, 0, 0, 0]);
        Assert.Equal(ScanVerdict.Partial, report.Verdict);
    }

    private static ScanReport Scan(string name, byte[] bytes, ScanLimits? limits = null) => Scanner.Scan(
        new ScanRequest
        {
            Policy = TagPolicy.Default,
            Sources = [new ScanSource.Piped(name, new MemoryStream(bytes))],
            Limits = limits ?? ScanLimits.Default,
        },
        progress: null,
        TestContext.Current.CancellationToken);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    private static byte[] Tar(params (string Name, byte[] Content)[] files)
    {
        var stream = new MemoryStream();
        using (var archive = new TarWriter(stream))
        {
            foreach (var (name, content) in files)
                archive.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }

        return stream.ToArray();
    }

    private static byte[] Gzip(byte[] content)
    {
        var stream = new MemoryStream();
        using (var packed = new GZipStream(stream, CompressionLevel.Optimal))
            packed.Write(content);
        return stream.ToArray();
    }
}
