using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Containers;
using static Untag.Tests.Scan.Containers.Pack;

namespace Untag.Tests.Scan.Containers;

/// <summary>Files made to stop a reader: each ends within seconds, with one line that says why.</summary>
public sealed class BombTests : IDisposable
{
    private const long Gibibyte = 1024 * 1024 * 1024;

    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(20); // on a machine that is busy with all else

    private readonly Stopwatch clock = Stopwatch.StartNew();

    public void Dispose() => Assert.True(clock.Elapsed < Seconds, $"took {clock.Elapsed}");

    [Fact]
    public void An_entry_that_expands_a_thousandfold_ends_the_unpacking()
    {
        var report = ReportOf("bomb.zip", Zip(("zeros", new byte[100_000_000])));
        AssertMet(report, "expansion-ratio is 200", "--max-expansion-ratio");
    }

    // Found by fuzzing: of a damaged file of 400 bytes came 20 MB of text, and all of it was read.
    [Theory]
    [InlineData(2, true)]
    [InlineData(6, false)]
    public void A_small_file_expands_freely_to_a_few_MiB(int mebibytes, bool isRead) =>
        Assert.Equal(isRead, ReportOf("notes.txt.gz", Gzip(new byte[mebibytes << 20])).Complete);

    [Fact]
    public void A_bomb_of_archives_in_archives_ends_at_what_it_expands_to()
    {
        // Sixteen in sixteen in sixteen, with 256 MiB of zeros in each: 1 TiB in some kB.
        var bytes = Zip(("0.gz", Gzip(new byte[256 * 1024 * 1024])));
        for (var depth = 0; depth < 3; depth++)
            bytes = Zip([.. Enumerable.Range(0, 16).Select(i => ($"{i}.zip", bytes))]);
        AssertMet(ReportOf("42.zip", bytes), "expansion-ratio is 200", "--max-expansion-ratio");
    }

    [Fact]
    public void Entries_that_share_their_bytes_expand_no_further_than_others()
    {
        var one = Zip(("a", new byte[10_000_000]));
        var (item, end) = (one.AsSpan().IndexOf("PK\u0001\u0002"u8), one.AsSpan().IndexOf("PK\u0005\u0006"u8));
        var items = Enumerable.Repeat(one[item..end], 1000).SelectMany(bytes => bytes).ToArray();
        BinaryPrimitives.WriteUInt16LittleEndian(one.AsSpan(end + 8), 1000);
        BinaryPrimitives.WriteUInt16LittleEndian(one.AsSpan(end + 10), 1000);
        BinaryPrimitives.WriteInt32LittleEndian(one.AsSpan(end + 12), items.Length);
        byte[] bytes = [.. one[..item], .. items, .. one[end..]];
        AssertMet(ReportOf("overlap.zip", bytes), "expansion-ratio is 200", "--max-expansion-ratio");
    }

    [Fact]
    public void A_limit_on_expanded_bytes_holds_over_all_entries()
    {
        var limits = ScanLimits.Default with { ExpandedBytesMax = 1024 * 1024, ExpansionRatioMax = int.MaxValue };
        var zip = Zip(("a", new byte[600_000]), ("b", new byte[600_000]), ("c", Bytes(Tagged)));
        var report = ReportOf("big.zip", zip, limits);
        AssertMet(report, "expanded-size is 1 MiB", "--max-expanded-size");
    }

    [Fact]
    public void A_limit_on_entries_is_reported()
    {
        var files = Enumerable.Range(0, 20).Select(i => ($"{i}.txt", Bytes("x"))).ToArray();
        var report = ReportOf("many.zip", Zip(files), ScanLimits.Default with { ArchiveEntriesMax = 10 });
        AssertMet(report, "archive-entries is 10", "--max-archive-entries");
    }

    [Fact]
    public void A_chain_of_archives_ends_at_the_depth_limit()
    {
        var bytes = Zip(("api.py", Bytes(Tagged)));
        for (var i = 0; i < 12; i++)
            bytes = Zip(("next.zip", bytes));
        AssertMet(ReportOf("chain.zip", bytes), "archive-depth is 8", "--max-archive-depth");
    }

    [Fact]
    public void An_archive_that_holds_itself_ends_at_the_depth_limit()
    {
        var quine = GzipQuine.Build();
        var unpacked = new MemoryStream();
        using (var stream = new GZipStream(new MemoryStream(quine), CompressionMode.Decompress))
            stream.CopyTo(unpacked);
        Assert.Equal(quine, unpacked.ToArray());

        AssertMet(ReportOf("r.gz", quine), "archive-depth is 8", "--max-archive-depth");
        AssertMet(ReportOf("r.zip", Zip(("r.gz", quine))), "archive-depth is 8", "--max-archive-depth");
    }

