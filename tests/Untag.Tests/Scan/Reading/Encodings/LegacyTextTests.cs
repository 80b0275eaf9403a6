using System.Text;
using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading.Encodings;

/// <summary>Files in encodings from before Unicode, through the whole scan.</summary>
public sealed class LegacyTextTests
{
    public static TheoryData<string, string> Labels => new()
    {
        { "GB18030", "// 人脸识别结果的标签\nstring[] 种族 = { \"黄种人\", \"白种人\", \"黑种人\" };\n" },
        { "Big5", "// 人臉辨識結果的標籤\nstring[] 種族 = { \"黃種人\", \"白種人\", \"黑種人\" };\n" },
        { "Shift_JIS", "// 顔認識の結果を表すラベルです\nstring[] 人種 = { \"アジア人\", \"白人\", \"黒人\" };\n" },
        { "EUC-JP", "// 顔認識の結果を表すラベルです\nstring[] 人種 = { \"アジア人\", \"白人\", \"黒人\" };\n" },
        { "EUC-KR", "// 얼굴 인식 결과를 나타내는 값입니다\nstring[] 인종 = { \"아시아인\", \"백인\", \"흑인\" };\n" },
        { "windows-1251", "// результат распознавания лица\nstring раса = \"европеоид\"; // этническая принадлежность\n" },
        { "KOI8-R", "// результат распознавания лица\nstring раса = \"европеоид\"; // этническая принадлежность\n" },
        { "windows-1252", "// résultat : la détection du visage, l'âge\nstring ethnicité = \"asiatique\"; // l'appartenance ethnique\n" },
    };

    [Theory]
    [MemberData(nameof(Labels))]
    public void A_tag_is_found_as_if_the_file_were_in_UTF8(string encoding, string code)
    {
        var asUtf8 = Scan(Encoding.UTF8.GetBytes(code));
        var asLegacy = Scan(Texts.Encode(encoding, code));
        Assert.NotEmpty(asUtf8.Findings);
        Assert.Empty(asLegacy.Skipped);
        Assert.Equal(Lines(asUtf8), Lines(asLegacy));
    }

    [Theory]
    [InlineData("GB18030", "// 这个函数返回列表的长度，如果为空则返回零\nint 长度 = 3;\n")]
    [InlineData("windows-1251", "// функция возвращает длину списка\nint длина = 3;\n")]
    [InlineData("windows-1252", "// la longueur de la liste, zéro si elle est déjà vide\nint longueur = 3;\n")]
    public void A_file_without_a_tag_is_read_to_the_end_without_a_finding(string encoding, string code)
    {
        var report = Scan(Texts.Encode(encoding, code));
        Assert.Empty(report.Skipped);
        Assert.Empty(report.Findings);
    }

    [Fact]
    public void A_file_whose_encoding_cannot_be_told_is_a_problem()
    {
        var report = Scan([.. "int a = 1; // "u8, 0x9D, 0x8F, 0xFE, .. "\n"u8]);
        Assert.Contains("could be told", Assert.Single(report.Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_UTF8_with_one_wrong_byte_is_still_read_as_UTF8()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Texts.Chinese), 0xFF, .. Encoding.UTF8.GetBytes(Texts.Chinese)];
        var source = SourceText.Decode(bytes)!.Value;
        Assert.Equal(Texts.Chinese + "\uFFFD" + Texts.Chinese, source.Text);
        Assert.StartsWith("not valid UTF-8 from byte", source.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_ends_inside_a_character_says_so()
    {
        var bytes = Texts.Encode("GB18030", Texts.Chinese + new string('a', 40_000) + "\n" + Texts.Chinese.TrimEnd('\n', '。'));
        Assert.Contains("GB18030", SourceText.Decode(bytes.AsSpan(0, bytes.Length - 1))!.Value.Problem, StringComparison.Ordinal);
    }

    private static ScanReport Scan(byte[] bytes) => Scanner.Scan(
        new ScanRequest
        {
            Policy = TagPolicy.Default,
            Sources =
            [
                new ScanSource.Piped("src/labels.cs", new MemoryStream(bytes)),
                new ScanSource.Piped(Product.FaceService.Item1, new MemoryStream(Encoding.UTF8.GetBytes(Product.FaceService.Item2))),
            ],
        },
        progress: null,
        TestContext.Current.CancellationToken);

    private static string[] Lines(ScanReport report) =>
        [.. report.Findings.Select(finding => $"{finding.Level} {finding.Rule} {finding.Line}:{finding.Column} {finding.Match}")];
}
