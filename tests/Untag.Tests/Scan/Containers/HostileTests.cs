using System.Buffers.Binary;
using static Untag.Tests.Scan.Containers.Pack;

namespace Untag.Tests.Scan.Containers;

/// <summary>Archives with entries that cannot or should not be: each is reported, and the others are read.</summary>
public sealed class HostileTests
{
    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    [InlineData("C:\\Windows\\win.ini")]
    [InlineData("..\\up")]
    public void A_name_that_leads_out_of_the_archive_is_reported_and_its_content_read(string name)
    {
        foreach (var (file, bytes) in new[]
            {
                ("evil.tar", Tar((name, Bytes(Tagged)))), ("evil.zip", Zip((name, Bytes(Tagged)))),
            })
        {
            var report = ReportOf(file, bytes);
            Assert.Contains("leads out of the archive", Assert.Single(report.Skipped).Reason, StringComparison.Ordinal);
            Assert.NotEmpty(report.Findings);
        }
    }

    [Fact]
    public void A_name_gives_no_orders_to_a_terminal_or_a_report()
    {
        var report = ReportOf("evil.tar", Tar(("a\u001b[2J\n::error::x.py", Bytes(Tagged))));
        Assert.All(report.Findings, finding => Assert.DoesNotContain(finding.Path, char.IsControl));
        Assert.NotEmpty(report.Findings);
    }

    [Fact]
    public void A_damaged_entry_is_reported_and_the_others_are_read()
    {
        var zip = Zip(("a.txt", Bytes("some text")), ("api.py", Bytes(Tagged)));
        zip[40] ^= 0xFF; // in the packed bytes of the first
        var report = ReportOf("damaged.zip", zip);
        var reason = Assert.Single(report.Skipped).Reason;
        Assert.Contains("a.txt was read up to the damage only", reason, StringComparison.Ordinal);
        Assert.Contains(report.Findings, finding => finding.Path == "damaged.zip!/api.py");
    }

    [Fact]
    public void An_entry_with_a_wrong_checksum_is_reported()
    {
        var zip = Zip(("api.py", Bytes(Tagged)));
        zip[zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 16] ^= 1;
        Assert.Contains("checksum", Assert.Single(ReportOf("x.zip", zip).Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ZIP_archive_without_its_directory_is_read_up_to_the_damage()
    {
        var zip = Zip(("api.py", Bytes(Tagged)), ("rest.bin", new byte[100]));
        var report = ReportOf("cut.zip", zip[..^60]);
        Assert.StartsWith("it is cut", Assert.Single(report.Skipped).Reason, StringComparison.Ordinal);
        Assert.Contains(report.Findings, finding => finding.Path == "cut.zip!/api.py");
    }

    [Fact]
    public void An_unknown_method_is_reported_by_its_number()
    {
        var zip = Zip(("a.txt", Bytes("some text")), ("api.py", Bytes(Tagged)));
        BinaryPrimitives.WriteUInt16LittleEndian(zip.AsSpan(zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 10), 97);
        var report = ReportOf("x.zip", zip);
        Assert.Equal(
            "a.txt was not read: it is packed by method 97, which is not read", Assert.Single(report.Skipped).Reason);
        Assert.NotEmpty(report.Findings);
    }

    [Fact]
    public void Sizes_that_a_file_states_are_not_believed()
    {
        var tar = Tar(("huge.bin", Bytes("a few bytes")));
        tar.AsSpan(124, 12).Clear();
        tar[124] = 0x80;
        tar.AsSpan(128, 8).Fill(0x7F);
        SetChecksum(tar);
        var report = ReportOf("huge.tar", tar);
        Assert.Contains("it is cut", Assert.Single(report.Skipped).Reason, StringComparison.Ordinal);

        static void SetChecksum(byte[] tar)
        {
            tar.AsSpan(148, 8).Fill((byte)' ');
            var sum = tar.AsSpan(0, 512).ToArray().Sum(b => b);
            Bytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(tar, 148);
        }
    }

    [Fact]
    public void Many_problems_make_one_line()
    {
        var report = ReportOf("evil.zip", Zip([.. Enumerable.Range(0, 50).Select(i => ($"../{i}", Bytes("x")))]));
        Assert.EndsWith("; and 47 more of its entries", Assert.Single(report.Skipped).Reason, StringComparison.Ordinal);
    }
}
