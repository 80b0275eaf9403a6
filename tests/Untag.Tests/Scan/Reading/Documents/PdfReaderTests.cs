using System.Text;
using Untag.Scan;

namespace Untag.Tests.Scan.Reading.Documents;

public sealed class PdfReaderTests
{
    private const string Sentence =
        "The face recognition API returns the ethnicity of each detected face, beside age and gender. Labels: Asian, Black, White";

    public static TheoryData<string> Documents => ["documents/manual.pdf", "documents/manual-object-streams.pdf"];

    [Theory]
    [MemberData(nameof(Documents))]
    public void The_text_of_each_page_is_read_whatever_the_font_and_the_packing(string path)
    {
        var read = Fixture.Read(path);
        Assert.Null(read.Problem);
        Assert.Equal(
            [("page 1", "Face analysis We detect faces."), ("page 2", Sentence)],
            read.Passages.Where(passage => passage.Inner!.StartsWith("page", StringComparison.Ordinal))
                .Select(passage => (passage.Inner, Assert.Single(passage.Tokens).Text.ToString())));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_tag_in_a_document_is_found_on_its_page(string path)
    {
        var report = Fixture.Scan(path);
        Assert.True(report.Complete);
        Assert.Contains(report.Findings, finding => finding.Path == path && finding.Inner == "page 2" && finding.Kind == FindingKind.Docs);
    }

    [Fact]
    public void A_document_without_a_tag_is_clean() =>
        Assert.Equal(ScanVerdict.Clean, Fixture.Scan("documents/manual-without-tag.pdf").Verdict);

    [Fact]
    public void An_encrypted_document_is_reported()
    {
        var report = Fixture.Scan("documents/manual-encrypted.pdf");
        Assert.Equal("the PDF document is encrypted: its text was not read", Assert.Single(report.Skipped).Reason);
        Assert.Equal(ScanVerdict.Partial, report.Verdict);
    }

    [Theory]
    [InlineData("[(eth) 20 (nic) -30 (ity)] TJ", "ethnicity")]
    [InlineData("(the) Tj [-400 (race)] TJ", "the race")]
    [InlineData("(the) Tj 0 -14 Td (race) Tj", "the race")]
    [InlineData("(the) Tj T* (race) Tj", "the race")]
    [InlineData("(ra) Tj 10 0 Td (ce) Tj", "race")]
    [InlineData("(r\\141ce) Tj", "race")]
    [InlineData("<72616365> Tj", "race")]
    [InlineData("(a\\(b\\)) Tj", "a(b)")]
    [InlineData("BI /W 1 /H 1 ID xx(race)xx EI (face) Tj", "face")]
    public void Pieces_of_text_are_put_together_by_their_place(string operators, string text) =>
        Assert.Equal([text], Fixture.Texts(Fixture.Read("a.pdf", Page($"BT /F 10 Tf 12 TL {operators} ET"))));

    [Fact]
    public void Text_far_below_is_another_paragraph() =>
        Assert.Equal(
            ["one", "two"],
            Fixture.Texts(Fixture.Read("a.pdf", Page("BT /F 10 Tf (one) Tj 0 -40 Td (two) Tj ET"))));

    [Fact]
    public void The_glyphs_of_an_own_encoding_are_known_by_their_names() =>
        Assert.Equal(
            ["fia-é"],
            Fixture.Texts(Fixture.Read("a.pdf", Page(
                "BT /F 10 Tf (ABCD) Tj ET", "/Encoding << /Differences [65 /fi /a /hyphen 68 /uni00E9] >>"))));

    [Fact]
    public void Text_in_a_font_that_does_not_say_its_letters_is_reported() =>
        Assert.Contains(
            "does not say its letters",
            Fixture.Read("a.pdf", Page($"BT /F 10 Tf <{new string('0', 200)}> Tj ET", "/Subtype /Type0 /Encoding /Identity-H")).Problem,
            StringComparison.Ordinal);

    [Fact]
    public void Pages_that_are_pictures_are_reported() =>
        Assert.Contains(
            "pictures",
            Fixture.Read("a.pdf", Encoding.Latin1.GetBytes(
                "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj 2 0 obj << /Kids [3 0 R] >> endobj "
                + "3 0 obj << /Resources << /XObject << /I << /Subtype /Image >> >> >> >> endobj trailer << /Root 1 0 R >> %%EOF")).Problem,
            StringComparison.Ordinal);

    [Fact]
    public void Pages_that_contain_each_other_end() =>
        Assert.NotNull(Fixture.Read("a.pdf", Encoding.Latin1.GetBytes(
            "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj 2 0 obj << /Kids [2 0 R 2 0 R 9 0 R] >> endobj %%EOF")).Problem);

    [Fact]
    public void What_only_begins_like_a_document_is_reported() =>
        Assert.NotNull(Fixture.Read("a.pdf", "%PDF-1.7\nthe race of a face"u8.ToArray()).Problem);

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_cut_off_anywhere_is_reported(string path) =>
        Fixture.AssertEveryCutIsReported(path, Fixture.Bytes(path).Length - 8);

    [Theory]
    [MemberData(nameof(Documents))]
    public void Damage_is_borne(string path) => Fixture.AssertDamageIsBorne(path);

    private static byte[] Page(string content, string font = "") => Encoding.Latin1.GetBytes(
        "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
        + $"3 0 obj << /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F << /Type /Font {font} >> >> >> >> endobj\n"
        + $"4 0 obj << /Length {content.Length} >> stream\n{content}\nendstream endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n");
}
