using System.Formats.Tar;
using System.Text;
using Untag.Scan;
using Untag.Tests.Scan.Reading;

namespace Untag.Tests.Scan;

public sealed class SampleFilesTests
{
    private static readonly byte[] Picture = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16];

    [Fact]
    public void The_samples_of_a_WebDataset_are_one_finding_for_the_archive()
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            for (var i = 0; i < 20; i++)
            {
                Add(writer, $"{i:D6}.jpg", Picture);
                Add(writer, $"{i:D6}.json", Encoding.UTF8.GetBytes($$"""{"name": "Anna {{i}}", "age": 3, "gender": "f", "race": "asian"}"""));
            }
        }

        var report = Fixture.Scan(("train-0000.tar", tar.ToArray()));
        var finding = Assert.Single(report.Findings, finding => finding.Match == "race");
        Assert.Equal(
            ("train-0000.tar", "20 files *.json beside pictures", (int?)null, Level.Error),
            (finding.Path, finding.Inner, finding.Line, finding.Level));
        Assert.Equal(42, report.Totals.Files);
    }

    [Fact]
    public void The_annotations_of_Pascal_VOC_are_one_finding_for_their_folder()
    {
        const string Annotation =
            "<annotation><filename>{0}.jpg</filename><object><name>face</name><age>3</age><gender>f</gender>"
            + "<race>asian</race></object></annotation>";
        var report = Fixture.Scan([.. Enumerable.Range(0, 8).SelectMany(i => new[]
        {
            ($"voc/JPEGImages/{i}.jpg", Picture),
            ($"voc/Annotations/{i}.xml", Encoding.UTF8.GetBytes(Annotation.Replace("{0}", $"{i}", StringComparison.Ordinal))),
        })]);
        Assert.NotEmpty(report.Findings);
        Assert.All(report.Findings, finding => Assert.Equal("voc/Annotations", finding.Path));
        Assert.Single(report.Findings, finding => finding.Match == "race");
    }

    [Fact]
    public void A_trait_that_is_written_beside_pictures_is_that_of_what_they_show()
    {
        var report = Fixture.Scan([.. Enumerable.Range(0, 8).SelectMany(i => new[]
        {
            ($"data/{i}.jpg", Picture),
            ($"data/{i}.json", Encoding.UTF8.GetBytes("""{"race": "asian"}""")),
        })]);
        var finding = Assert.Single(report.Findings);
        Assert.Equal(("UT0105", Level.Error, "data"), (finding.Rule, finding.Level, finding.Path));
    }

    [Fact]
    public void Labels_that_annotations_name_one_by_one_are_the_labels_of_their_folder()
    {
        const string Annotation = "<annotation><object><name>{0}</name><bndbox><xmin>1</xmin></bndbox></object></annotation>";
        var report = Fixture.Scan(Annotated("voc/Annotations", "xml", Annotation, "asian", "black", "african american", "white"));
        var finding = Assert.Single(report.Findings);
        Assert.Equal(("UT0105", Level.Error, "voc/Annotations"), (finding.Rule, finding.Level, finding.Path));
        Assert.Equal("labels of 8 annotations", finding.Inner);
        Assert.Empty(Fixture.Scan(Annotated("voc/Annotations", "xml", Annotation, "hat", "mask", "white", "black")).Findings);
    }

    [Fact]
    public void The_classes_of_a_WebDataset_are_labels()
    {
        var finding = Assert.Single(Fixture.Scan(Annotated("data", "cls", "{0}", "asian", "indian", "caucasian")).Findings);
        Assert.Equal(("UT0105", Level.Error, "data"), (finding.Rule, finding.Level, finding.Path));
    }

    private static (string, byte[])[] Annotated(string folder, string ending, string annotation, params string[] labels) =>
        [.. Enumerable.Range(0, 2 * labels.Length).Select(i => (
            $"{folder}/{i}.{ending}",
            Encoding.UTF8.GetBytes(annotation.Replace("{0}", labels[i % labels.Length], StringComparison.Ordinal))))];

    [Fact]
    public void A_file_that_only_lies_beside_pictures_keeps_its_place()
    {
        var settings = Encoding.UTF8.GetBytes("""{"attributes": ["age", "gender", "ethnicity"]}""");
        var report = Fixture.Scan(("app/icon.png", Picture), ("app/settings.json", settings), ("app/a.jpg", Picture));
        Assert.Contains(report.Findings, finding => finding is { Path: "app/settings.json", Line: 1 });
    }

    private static void Add(TarWriter writer, string name, byte[] content) =>
        writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
}
