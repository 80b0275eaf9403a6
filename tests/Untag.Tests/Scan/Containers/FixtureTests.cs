using System.Diagnostics;
using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Containers;
using Untag.Tests.Scan.Reading;
using static Untag.Tests.Scan.Containers.Pack;

namespace Untag.Tests.Scan.Containers;

/// <summary>Archives made by the tools that people use.</summary>
public sealed class FixtureTests
{
    private const string LongName =
        "a-folder-with-a-long-name/a-folder-with-a-long-name/a-folder-with-a-long-name/"
        + "a-folder-with-a-long-name/a-folder-with-a-long-name/";

    private static readonly Lexicon Lexicon = new(TagPolicy.Default, TraitScope.Forbidden);

    public static TheoryData<string, string> Tagged => new()
    {
        { "app-gnu.tar", "face/api.py" },
        { "app-pax.tar", "face/api.py" },
        { "app-v7.tar", "face/api.py" },
        { "long-gnu.tar", LongName + "api.py" },
        { "long-gnu.tar", "sparse.py" },
        { "long-pax.tar", LongName + "api.py" },
        { "long-pax.tar", "sparse.py" },
        { "blob-gzip", "face/api.py" },
        { "blob-bzip2", "face/api.py" },
        { "blob-xz", "face/api.py" },
        { "blob-zstandard", "face/api.py" },
        { "api.py.bz2", "api.py" },
        { "api.py.xz", "api.py" },
        { "api.py.zst", "api.py" },
        { "app.jar", "face/api.py" },
        { "app-piped.zip", "face/api.py" },
        { "app-zip64.zip", "face/api.py" },
        { "app-behind-a-program", "face/api.py" },
        { "app-LZMA.zip", "face/api.py" },
        { "app-BZip2.zip", "face/api.py" },
        { "app-Deflate64.zip", "face/api.py" },
        { "app.7z", "face/api.py" },
        { "app-separate.7z", "face/api.py" },
        { "app-plain-header.7z", "face/api.py" },
        { "app-Copy.7z", "face/api.py" },
        { "app-LZMA.7z", "face/api.py" },
        { "app-BZip2.7z", "face/api.py" },
        { "app-Deflate.7z", "face/api.py" },
        { "app-Deflate64.7z", "face/api.py" },
        { "app-7z-behind-a-program", "face/api.py" },
        { "jumps-BCJ.7z", "face/api.py" },
        { "jumps-BCJ2.7z", "face/api.py" },
        { "jumps-ARM.7z", "face/api.py" },
        { "jumps-ARMT.7z", "face/api.py" },
        { "jumps-ARM64.7z", "face/api.py" },
        { "jumps-PPC.7z", "face/api.py" },
        { "jumps-SPARC.7z", "face/api.py" },
        { "jumps-Delta.7z", "face/api.py" },
        { "jumps-x86.tar.xz", "face/api.py" },
        { "jumps-arm.tar.xz", "face/api.py" },
        { "jumps-armthumb.tar.xz", "face/api.py" },
        { "jumps-arm64.tar.xz", "face/api.py" },
        { "jumps-powerpc.tar.xz", "face/api.py" },
        { "jumps-sparc.tar.xz", "face/api.py" },
        { "jumps-delta.tar.xz", "face/api.py" },
        { "blocks-none.tar.xz", "face/api.py" },
        { "blocks-crc32.tar.xz", "face/api.py" },
        { "blocks-crc64.tar.xz", "face/api.py" },
        { "blocks-sha256.tar.xz", "face/api.py" },
        { "app-newc.cpio", "face/api.py" },
        { "app-odc.cpio", "face/api.py" },
        { "libface.a", "a-member-with-a-long-name.py" },
        { "acme-face-xz.deb", "data.tar.xz!/usr/share/acme-face/api.py" },
        { "acme-face-zstd.deb", "data.tar.zst!/usr/share/acme-face/api.py" },
        { "acme-face-gzdio.rpm", "usr/share/acme-face/api.py" },
        { "acme-face-bzdio.rpm", "usr/share/acme-face/api.py" },
        { "acme-face-xzdio.rpm", "usr/share/acme-face/api.py" },
        { "acme-face-zstdio.rpm", "usr/share/acme-face/api.py" },
        { "image-oci.tar", "acme/face:1/layer-1!/opt/app/face/api.py" },
        { "image-zstd.tar", "acme/face:1/layer-1!/opt/app/face/api.py" },
        { "image-docker.tar", "docker.io/acme/face:1/layer-1!/opt/app/face/api.py" },
    };

    public static TheoryData<string> Whole => [.. Tagged.Select(row => row.Data.Item1).Distinct()];

    [Theory]
    [MemberData(nameof(Tagged))]
    public void A_tag_inside_is_found_at_its_path_and_line(string fixture, string entry)
    {
        var report = ReportOf(fixture, BytesOf(fixture));
        Assert.Contains(
            report.Findings,
            finding => finding is { Level: Level.Error, Match: "ethnicity" } && finding.Path == $"{fixture}!/{entry}");
        Assert.True(report.Complete, string.Join('\n', report.Skipped));
    }

