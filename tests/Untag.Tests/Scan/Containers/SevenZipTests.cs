using System.Buffers.Binary;
using System.Text;
using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Containers;
using Untag.Tests.Scan.Reading;
using static Untag.Tests.Scan.Containers.Pack;

namespace Untag.Tests.Scan.Containers;

/// <summary>7-Zip archives: those of the tool, damaged, and those that no tool would make.</summary>
public sealed class SevenZipTests
{
    private static readonly Lexicon Lexicon = new(TagPolicy.Default, TraitScope.Forbidden);

    public static TheoryData<string> Whole =>
    [
        "app.7z", "app-separate.7z", "app-plain-header.7z", "app-Copy.7z", "app-LZMA.7z", "app-BZip2.7z", "app-Deflate.7z",
        "app-Deflate64.7z", "app-encrypted.7z", "jumps-BCJ2.7z", "jumps-ARM.7z", "jumps-Delta.7z",
    ];

    [Fact]
    public void Each_file_is_read_once_and_directories_are_none()
    {
        var report = ReportOf("app.7z", Fixture.Bytes("containers/app.7z"));
        Assert.True(report.Complete);
        Assert.Equal(4, report.Totals.Read); // the archive, two files, and an empty one
    }

    [Theory]
    [MemberData(nameof(Whole))]
    public void A_damaged_archive_is_borne_and_its_damage_told(string fixture)
    {
        var whole = Fixture.Bytes($"containers/{fixture}");
        var random = new Random(20261123);
        var passed = 0;
        for (var round = 0; round < 250; round++)
        {
            var bytes = whole.ToArray();
            for (var flips = random.Next(1, 4); flips > 0; flips--)
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            var problems = ProblemsOf(bytes);
            // Only the version and what is stated twice may change without notice; without a signature it is no archive.
            passed += problems.Count == 0 && bytes.AsSpan().StartsWith(whole.AsSpan(0, 6)) ? 1 : 0;
        }

        Assert.True(passed < 25, $"{passed} of 250 damaged copies pass");
    }

    [Theory]
    [MemberData(nameof(Whole))]
    public void An_archive_with_a_damaged_header_whose_checksums_hold_is_borne(string fixture)
    {
        var whole = Fixture.Bytes($"containers/{fixture}");
        var headerAt = 32 + (int)BinaryPrimitives.ReadInt64LittleEndian(whole.AsSpan(12));
        var random = new Random(20261124);
        for (var round = 0; round < 250; round++)
        {
            var bytes = whole.ToArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                bytes[random.Next(headerAt, bytes.Length)] = (byte)random.Next(256);
            ProblemsOf(Signed(bytes, headerAt));
        }
    }

    [Theory]
    [InlineData(31)]
    [InlineData(40)]
    [InlineData(250)]
    public void A_cut_archive_is_not_opened_and_that_is_said(int length)
    {
        var report = ReportOf("cut.7z", Fixture.Bytes("containers/app.7z")[..length]);
        Assert.Equal("it was not opened: it is cut", Assert.Single(report.Skipped).Reason);
    }