    [Fact]
    public void When_the_time_is_spent_what_was_found_is_kept()
    {
        var tar = Tar(("api.py", Bytes(Tagged)), ("rest.py", new byte[10_000]));
        var slow = new SlowStream(tar, TimeSpan.FromMilliseconds(1500));
        var report = Scanner.Scan(
            new ScanRequest
            {
                Policy = TagPolicy.Default,
                Sources = [new ScanSource.Piped("app.tar", slow)],
                Limits = ScanLimits.Default with { FileTimeMax = TimeSpan.FromSeconds(1) },
            },
            progress: null,
            TestContext.Current.CancellationToken);
        AssertMet(report, "file-time is 1 s", "--max-file-time");
        Assert.Contains(report.Findings, finding => finding.Path == "app.tar!/api.py");
    }

    [Fact]
    public void A_decoder_that_takes_its_time_ends_with_it()
    {
        var budget = new ReadingBudget(ScanLimits.Default with { FileTimeMax = TimeSpan.FromSeconds(1) });
        using var stream = new ExpandingStream(new SlowDecoder(), budget);
        var buffer = new byte[32 * 1024 * 1024];
        Assert.InRange(stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false), 1, buffer.Length - 1);
        Assert.Contains("file-time is 1 s", budget.Exceeded, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"took {clock.Elapsed}");
    }

    [Fact]
    public void An_archive_of_nothing_ends_with_its_time()
    {
        var tar = Tar([.. Enumerable.Range(0, 1000).Select(i => ($"{i}", Array.Empty<byte>()))]);
        var limits = ScanLimits.Default with { FileTimeMax = TimeSpan.FromSeconds(1) };
        var report = Scanner.Scan(
            new ScanRequest
            {
                Policy = TagPolicy.Default,
                Sources = [new ScanSource.Piped("app.tar", new SlowDisk(tar))],
                Limits = limits,
            },
            progress: null,
            TestContext.Current.CancellationToken);
        AssertMet(report, "file-time is 1 s", "--max-file-time");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(8), $"took {clock.Elapsed}");
    }

    [Theory]
    [InlineData("nothing", ScanVerdict.Clean)]
    [InlineData("ethnicity", ScanVerdict.Partial)] // too large for its structure to be read
    public void Holes_in_a_large_file_cost_no_time_and_what_stands_between_them_is_found(string between, ScanVerdict verdict)
    {
        var path = Path.Join(Path.GetTempPath(), $"untag-holes-{between}-{Environment.ProcessId}");
        try
        {
            using (var file = File.Create(path))
            {
                file.SetLength(10 * Gibibyte);
                file.Position = 5 * Gibibyte;
                file.Write(Bytes(between));
            }

            var report = Scanner.Scan(
                new ScanRequest { Policy = TagPolicy.Default, Sources = [new ScanSource.OnDisk(path, "holes")] },
                progress: null,
                TestContext.Current.CancellationToken);
            Assert.Equal(verdict, report.Verdict);
            Assert.InRange(report.Totals.Bytes, 5 * Gibibyte, 10 * Gibibyte);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // One line, of the file on disk or of the archive that was not opened.
    private static void AssertMet(ScanReport report, string limit, string option)
    {
        var reason = Assert.Single(report.Skipped).Reason;
        Assert.Contains($"the limit {limit}", reason, StringComparison.Ordinal);
        Assert.Contains($"raise it with {option}", reason, StringComparison.Ordinal);
        Assert.Equal(ScanVerdict.Partial, report.Verdict);
    }

    /// <summary>Gives the first half at once, and the rest only after a while.</summary>
    private sealed class SlowStream(byte[] bytes, TimeSpan pause) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer)
        {
            if (Position > 2000)
                Thread.Sleep(pause);
            return base.Read(buffer[..Math.Min(buffer.Length, 512)]);
        }
    }

    /// <summary>Takes ten milliseconds for whatever is asked of it.</summary>
    private sealed class SlowDisk(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer)
        {
            Thread.Sleep(10);
            return base.Read(buffer);
        }
    }

    /// <summary>Fills the buffer that it is given, however large it is, 4 KiB in a millisecond.</summary>
    private sealed class SlowDecoder : MemoryStream
    {
        public override int Read(Span<byte> buffer)
        {
            for (var at = 0; at < buffer.Length; at += 4096)
                Thread.Sleep(1);
            return buffer.Length;
        }
    }
}
