using Untag.Scan;
using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading.Binaries;

/// <summary>The same small SDK by the compilers of each platform: with a tag, and without.</summary>
public sealed class BinaryFixturesTests
{
    public static TheoryData<string> Tagged =>
    [
        "libface.so", "libface-stripped.so", "face.dll", "FaceSdk.dll", "libface.dylib", "face.o", "libface-fat.o",
        "libface.a", "face.wasm", "face.dex", "FaceAttributes.Race.class",
    ];

    public static TheoryData<string> Clean =>
    [
        "libface-without-tag.so", "libface-stripped-without-tag.so", "face-without-tag.dll", "FaceSdk-without-tag.dll",
        "libface-without-tag.dylib", "face-without-tag.o", "libface-fat-without-tag.o", "libface-without-tag.a",
        "face-without-tag.wasm", "face-without-tag.dex", "FaceAttributes.Glasses-without-tag.class",
    ];

    public static TheoryData<string> All => [.. Tagged.Concat(Clean).Select(row => row.Data)];

    [Theory]
    [MemberData(nameof(Tagged))]
    public void A_tag_in_a_compiled_file_is_an_error_where_it_is_the_product(string file)
    {
        var report = Fixture.ScanWith(("model.json", "{\"name\": \"face detection\", \"task\": \"face recognition\"}"), $"binaries/{file}");
        Assert.Empty(report.Skipped);
        Assert.True(report.Findings.Any(finding => finding.Level == Level.Error), Product.Describe(report));
    }

    [Fact]
    public void Beside_source_it_is_somebody_elses_and_a_warning()
    {
        var report = Fixture.Scan("binaries/libface.so");
        Assert.True(
            report.Findings.All(finding => finding is { Level: Level.Warning, Class: FindingClass.VendorCapability }),
            Product.Describe(report));
        Assert.NotEmpty(report.Findings);
    }

    [Theory]
    [MemberData(nameof(Clean))]
    public void The_same_file_without_the_tag_gives_nothing(string file)
    {
        var report = Fixture.Scan($"binaries/{file}");
        Assert.Empty(report.Skipped);
        Assert.True(report.Findings.Count == 0, Product.Describe(report));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_whole_file_is_read_without_a_problem(string file)
    {
        var read = Fixture.Read($"binaries/{file}");
        Assert.Null(read.Problem);
        Assert.All(read.Passages, passage => Assert.Equal(PassageKind.Binary, passage.Kind));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_file_that_is_cut_off_is_never_passed(string file)
    {
        var path = $"binaries/{file}";
        var bytes = Fixture.Bytes(path);
        // Modules of WebAssembly and static libraries are lists without a count: one that ends behind an entry is whole.
        if (!file.EndsWith(".wasm", StringComparison.Ordinal) && !file.EndsWith(".a", StringComparison.Ordinal))
            Fixture.AssertEveryCutIsReported(path, bytes.Length - 1);
        Assert.NotNull(Fixture.Read(path, bytes[..^1]).Problem);
        Assert.NotNull(Fixture.Read(path, bytes[..(bytes.Length / 2)]).Problem);
    }

    [Theory]
    [MemberData(nameof(Tagged))]
    public void A_damaged_file_is_borne(string file) => Fixture.AssertDamageIsBorne($"binaries/{file}");

    [Theory]
    [MemberData(nameof(Tagged))]
    public void What_is_hidden_in_a_damaged_file_is_borne(string file)
    {
        var bytes = Fixture.Bytes($"binaries/{file}");
        var random = new Random(20_260_804);
        for (var round = 0; round < 500; round++)
        {
            var damaged = (byte[])bytes.Clone();
            for (var times = random.Next(1, 6); times > 0; times--)
                damaged.AsSpan(random.Next(damaged.Length - 4), 4).Fill((byte)random.Next(256));
            if (Readers.OfBinary(file, damaged) is { } reader)
                Assert.NotNull(reader.Outline(new MemoryStream(damaged)).HiddenText);
        }
    }

    [Theory]
    [InlineData("libface.so", "section .strtab", "facesdk::FaceAttributes::GetRace")]
    [InlineData("libface.so", "section .dynstr", "facesdk::FaceAttributes::RaceLabel")]
    [InlineData("libface-stripped.so", "section .rodata", "East Asian")]
    [InlineData("face.dll", "section .rdata", "East Asian")]
    [InlineData("face.dll", "section .rdata", "人脸种族：黄种人")]
    [InlineData("face.dll", "section .rdata", "GetRace::FaceAttributes::facesdk::QEBAHXZ")]
    [InlineData("face.dll", "resource string table", "Ethnicity of the face")]
    [InlineData("face.dll", "resource version", "Ethnicity of the face")]
    [InlineData("FaceSdk.dll", "enum FaceRace", "Caucasian")]
    [InlineData("FaceSdk.dll", "type FaceAttributes", "Race")]
    [InlineData("FaceSdk.dll", "type FaceAttributes", "expectedRace")]
    [InlineData("FaceSdk.dll", "string literals", "人脸种族: ")]
    [InlineData("FaceSdk.dll", "data of static fields", "X-Face-Ethnicity")]
    [InlineData("libface.dylib", "section __TEXT,__cstring", "East Asian")]
    [InlineData("face.o", "section __TEXT,__objc_methname", "ethnicity")]
    [InlineData("libface-fat.o", "arm64 section __TEXT,__cstring", "Latino")]
    [InlineData("libface-fat.o", "x86_64 section __TEXT,__cstring", "Latino")]
    [InlineData("libface.a", "face.o section .rodata.str1.1", "Latino")]
    [InlineData("face.wasm", "exports", "face_race_label")]
    [InlineData("face.wasm", "data", "Caucasian")]
    [InlineData("face.dex", "class facesdk/FaceRace", "EAST_ASIAN")]
    [InlineData("face.dex", "class facesdk/FaceRace", "getRaceOfFace")]
    [InlineData("face.dex", "strings", "人脸种族")]
    [InlineData("FaceAttributes.Race.class", "enum FaceAttributes$Race", "EAST_ASIAN")]
    public void A_name_or_a_string_is_read_where_it_stands(string file, string inner, string text)
    {
        var passages = Fixture.Read($"binaries/{file}").Passages.Where(passage => passage.Inner == inner).ToList();
        Assert.NotEmpty(passages);
        Assert.Contains(text, passages.SelectMany(passage => passage.Tokens).Select(token => token.Text.ToString()));
    }

    [Fact]
    public void The_members_of_an_enum_share_a_group()
    {
        var passage = Assert.Single(
            Fixture.Read("binaries/FaceSdk.dll").Passages, passage => passage.Inner == "enum FaceRace");
        Assert.Equal(
            ["EastAsian", "Black", "Caucasian", "Indian", "Latino"],
            passage.Tokens.Where(token => token.Group == 1).Select(token => token.Text.ToString()));
    }

    [Fact]
    public void Wide_strings_are_seen_although_the_raw_bytes_hide_them()
    {
        var bytes = Fixture.Bytes("binaries/face.dll");
        var outline = Readers.OfBinary("face.dll", bytes)!.Outline(new MemoryStream(bytes));
        var text = System.Text.Encoding.UTF8.GetString(outline.HiddenText);
        Assert.Contains("人脸种族：黄种人\n", text, StringComparison.Ordinal);
        Assert.Contains("Ethnicity of the face\n", text, StringComparison.Ordinal);
        Assert.Null(outline.Problem);
    }
}