    [Fact]
    public void Behind_damage_in_a_folder_nothing_is_read_and_each_file_is_named()
    {
        var bytes = Fixture.Bytes("containers/app.7z");
        bytes[40] ^= 0x10; // in the packed bytes of both files
        var reason = Assert.Single(ReportOf("damaged.7z", bytes).Skipped).Reason;
        Assert.Contains("face/api.py was read up to the damage only", reason, StringComparison.Ordinal);
        Assert.Contains("readme.txt was not read: what stands before it is damaged", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Behind_damage_in_a_folder_the_next_folder_is_read()
    {
        var bytes = Fixture.Bytes("containers/app-Copy.7z");
        bytes[bytes.AsSpan().IndexOf("A service"u8)] ^= 1;
        var report = ReportOf("damaged.7z", bytes);
        Assert.Equal(
            "readme.txt was read up to the damage only: its checksum does not match", Assert.Single(report.Skipped).Reason);
        Assert.Contains(report.Findings, finding => finding is { Path: "damaged.7z!/face/api.py", Level: Level.Error });
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("C:\\Windows\\win.ini")]
    public void A_name_that_leads_out_is_reported_and_its_content_read(string name)
    {
        var report = ReportOf("evil.7z", SevenZip(name, Bytes(Tagged)));
        Assert.Contains("leads out of the archive", Assert.Single(report.Skipped).Reason, StringComparison.Ordinal);
        Assert.NotEmpty(report.Findings);
    }

    [Fact]
    public void An_archive_in_an_archive_is_opened()
    {
        var inner = SevenZip("api.py", Bytes(Tagged));
        var report = ReportOf("app.zip", Zip(("inner.7z", SevenZip("inmost.7z", inner))));
        Assert.Contains(report.Findings, finding => finding.Path == "app.zip!/inner.7z!/inmost.7z!/api.py");
        Assert.True(report.Complete);
    }

    [Fact]
    public void What_follows_the_end_is_reported()
    {
        var report = ReportOf("longer.7z", [.. SevenZip("api.py", Bytes(Tagged)), .. "more"u8]);
        Assert.Equal("what follows its end was not read", Assert.Single(report.Skipped).Reason);
        Assert.NotEmpty(report.Findings);
    }

    [Fact]
    public void An_archive_without_files_is_read() =>
        Assert.True(ReportOf("empty.7z", Signed([.. Fixture.Bytes("containers/app.7z").AsSpan(0, 32)], 32)).Complete);

    [Fact]
    public void Zeros_without_end_meet_a_limit()
    {
        var report = ReportOf("bomb.7z", Fixture.Bytes("containers/zeros.7z"));
        Assert.Contains("the limit expansion-ratio is 200", Assert.Single(report.Skipped).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("app.7z")]
    [InlineData("app-separate.7z")]
    public void More_files_than_the_limit_meet_it(string fixture)
    {
        var limits = ScanLimits.Default with { ArchiveEntriesMax = 1 };
        var report = ReportOf("many.7z", Fixture.Bytes($"containers/{fixture}"), limits);
        Assert.Contains("the limit archive-entries is 1", Assert.Single(report.Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_in_the_header_are_not_believed()
    {
        byte[] header =
        [
            1, 4, 6, 0, 1, 9, 0xFF, .. Enumerable.Repeat((byte)0x7F, 8), 0, // a packed stream of very many bytes
            7, 11, 1, 0, 1, 1, 0, 12, 0xFF, .. Enumerable.Repeat((byte)0x7F, 8), 0, 0, 0,
        ];
        ProblemsOf([]); // what is made once for all files is no cost of this one
        var before = GC.GetAllocatedBytesForCurrentThread();
        var problems = ProblemsOf(Archive([1, 2, 3], header));
        Assert.Equal("some of its bytes belong to no file, and were not read", Assert.Single(problems));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * 1024 * 1024);
    }

    // Stored, with one file.
    private static byte[] SevenZip(string name, byte[] content)
    {
        byte[] letters = [.. Encoding.Unicode.GetBytes(name), 0, 0];
        byte[] size = [0x80 | 0x40, (byte)content.Length, (byte)(content.Length >> 8)]; // two bytes follow the first
        byte[] checksum = BitConverter.GetBytes(Crc32.Append(0, content));
        byte[] header =
        [
            1, 4,
            6, 0, 1, 9, .. size, 0,
            7, 11, 1, 0, 1, 1, 0, 12, .. size, 10, 1, .. checksum, 0,
            0,
            5, 1, 17, (byte)(letters.Length + 1), 0, .. letters, 0, 0,
        ];
        return Archive(content, header);
    }

    private static byte[] Archive(byte[] packed, byte[] header) =>
        Signed([.. new byte[32], .. packed, .. header], 32 + packed.Length);

    // Puts the first bytes and the checksums of an archive right.
    private static byte[] Signed(byte[] archive, int headerAt)
    {
        byte[] mark = [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C, 0, 4];
        mark.CopyTo(archive, 0);
        BinaryPrimitives.WriteInt64LittleEndian(archive.AsSpan(12), headerAt - 32);
        BinaryPrimitives.WriteInt64LittleEndian(archive.AsSpan(20), archive.Length - headerAt);
        BinaryPrimitives.WriteUInt32LittleEndian(archive.AsSpan(28), Crc32.Append(0, archive.AsSpan(headerAt)));
        BinaryPrimitives.WriteUInt32LittleEndian(archive.AsSpan(8), Crc32.Append(0, archive.AsSpan(12, 20)));
        return archive;
    }

    private static List<string> ProblemsOf(byte[] bytes)
    {
        var limits = ScanLimits.Default;
        var result = new FileScan(Lexicon, limits).Read("x.7z", new MemoryStream(bytes), new ReadingBudget(limits));
        var problems = result.All.Select(inner => inner.Problem).OfType<string>().ToList();
        Assert.All(problems, problem => Assert.DoesNotContain(FileScan.BugWords, problem, StringComparison.Ordinal));
        return problems;
    }
}
