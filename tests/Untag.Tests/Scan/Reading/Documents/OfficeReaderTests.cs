using System.IO.Compression;
using System.Text;
using Untag.Scan;

namespace Untag.Tests.Scan.Reading.Documents;

public sealed class OfficeReaderTests
{
    public static TheoryData<string> Documents =>
        ["documents/manual.docx", "documents/annotations.xlsx", "documents/manual.odt", "documents/annotations.ods", "documents/talk.pptx"];

    [Fact]
    public void A_word_that_is_split_over_runs_is_one_word()
    {
        const string Sentence = "The face recognition API returns the ethnicity of each detected face, beside age and gender.";
        Assert.Contains(Sentence, Fixture.Texts("documents/manual.docx"));
        Assert.Contains(Sentence, Fixture.Texts("documents/manual.odt"));
    }

    [Fact]
    public void Each_part_of_a_document_says_where_it_stands() =>
        Assert.Equal(
            ["paragraph 1", "paragraph 2", "table 1", "header, paragraph 1", "footer, paragraph 1"],
            Fixture.Read("documents/manual.docx").Passages.Select(passage => passage.Inner));

    [Fact]
    public void The_cells_of_a_row_stand_together()
    {
        var table = Fixture.Read("documents/manual.docx").Passages[2];
        Assert.Equal(
            ["attribute label", "1 Asian", "2 Black", "3 White"],
            table.Tokens.GroupBy(token => (token.Line, token.Group)).Select(row => string.Join(' ', row.Select(token => token.Text))));
    }

    [Fact]
    public void Slides_are_numbered_as_they_are_shown_and_notes_are_read()
    {
        var passages = Fixture.Read("documents/talk.pptx").Passages;
        Assert.Equal(
            ["Face analysis", "We find faces."],
            passages.Single(passage => passage.Inner == "slide 1").Tokens.Select(token => token.Text.ToString()));
        Assert.Contains(
            passages.Single(passage => passage.Inner == "slide 2").Tokens,
            token => token.Text.Span.SequenceEqual("ethnicity of each detected face: Asian, Black, White"));
        Assert.Contains(
            passages.Single(passage => passage.Inner == "notes 1").Tokens,
            token => token.Text.Span.SequenceEqual("The race is shown in the demo."));
    }

    [Fact]
    public void Of_a_sheet_the_header_the_labels_and_what_cells_accept_are_read_and_no_row()
    {
        var read = Fixture.Read("documents/annotations.xlsx");
        Assert.Equal("sheet Faces", read.Passages[0].Inner);
        Assert.Equal(
            ["file", "name", "age", "race", "Asian", "Black", "White", "Asian", "Black", "White", "Indian", "as annotated by hand"],
            Fixture.Texts(read));
    }

    [Fact]
    public void Of_an_open_sheet_the_header_and_the_labels_are_read_and_no_row() =>
        Assert.Equal(["file", "name", "race", "Asian", "Black", "White"], Fixture.Texts("documents/annotations.ods"));

    [Fact]
    public void A_header_of_an_open_document_is_read() =>
        Assert.Contains(Fixture.Read("documents/manual.odt").Passages, passage => passage.Inner == "header and footer, paragraph 1");

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_is_one_file_in_the_report(string path)
    {
        var report = Fixture.Scan(path);
        Assert.True(report.Complete, string.Join("; ", report.Skipped.Select(skip => skip.Reason)));
        Assert.NotEmpty(report.Findings);
        Assert.All(report.Findings, finding => Assert.Equal(path, finding.Path));
    }

    [Theory]
    [InlineData("documents/annotations.xlsx", "sheet Faces")]
    [InlineData("documents/annotations.ods", "sheet Faces")]
    public void A_tag_in_a_sheet_is_an_error_of_its_sheet(string path, string sheet) =>
        Assert.Contains(Fixture.Scan(path).Findings, finding => finding.Level == Level.Error && finding.Inner == sheet);

    [Theory]
    [InlineData("documents/manual-without-tag.docx")]
    [InlineData("documents/annotations-without-tag.xlsx")]
    public void A_document_without_a_tag_is_clean(string path)
    {
        var report = Fixture.Scan(path);
        Assert.True(report.Verdict == ScanVerdict.Clean, Product.Describe(report));
    }

    [Fact]
    public void What_is_embedded_in_a_document_is_opened_like_the_entries_of_an_archive()
    {
        var report = Fixture.Scan(("a.docx", Zip(
            ("word/document.xml", "<w:document><w:body><w:p><w:r><w:t>Faces</w:t></w:r></w:p></w:body></w:document>"u8.ToArray()),
            ("word/embeddings/annotations.xlsx", Fixture.Bytes("documents/annotations.xlsx")))));
        Assert.Contains(
            report.Findings,
            finding => finding is { Path: "a.docx!/word/embeddings/annotations.xlsx", Inner: "sheet Faces", Level: Level.Error });
    }

    [Fact]
    public void A_document_by_another_name_is_known_by_its_first_entry() =>
        Assert.Equal(
            Fixture.Texts("documents/manual.odt"),
            Fixture.Texts(Fixture.Read("upload.bin", Fixture.Bytes("documents/manual.odt"))));

    [Fact]
    public void A_package_that_only_looks_like_a_document_is_opened_as_an_archive()
    {
        var report = Fixture.Scan(("a.nupkg", Zip(
            ("[Content_Types].xml", "<Types/>"u8.ToArray()),
            ("content/labels.txt", "Asian\nBlack\nWhite\n"u8.ToArray()))));
        Assert.Contains(report.Findings, finding => finding.Path == "a.nupkg!/content/labels.txt");
    }

    [Fact]
    public void An_encrypted_part_of_an_open_document_is_reported()
    {
        var read = Fixture.Read("a.odt", Zip(("META-INF/manifest.xml", "<manifest/>"u8.ToArray()), ("content.xml", [1, 2, 3, 4])));
        Assert.Contains("encrypted", read.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_ends_inside_of_an_element_is_reported_and_read()
    {
        var read = Fixture.Read("a.docx", Zip(("word/document.xml", "<w:document><w:p><w:r><w:t>the ethnicity"u8.ToArray())));
        Assert.Equal(["the ethnicity"], Fixture.Texts(read));
        Assert.Contains("word/document.xml is damaged", read.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_box_is_read_once_and_apart_from_the_paragraph_that_holds_it()
    {
        var read = Fixture.Read("a.docx", Zip(("word/document.xml", Encoding.UTF8.GetBytes(
            "<w:p><w:r><w:t>one </w:t><mc:AlternateContent><mc:Choice><w:p><w:t>box</w:t></w:p></mc:Choice>"
            + "<mc:Fallback><w:p><w:t>box</w:t></w:p></mc:Fallback></mc:AlternateContent><w:t>line &amp; more</w:t></w:r></w:p>"))));
        Assert.Equal(["box", "one line & more"], Fixture.Texts(read));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_cut_off_anywhere_is_reported(string path)
    {
        var bytes = Fixture.Bytes(path);
        for (var length = 30; length < bytes.Length; length += Math.Max(1, bytes.Length / 100))
            Assert.True(Fixture.Read(path, bytes[..length]).Problem is not null, $"{path} cut to {length} bytes passes");
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Damage_is_borne(string path) => Fixture.AssertDamageIsBorne(path, 400);

    private static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return zip.ToArray();
    }
}
