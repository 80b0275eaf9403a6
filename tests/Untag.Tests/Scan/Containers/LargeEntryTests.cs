using System.Text;
using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Containers;
using Untag.Tests.Scan.Reading;
using static Untag.Tests.Scan.Containers.Pack;

namespace Untag.Tests.Scan.Containers;

/// <summary>Files in archives that are too large for memory, and of a format in which a reader must seek.</summary>
public sealed class LargeEntryTests
{
    private const int Large = 600_000;

    private static readonly ScanLimits Limits = ScanLimits.Default with { FileBytesMax = 100_000 };

    public static TheoryData<string, string> Packed => new()
    {
        { "app.whl", "app.whl!/model.onnx" },
        { "app.tar.gz", "app.tar.gz!/model.onnx" },
        { "model.onnx.gz", "model.onnx.gz!/model.onnx" },
        { "wheel-in.tar.gz", "wheel-in.tar.gz!/app.whl!/model.onnx" },
        { "wheel-in-wheel-in.tar.gz", "wheel-in-wheel-in.tar.gz!/outer.whl!/app.whl!/model.onnx" },
        { "behind-a-program-in.tar.gz", "behind-a-program-in.tar.gz!/setup.exe!/model.onnx" },
    };

    [Theory]
    [MemberData(nameof(Packed))]
    public void A_model_is_read_wherever_it_is_packed(string name, string path)
    {
        var report = Scan((name, Archive(name, Model("onnx/trait-output.onnx"))));
        Assert.Contains(
            report.Findings, finding => finding is { Level: Level.Error, Match: "race" } && finding.Path == path);
        Assert.True(report.Complete, string.Join('\n', report.Skipped));
    }

    [Theory]
    [MemberData(nameof(Packed))]
    public void The_same_model_without_the_tag_is_clean(string name, string path)
    {
        var report = Scan((name, Archive(name, Model("onnx/clean.onnx"))));
        Assert.Equal(ScanVerdict.Clean, report.Verdict);
        Assert.Contains(path, report.SeenPaths);
    }

    [Theory]
    [InlineData("眼镜", 0)] // glasses
    [InlineData("种族", 1)] // race
    public void Text_that_a_search_of_raw_bytes_does_not_see_is_looked_at(string word, int findings)
    {
        // Nothing but a literal of .NET, in UTF-16, says it.
        var program = Fixture.Bytes("binaries/FaceSdk-without-tag.dll");
        var at = program.AsSpan().IndexOf(Encoding.Unicode.GetBytes("眼镜"));
        Encoding.Unicode.GetBytes(word).CopyTo(program, at);
        var report = Scan(("sdk.tar.gz", Gzip(Tar(("FaceSdk.dll", [.. program, .. Noise()])))));
        Assert.True(report.Findings.Count == findings, Product.Describe(report));
        Assert.True(report.Complete, string.Join('\n', report.Skipped));
    }

    [Fact]
    public void What_is_stored_as_it_is_takes_no_room()
    {
        var model = Model("onnx/trait-output.onnx");
        var outer = Tar(("app.tar", Tar(("model.onnx", model))));
        var read = Read("app.tar", outer, new TemporaryRoom([], _ => 0));
        Assert.All(read.All, result => Assert.Null(result.Problem));
        Assert.Contains(read.All, result => result.Candidates.Count > 0);
    }

    [Fact]
    public void A_disk_without_room_is_reported()
    {
        var packed = Gzip(Tar(("model.onnx", Model("onnx/clean.onnx")), ("api.py", Bytes(Tagged))));
        var read = Read("app.tar.gz", packed, new TemporaryRoom([Path.GetTempPath()], _ => 1_000_000));
        Assert.Equal(
            [null, "too large for memory, and there is no room on the disk for a temporary file "
                + $"({Variable} may name another folder for it): it was not read", null],
            read.All.Select(result => result.Problem));
        Assert.NotEmpty(read.All.Last().Candidates);
    }

    [Fact]
    public void A_folder_that_takes_no_file_is_reported()
    {
        var read = Read(
            "model.onnx.gz", Gzip(Model("onnx/clean.onnx")), new TemporaryRoom(["/no/such/folder"], _ => long.MaxValue));
        Assert.Equal(
            "too large for memory, and no temporary file can be made (its folder is not there; "
                + $"{Variable} may name another folder for it): it was not read",
            read.All.Last().Problem);
    }

