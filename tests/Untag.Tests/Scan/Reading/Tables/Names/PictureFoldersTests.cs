using Untag.Scan;
using Untag.Scan.Reading.Tables.Names;

namespace Untag.Tests.Scan.Reading.Tables.Names;

public sealed class PictureFoldersTests
{
    private static readonly byte[] Picture = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16];

    [Fact]
    public void Pictures_that_are_named_by_age_gender_and_race_are_one_finding_for_their_folder()
    {
        var report = Scan(Names("faces/{0}_{1}_{2}_20170109{3:D9}.jpg.chip.jpg", 40));
        var finding = Assert.Single(report.Findings, finding => finding.Level == Level.Error);
        Assert.Equal(("faces", "race", "file names"), (finding.Path, finding.Match, finding.Inner));
    }

    [Fact]
    public void No_name_of_a_picture_is_in_the_report()
    {
        var paths = Enumerable.Range(0, 40).Select(i => $"faces/{(i % 2 == 0 ? "asian" : "white")}_Anna{i}.jpg").ToArray();
        var report = Scan(paths);
        Assert.NotEmpty(report.Findings);
        Assert.All(report.Findings, finding => Assert.Equal("faces", finding.Path));
        Assert.DoesNotContain("Anna", Product.Describe(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_named_after_groups_are_one_finding_for_the_folder_they_lie_in()
    {
        var report = Scan("data/train/asian_females/1.jpg", "data/train/black_males/1.jpg", "data/train/white_males/a/2.jpg");
        var finding = Assert.Single(report.Findings, finding => finding.Level == Level.Error);
        Assert.Equal(("data/train", "asian, black, white", "folder names"), (finding.Path, finding.Match, finding.Inner));
        Assert.Equal(4, report.Totals.Files);
    }

    [Fact]
    public void Folders_in_an_archive_are_read_too()
    {
        using var zip = new MemoryStream();
        using (var archive = new System.IO.Compression.ZipArchive(zip, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var group in new[] { "asian", "black", "white" })
            {
                using var entry = archive.CreateEntry($"{group}/1.jpg").Open();
                entry.Write(Picture);
            }
        }

        var report = Fixture.Scan(("faces.zip", zip.ToArray()));
        Assert.Contains(report.Findings, finding => finding is { Path: "faces.zip", Level: Level.Error, Inner: "folder names" });
    }

    [Fact]
    public void Codes_of_race_and_sex_are_read_as_what_they_are()
    {
        string[] codes = ["AF", "AM", "BF", "BM", "WF", "WM"];
        var report = Scan([.. Enumerable.Range(0, 120).Select(i => $"cfd/CFD-{codes[i % 6]}-{i:D3}-N.jpg")]);
        Assert.Contains(report.Findings, finding => finding is { Path: "cfd", Kind: FindingKind.Dataset, Level: Level.Error });
    }

    [Theory]
    [InlineData("shirts/black/1.jpg", "shirts/white/1.jpg", "shirts/yellow/1.jpg")]
    [InlineData("scans/2017_1_1_20170101.jpg", "scans/2017_1_2_20170102.jpg", "scans/2017_1_3_20170103.jpg")]
    [InlineData("people/Anna/1.jpg", "people/Bert/1.jpg", "people/Carl/1.jpg")]
    public void Other_folders_and_names_are_clean(params string[] paths) => Assert.Empty(Scan(paths).Findings);

    [Fact]
    public void A_folder_for_each_of_many_persons_holds_no_labels() =>
        Assert.Empty(PictureFolders.Read(Enumerable.Range(0, 100).Select(i => $"lfw/Person_{i}/1.jpg")));

    [Fact]
    public void Some_pictures_of_each_of_a_few_persons_give_no_labels() =>
        Assert.Empty(PictureFolders.Read(Enumerable.Range(0, 100).Select(i => $"album/Person{(char)('A' + (i % 10))}_{i}.jpg")));

    private static string[] Names(string format, int count) =>
        [.. Enumerable.Range(0, count).Select(i => string.Format(
            System.Globalization.CultureInfo.InvariantCulture, format, 1 + (i * 7 % 90), i % 2, i % 5, i))];

    private static ScanReport Scan(params string[] paths) => Fixture.Scan([.. paths.Select(path => (path, Picture))]);
}
