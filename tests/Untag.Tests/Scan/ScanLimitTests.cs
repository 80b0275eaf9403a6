using Untag.Scan;

namespace Untag.Tests.Scan;

public sealed class ScanLimitTests
{
    [Theory]
    [InlineData("file-size", "64MiB", "64 MiB")]
    [InlineData("file-size", "1 GiB", "1 GiB")]
    [InlineData("file-size", "1500", "1500 bytes")]
    [InlineData("file-size", "2kB", "2000 bytes")]
    [InlineData("file-size", "4096b", "4 KiB")]
    [InlineData("expanded-size", "2tib", "2 TiB")]
    [InlineData("file-time", "90", "90 s")]
    [InlineData("file-time", "5m", "300 s")]
    [InlineData("file-time", "2h", "7200 s")]
    [InlineData("archive-depth", "3", "3")]
    [InlineData("archive-entries", "1000000", "1000000")]
    [InlineData("expansion-ratio", "1000", "1000")]
    public void A_value_is_understood_with_its_unit(string name, string text, string shown)
    {
        var limit = Limit(name);
        Assert.Equal(shown, limit.ValueIn(limit.Set(ScanLimits.Default, text)!.Value));
    }

    [Theory]
    [InlineData("file-size", "0")]
    [InlineData("file-size", "-1")]
    [InlineData("file-size", "2GiB")]
    [InlineData("file-size", "1.5MiB")]
    [InlineData("file-size", "MiB")]
    [InlineData("file-size", "")]
    [InlineData("expanded-size", "99999999TiB")]
    [InlineData("file-time", "1d")]
    [InlineData("archive-depth", "65")]
    [InlineData("archive-depth", "8MiB")]
    public void What_is_no_value_of_a_limit_is_refused(string name, string text) =>
        Assert.Null(Limit(name).Set(ScanLimits.Default, text));

    [Fact]
    public void Each_limit_changes_its_own_value_and_no_other()
    {
        foreach (var limit in ScanLimit.All)
        {
            var changed = limit.Set(ScanLimits.Default, "7")!.Value;
            Assert.Equal([limit], ScanLimit.All.Where(other => other.ValueIn(changed) != other.ValueIn(ScanLimits.Default)));
        }
    }

    [Fact]
    public void What_is_said_when_a_limit_is_met_names_it_its_value_and_what_raises_it() =>
        Assert.Equal(
            "too large (the limit file-size is 32 MiB; raise it with --max-file-size)",
            ScanLimit.FileSize.Met(ScanLimits.Default, "too large"));

    private static ScanLimit Limit(string name) => ScanLimit.All.Single(limit => limit.Name == name);
}