    [Theory]
    [InlineData("clean.tar.xz")]
    [InlineData("clean.7z")]
    public void An_archive_without_a_tag_is_clean(string fixture) =>
        Assert.Equal(ScanVerdict.Clean, ReportOf(fixture, BytesOf(fixture)).Verdict);

    [Theory]
    [InlineData("app-encrypted.zip", "face/api.py was not read: it is encrypted")]
    [InlineData("app-encrypted.7z", "face/api.py was not read: it is encrypted; readme.txt was not read: it is encrypted")]
    [InlineData("app-encrypted-names.7z", "it was not opened: it is encrypted")]
    public void What_is_encrypted_is_reported(string fixture, string problem)
    {
        var report = ReportOf(fixture, BytesOf(fixture));
        Assert.Equal(problem, Assert.Single(report.Skipped).Reason);
    }

    [Fact]
    public void A_RAR_archive_is_reported_as_not_opened() =>
        Assert.Equal(
            "RAR archive: what it holds was not read",
            Assert.Single(ReportOf("app.rar", [.. "Rar!"u8, 0x1A, 7, 1, 0]).Skipped).Reason);

    [Theory]
    [InlineData("app-PPMd.7z", "face/api.py was not read: it is packed by PPMd, which is not read; "
        + "readme.txt was not read: it is packed by PPMd, which is not read")]
    [InlineData("jumps-IA64.7z", "face/api.py was not read: it is packed by method 03030401, which is not read; "
        + "jumps.bin was not read: it is packed by method 03030401, which is not read")]
    public void A_7_Zip_archive_packed_by_a_method_that_is_not_read_is_reported(string fixture, string problem) =>
        Assert.Equal(problem, Assert.Single(ReportOf(fixture, BytesOf(fixture)).Skipped).Reason);

    [Fact]
    public void What_is_packed_by_a_method_that_is_not_read_is_reported_and_the_rest_is_read()
    {
        var report = ReportOf("app-PPMd.zip", BytesOf("app-PPMd.zip"));
        Assert.Equal(
            "face/api.py was not read: it is packed by method 98, which is not read", Assert.Single(report.Skipped).Reason);
        Assert.Equal(1, report.Totals.Read);
    }

    [Fact]
    public void Fixtures_are_what_their_names_say()
    {
        Assert.True(BytesOf("app-zip64.zip").AsSpan().IndexOf((ReadOnlySpan<byte>)[(byte)'P', (byte)'K', 6, 6]) > 0);
        Assert.Equal(8, BytesOf("app-piped.zip")[6] & 8);
        Assert.Equal((byte)'#', BytesOf("app-behind-a-program")[0]);
        Assert.Equal((byte)'#', BytesOf("app-7z-behind-a-program")[0]);
        Assert.True(BytesOf("image-zstd.tar").AsSpan().IndexOf((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) > 0);
    }

    // A program that was cut before the directory of the archive behind it is a program.
    public static TheoryData<string> Recognised =>
        [.. Tagged.Select(row => row.Data.Item1).Distinct().Where(name => !name.EndsWith("-behind-a-program", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Recognised))]
    public void A_cut_archive_is_never_clean(string fixture)
    {
        var bytes = BytesOf(fixture);
        var longest = bytes.AsSpan().TrimEnd((byte)0).Length;
        var shortest = fixture switch
        {
            "api.py.xz" or "api.py.zst" => (longest + 1) / 2 + 8, // nobody can tell that a second part is missing
            _ => fixture.EndsWith(".tar", StringComparison.Ordinal) ? TarHeader.BlockBytes : 20,
        };
        var step = Math.Max(1, (longest - shortest) / 40);
        for (var length = shortest; length < longest; length += step)
        {
            var problems = ProblemsOf(fixture, bytes[..length]);
            Assert.True(problems.Count > 0, $"{fixture} cut to {length} of {bytes.Length} bytes passes");
            Assert.All(problems, problem => Assert.DoesNotContain('\n', problem));
        }
    }

    [Theory]
    [MemberData(nameof(Whole))]
    public void Damage_is_borne_and_costs_no_time(string fixture)
    {
        var random = new Random(20260101);
        for (var round = 0; round < 60; round++)
        {
            var bytes = BytesOf(fixture);
            for (var flips = random.Next(1, 5); flips > 0; flips--)
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            var clock = Stopwatch.StartNew();
            ProblemsOf(fixture, bytes);
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{fixture}, round {round} took {clock.Elapsed}");
        }
    }

    private static List<string> ProblemsOf(string name, byte[] bytes)
    {
        var limits = ScanLimits.Default;
        var result = new FileScan(Lexicon, limits).Read(name, new MemoryStream(bytes), new ReadingBudget(limits));
        var problems = result.All.Select(inner => inner.Problem).OfType<string>().ToList();
        Assert.All(problems, problem => Assert.DoesNotContain(FileScan.BugWords, problem, StringComparison.Ordinal));
        return problems;
    }

    private static byte[] BytesOf(string fixture) => Fixture.Bytes($"containers/{fixture}");
}
