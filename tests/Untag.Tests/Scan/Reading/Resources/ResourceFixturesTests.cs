using Untag.Scan;

namespace Untag.Tests.Scan.Reading.Resources;

/// <summary>The same panel, with a tag and without, by the tools of each platform.</summary>
public sealed class ResourceFixturesTests
{
    public static TheoryData<string, string[]> Tagged => new()
    {
        { "qt/face_panel.ui", ["17 widget ethnicityLabel", "19 widget ethnicityLabel"] },
        { "qt/face_panel_zh_CN.ts", ["15 context FacePanel", "16 context FacePanel"] },
        { "qt/face_panel_zh_CN.qm", ["context FacePanel"] },
        {
            "android/resources.arsc",
            [
                "array face_ethnicity_values", "array face_ethnicity_values", "id ethnicity_row", "string face_ethnicity",
                "string face_ethnicity, zh-CN",
            ]
        },
        {
            "android/resources-utf16.arsc",
            [
                "array face_ethnicity_values", "array face_ethnicity_values", "id ethnicity_row", "string face_ethnicity",
                "string face_ethnicity, zh-CN",
            ]
        },
        { "android/face_panel.xml", ["element TextView"] },
        { "apple/Localizable.strings", ["6 key face_ethnicity"] },
        { "apple/Localizable.stringsdict", ["17 key faces_found.faces.other"] },
        { "apple/Localizable-binary.strings", ["key rows.face_ethnicity", "key values"] },
        { "gettext/panel.po", ["31 message Ethnicity: {0}", "32 message Ethnicity: {0}"] },
        { "gettext/panel.mo", ["message Ethnicity: {0}"] },
        { "gettext/panel-big-endian.mo", ["message Ethnicity: {0}"] },
        {
            "dotnet/FacePanel.resx",
            ["21 data FaceEthnicity", "22 data FaceEthnicity", "25 data FaceEthnicity.zh", "26 data FaceEthnicity.zh"]
        },
        { "dotnet/FacePanel.resources", ["data FaceEthnicity", "data FaceEthnicity.zh"] },
    };

    public static TheoryData<string> Names => [.. Tagged.Select(row => row.Data.Item1)];

    public static TheoryData<string> Compiled =>
    [
        "qt/face_panel_zh_CN.qm", "android/resources.arsc", "android/resources-utf16.arsc", "android/face_panel.xml",
        "apple/Localizable-binary.strings", "gettext/panel.mo", "gettext/panel-big-endian.mo", "dotnet/FacePanel.resources",
    ];

    [Theory]
    [MemberData(nameof(Tagged))]
    public void A_tag_that_is_shown_is_an_error_at_its_line_and_its_resource(string file, string[] places)
    {
        var report = Fixture.Scan($"resources/{file}");
        Assert.Empty(report.Skipped);
        Assert.All(report.Findings, finding => Assert.Equal(
            (Level.Error, "UT0107", FindingKind.Ui), (finding.Level, finding.Rule, finding.Kind)));
        Assert.Equal(places, report.Findings.Select(finding => $"{finding.Line} {finding.Inner}".Trim()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_file_without_the_tag_gives_nothing(string file)
    {
        var twin = $"{file[..file.LastIndexOf('.')]}-without-tag{Path.GetExtension(file)}";
        var report = Fixture.Scan($"resources/{twin}");
        Assert.Empty(report.Skipped);
        Assert.True(report.Findings.Count == 0, Product.Describe(report));
    }

    [Fact]
    public void An_app_of_Android_is_opened_and_its_resources_are_read()
    {
        var report = Fixture.Scan("resources/android/face.apk");
        Assert.Empty(report.Skipped);
        Assert.Contains(
            ("resources/android/face.apk!/resources.arsc", "string face_ethnicity, zh-CN", Level.Error),
            report.Findings.Select(finding => (finding.Path, finding.Inner, finding.Level)));
        Assert.Contains(
            ("resources/android/face.apk!/res/layout/face_panel.xml", "element TextView", Level.Error),
            report.Findings.Select(finding => (finding.Path, finding.Inner, finding.Level)));
        Assert.Empty(Fixture.Scan("resources/android/face-without-tag.apk").Findings);
    }

    [Theory]
    [InlineData("qt/face_panel_zh_CN.qm", "种族：%1")]
    [InlineData("android/resources.arsc", "Ethnicity: %1$s")]
    [InlineData("android/resources.arsc", "种族：%1$s")]
    [InlineData("android/resources-utf16.arsc", "种族：%1$s")]
    [InlineData("android/resources.arsc", "%d faces")]
    [InlineData("android/face_panel.xml", "Ethnicity of the face")]
    [InlineData("apple/Localizable-binary.strings", "种族：%@")]
    [InlineData("gettext/panel.mo", "Ethnicity: {0}")]
    [InlineData("gettext/panel.mo", "种族：{0}")]
    [InlineData("gettext/panel.mo", "panel")]
    [InlineData("gettext/panel-big-endian.mo", "种族：{0}")]
    [InlineData("dotnet/FacePanel.resources", "种族：{0}")]
    public void Every_text_of_a_compiled_file_is_read(string file, string text) =>
        Assert.Contains(text, Fixture.Texts($"resources/{file}"));

    [Theory]
    [MemberData(nameof(Compiled))]
    public void A_compiled_file_that_is_cut_off_is_never_passed(string file)
    {
        var path = $"resources/{file}";
        Fixture.AssertEveryCutIsReported(path, Fixture.Bytes(path).Length - LastBytesUnread(file), FirstCut(file));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_damaged_file_is_borne(string file) => Fixture.AssertDamageIsBorne($"resources/{file}");

    // Sizes and counts of which only the first bytes are there: nothing may be set aside for them.
    [Theory]
    [MemberData(nameof(Compiled))]
    public void No_more_memory_is_taken_than_the_file_accounts_for(string file)
    {
        var original = Fixture.Bytes($"resources/{file}");
        var random = new Random(20_260_118);
        for (var round = 0; round < 300; round++)
        {
            var bytes = (byte[])original.Clone();
            bytes.AsSpan(random.Next(bytes.Length - 8), random.Next(1, 8)).Fill(0x7F);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Fixture.Read(file, bytes);
            var taken = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(taken < 2_000_000, $"round {round} took {taken} bytes");
        }
    }

    // Behind the language a catalog of Qt is whole: it may be one that translates nothing.
    private static int FirstCut(string file) => file.StartsWith("qt", StringComparison.Ordinal) ? 27 : 20;

    // A compiled text ends with a NUL that nobody needs.
    private static int LastBytesUnread(string file) => file.StartsWith("gettext", StringComparison.Ordinal) ? 1 : 0;
}
