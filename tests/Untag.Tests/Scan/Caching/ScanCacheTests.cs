using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Untag.Fuzz;
using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Caching;
using Untag.Scan.Containers;
using Untag.Scan.Reports;
using Untag.Tests.Architecture;

namespace Untag.Tests.Scan.Caching;

public sealed class ScanCacheTests : IDisposable
{
    private const string Tag = "race_labels = ['White', 'Black', 'East Asian', 'Indian']  # of the face classifier\n";

    // All but that which leads to the results inside, which are compared one by one.
    private static readonly JsonSerializerOptions AllProperties = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver
        {
            Modifiers = { static type => Remove(type.Properties, type.Type == typeof(FileResult) ? nameof(FileResult.All) : "") },
        },
    };

    private readonly string product = Directory.CreateTempSubdirectory("untag-cache-product-").FullName;
    private readonly string cache = Directory.CreateTempSubdirectory("untag-cache-").FullName;

    public ScanCacheTests()
    {
        Write("service.py", "from insightface.app import FaceAnalysis  # face detection and face recognition\n");
        Write("labels.py", Tag);
    }

    public void Dispose()
    {
        Directory.Delete(product, recursive: true);
        Directory.Delete(cache, recursive: true);
    }

    [Fact]
    public void The_second_scan_finds_the_same_byte_for_byte()
    {
        var without = Json(Scan(cacheFolder: null));
        Assert.Equal(without, Json(Scan()));
        Assert.Equal(without, Json(Scan()));
        Assert.Contains("UT0101", without, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("samples")]
    [InlineData("tests/fixtures")]
    public void Whatever_files_give_comes_out_of_the_cache_as_it_went_in(string folder)
    {
        var location = Repository.File(folder);
        var without = Json(ScanOf(location, cacheFolder: null));
        ScanOf(location, cache);
        Assert.Equal(without, Json(ScanOf(location, cache)));
    }

    [Fact]
    public void Nothing_of_a_result_is_left_out()
    {
        var lexicon = new Lexicon(TagPolicy.Default, TraitScope.Forbidden);
        var scan = new FileScan(lexicon, ScanLimits.Default);
        foreach (var seed in Seed.All(Repository.Root))
        {
            using var stream = new MemoryStream(seed.Bytes);
            var result = scan.Read(seed.Path, stream, new ReadingBudget(ScanLimits.Default));
            var kept = ResultCodec.Read(ResultCodec.Write(result), lexicon.Prefilter.Marks.Count);
            Assert.Equal(result.All.Select(Everything), kept.All.Select(Everything));
        }
    }

    private static string Everything(FileResult result) => JsonSerializer.Serialize(result with { Inner = [] }, AllProperties);

    [Fact]
    public void A_file_that_has_not_changed_is_not_read_again()
    {
        Scan();
        // What is kept is believed: a cache that says something else shows that it was asked.
        var file = Assert.Single(Directory.GetFiles(cache, "*.cache", SearchOption.AllDirectories));
        Replace(file, "Indian", "Andean");
        Assert.Contains("Andean", Json(Scan()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_scan_that_meets_nothing_new_leaves_the_cache_as_it_lies()
    {
        Scan();
        var file = Assert.Single(Directory.GetFiles(cache, "*.cache", SearchOption.AllDirectories));
        var written = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(file, written);
        Scan();
        Assert.Equal(written, File.GetLastWriteTimeUtc(file));
        File.Delete(Path.Join(product, "service.py")); // what is gone is news
        Scan();
        Assert.NotEqual(written, File.GetLastWriteTimeUtc(file));
    }

    [Fact]
    public void A_file_that_has_changed_is_read_again()
    {
        Assert.NotEqual(0, Scan().Totals.Errors);
        Write("labels.py", "glasses_labels = ['none', 'reading', 'sun']\n");
        Assert.Equal(0, Scan().Totals.Errors);
        Write("labels.py", Tag);
        Assert.NotEqual(0, Scan().Totals.Errors);
    }

    [Fact]
    public void A_file_of_the_same_size_and_time_with_another_content_is_read_again()
    {
        var location = Path.Join(product, "labels.py");
        File.WriteAllText(location, new string('x', Tag.Length));
        var written = File.GetLastWriteTimeUtc(location);
        Assert.Equal(0, Scan().Totals.Errors);
        File.WriteAllText(location, Tag);
        File.SetLastWriteTimeUtc(location, written);
        Assert.NotEqual(0, Scan().Totals.Errors);
    }

    [Fact]
    public void What_one_file_gave_is_not_taken_for_another()
    {
        Scan();
        File.Move(Path.Join(product, "labels.py"), Path.Join(product, "other.py"));
        Assert.Equal(["other.py"], Scan().Findings.Select(finding => finding.Path).Distinct());
    }

    [Fact]
    public void Another_policy_or_scope_or_limit_has_a_cache_of_its_own()
    {
        Scan();
        Scan(traits: TraitScope.Sensitive);
        Scan(limits: ScanLimits.Default with { ArchiveDepthMax = 2 });
        Assert.Equal(3, Directory.GetFiles(cache, "*.cache", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void A_damaged_or_cut_cache_is_an_empty_one()
    {
        Scan();
        var file = Assert.Single(Directory.GetFiles(cache, "*.cache", SearchOption.AllDirectories));
        var whole = File.ReadAllBytes(file);
        var expected = Json(Scan(cacheFolder: null));
        for (var length = 0; length < whole.Length; length += 1 + (whole.Length / 7))
        {
            File.WriteAllBytes(file, whole[..length]);
            Assert.Equal(expected, Json(Scan()));
            byte[] damaged = [.. whole];
            damaged[length] ^= 0x10;
            File.WriteAllBytes(file, damaged);
            Assert.Equal(expected, Json(Scan()));
        }
    }

    [Fact]
    public void What_was_not_read_to_the_end_is_read_again()
    {
        File.WriteAllBytes(Path.Join(product, "cut.zip"), File.ReadAllBytes(Repository.File("tests/fixtures/containers/app.jar"))[..400]);
        Assert.False(Scan().Complete);
        Assert.False(Scan().Complete);
    }

    [Fact]
    public void Scans_at_the_same_time_do_not_disturb_each_other()
    {
        var expected = Json(Scan(cacheFolder: null));
        var found = new string[8];
        Parallel.For(0, found.Length, i => found[i] = Json(Scan()));
        Assert.All(found, one => Assert.Equal(expected, one));
        Assert.Equal(expected, Json(Scan()));
    }

    [Fact]
    public void A_cache_in_the_product_is_no_part_of_it()
    {
        var expected = Json(Scan(cacheFolder: null));
        Scan(cacheFolder: product);
        Assert.Equal(expected, Json(Scan(cacheFolder: product)));
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_said_and_costs_nothing_else()
    {
        var blocked = Path.Join(cache, "a-file");
        File.WriteAllText(blocked, "");
        var report = Scan(cacheFolder: blocked);
        Assert.Contains("could not be written", report.CacheProblem, StringComparison.Ordinal);
        Assert.Equal(Json(Scan(cacheFolder: null)), Json(report));
    }

    [Fact]
    public void Nobody_else_can_read_what_is_kept()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other permissions");
        if (OperatingSystem.IsWindows())
            return;
        Scan();
        var file = Assert.Single(Directory.GetFiles(cache, "*.cache", SearchOption.AllDirectories));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    private static void Remove(IList<JsonPropertyInfo> properties, string name)
    {
        if (properties.FirstOrDefault(property => property.Name == name) is { } found)
            properties.Remove(found);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Join(product, name), text);

    private ScanReport Scan(TraitScope traits = TraitScope.Forbidden, ScanLimits? limits = null) =>
        ScanOf(product, cache, traits, limits);

    private ScanReport Scan(string? cacheFolder) => ScanOf(product, cacheFolder);

    private static ScanReport ScanOf(
        string location, string? cacheFolder, TraitScope traits = TraitScope.Forbidden, ScanLimits? limits = null) =>
        Scanner.Scan(
            new ScanRequest
            {
                Policy = TagPolicy.Default,
                Traits = traits,
                Limits = limits ?? ScanLimits.Default,
                Sources = [new ScanSource.OnDisk(location, "")],
                CacheFolder = cacheFolder,
            },
            progress: null,
            TestContext.Current.CancellationToken);

    private static string Json(ScanReport report)
    {
        using var stream = new MemoryStream();
        JsonReport.Write(report, stream);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    // The digest at the end is made anew, so that only what it covers has changed.
    private static void Replace(string file, string before, string after)
    {
        var bytes = File.ReadAllBytes(file)[..^32];
        var at = bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(before));
        Assert.True(at >= 0);
        System.Text.Encoding.UTF8.GetBytes(after).CopyTo(bytes, at);
        File.WriteAllBytes(file, [.. bytes, .. System.Security.Cryptography.SHA256.HashData(bytes)]);
    }
}