    [Fact]
    public void A_limit_on_expanded_bytes_holds_on_the_disk_too()
    {
        var limits = Limits with { ExpandedBytesMax = 300_000 };
        var report = Scan(limits, ("model.onnx", new OneWay(Model("onnx/clean.onnx"))));
        Assert.Equal(
            "too large for memory, and larger than what may be unpacked (the limit expanded-size is 300000 bytes; raise it "
                + "with --max-expanded-size): it was not read",
            Assert.Single(report.Skipped).Reason);
    }

    [Fact]
    public void A_model_from_a_pipe_is_read()
    {
        var report = Scan(Limits, ("model.onnx", new OneWay(Model("onnx/trait-output.onnx"))));
        Assert.Contains(report.Findings, finding => finding is { Level: Level.Error, Match: "race" });
        Assert.True(report.Complete, string.Join('\n', report.Skipped));
    }

    [Fact]
    public void An_archive_behind_a_large_file_of_another_kind_is_reported()
    {
        byte[] picture = [.. Noise(), .. Zip(("api.py", Bytes(Tagged)))];
        var report = Scan(("app.tar.gz", Gzip(Tar(("picture.raw", picture)))));
        var skipped = Assert.Single(report.Skipped);
        Assert.Equal("app.tar.gz!/picture.raw", skipped.Path);
        Assert.Contains("an archive seems to stand behind it", skipped.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_model_is_read_up_to_the_damage()
    {
        var packed = Gzip(Tar(("model.onnx", Model("onnx/clean.onnx"))));
        var report = Scan(("app.tar.gz", packed[..(packed.Length / 2)]));
        Assert.Contains(report.Skipped, skipped => skipped.Reason.Contains("model.onnx was read up to the damage only", StringComparison.Ordinal));
        Assert.Equal(ScanVerdict.Partial, report.Verdict);
    }

    private static string Variable => OperatingSystem.IsWindows() ? "TEMP" : "TMPDIR";

    private static byte[] Archive(string name, byte[] model) => name switch
    {
        "app.whl" => Zip(("model.onnx", model)),
        "app.tar.gz" => Gzip(Tar(("model.onnx", model))),
        "model.onnx.gz" => Gzip(model),
        "wheel-in.tar.gz" => Gzip(Tar(("app.whl", Zip(("model.onnx", model))))),
        "wheel-in-wheel-in.tar.gz" => Gzip(Tar(("outer.whl", Zip(("app.whl", Zip(("model.onnx", model))))))),
        _ => Gzip(Tar(("setup.exe", [.. Fixture.Bytes("binaries/face-without-tag.dll"), .. Zip(("model.onnx", model))]))),
    };

    // The weights stand before the graph, and cannot be packed.
    private static byte[] Model(string fixture)
    {
        var model = Fixture.Bytes(fixture);
        var start = 4 + model[3]; // behind the version and the producer
        byte[] unknown = [0xFA, 0x06, .. Number(Large)];
        return [.. model[..start], .. unknown, .. Noise(), .. model[start..]];
    }

    private static byte[] Noise()
    {
        var noise = new byte[Large];
        new Random(20261129).NextBytes(noise);
        return noise;
    }

    private static ScanReport Scan((string Name, byte[] Bytes) file) => Scan(Limits, (file.Name, new MemoryStream(file.Bytes)));

    private static ScanReport Scan(ScanLimits limits, (string Name, Stream Bytes) file) => Scanner.Scan(
        new ScanRequest
        {
            Policy = TagPolicy.Default,
            Sources =
            [
                new ScanSource.Piped(Product.FaceService.Item1, new MemoryStream(Bytes(Product.FaceService.Item2))),
                new ScanSource.Piped(file.Name, file.Bytes),
            ],
            Limits = limits,
        },
        progress: null,
        TestContext.Current.CancellationToken);

    private static FileResult Read(string name, byte[] bytes, TemporaryRoom room) =>
        new FileScan(new Lexicon(TagPolicy.Default, TraitScope.Forbidden), Limits).Read(
            name, new MemoryStream(bytes), new ReadingBudget(Limits) { Room = room });

    /// <summary>Bytes as a pipe gives them.</summary>
    private sealed class OneWay(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
