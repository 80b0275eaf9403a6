using Untag.Scan;

namespace Untag.Tests.Scan.Reading.Tables;

public sealed class NumpyReaderTests
{
    [Fact]
    public void Texts_that_are_few_are_labels() =>
        Assert.Equal(["classes", "Asian", "Black", "Indian", "White"], Fixture.Texts("numpy/classes.npy"));

    [Fact]
    public void The_names_of_fields_are_read_and_no_number() =>
        Assert.Equal(["annotations", "age", "gender", "race", "box", "x"], Fixture.Texts("numpy/annotations.npy"));

    [Fact]
    public void Objects_of_Python_are_not_run_and_that_is_reported()
    {
        var read = Fixture.Read("numpy/objects.npy");
        Assert.Contains("objects of Python", read.Problem, StringComparison.Ordinal);
        Assert.Equal(["objects"], Fixture.Texts(read));
    }

    [Theory]
    [InlineData("numpy/classes.npy", "Asian, Black, Indian, White")]
    [InlineData("numpy/annotations.npy", "race")]
    public void A_tag_in_an_array_is_an_error(string path, string match)
    {
        var report = Fixture.Scan(path);
        Assert.True(report.Complete);
        Assert.Contains(report.Findings, finding => finding.Level == Level.Error && finding.Match == match);
    }

    [Fact]
    public void The_arrays_of_an_archive_are_found_by_their_names() =>
        Assert.Contains(
            Fixture.Scan("numpy/faces.npz").Findings,
            finding => finding is { Path: "numpy/faces.npz!/race_names.npy", Match: "asian, black, white", Level: Level.Error });

    // Found by fuzzing: the name of an entry in an archive can be its ending alone.
    [Fact]
    public void An_array_without_a_name_has_nothing_to_tell() =>
        Assert.Empty(Fixture.Read("faces.npz!/.npy", Fixture.Bytes("numpy/embeddings.npy")).Passages);

    [Fact]
    public void Numbers_are_clean() => Assert.Equal(ScanVerdict.Clean, Fixture.Scan("numpy/embeddings.npy").Verdict);

    [Fact]
    public void An_array_of_labels_cut_off_anywhere_is_reported() =>
        Fixture.AssertEveryCutIsReported("numpy/classes.npy", Fixture.Bytes("numpy/classes.npy").Length);

    [Theory]
    [InlineData("numpy/classes.npy")]
    [InlineData("numpy/annotations.npy")]
    public void Damage_is_borne(string path) => Fixture.AssertDamageIsBorne(path);
}
