using System.Text;
using Untag.Audit.Statistics;
using Untag.Check;
using Untag.Erase;
using Untag.Tests.Erase;
using Untag.Tests.Scan.Reports;

namespace Untag.Tests.Check;

/// <summary>The claim <c>tag-erased</c> is judged by a certificate, for the one map that it is of.</summary>
public sealed class ErasureClaimTests : IDisposable
{
    private readonly EmbeddingFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void A_certificate_that_holds_makes_the_claim_hold_and_says_what_it_does_not_prove()
    {
        Certify((random, group, i) => random.NextNormal() + (i == 2 ? 2.0 * group : 0));
        var claim = ErasureClaim.Judge(Product());
        Assert.Equal((ClaimVerdict.Holds, false), (claim.Verdict, claim.Partial));
        Assert.Equal(3, claim.Passed.Count);
        Assert.Empty(claim.Failed);
        Assert.Contains(claim.NotProven, sentence => sentence.Contains("other layers", StringComparison.Ordinal));
    }

    [Fact]
    public void A_probe_that_still_tells_makes_the_claim_fail()
    {
        Certify((random, group, i) => random.NextNormal() * (group == 1 ? 2.5 : 1));
        var claim = ErasureClaim.Judge(Product());
        Assert.Equal(ClaimVerdict.Fails, claim.Verdict);
        Assert.StartsWith("a non-linear probe tells of what group a person is", claim.Failed[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_of_another_map_certifies_nothing()
    {
        Certify((random, group, i) => random.NextNormal() + (i == 2 ? 2.0 * group : 0));
        File.AppendAllText(files["map.npz"], " ");
        var claim = ErasureClaim.Judge(Product());
        Assert.Equal((ClaimVerdict.NotChecked, true), (claim.Verdict, claim.Partial));
        Assert.Equal(["the certificate is of another map than `map.npz`"], claim.Failed);
    }

    [Theory]
    [InlineData(null, "no certificate of an eraser was given")]
    [InlineData("none.json", "the certificate could not be read: cannot read `none.json`: it is not there")]
    [InlineData("t.csv", "the certificate could not be read: `t.csv` is no certificate, or was cut, at line 1")]
    public void Without_a_certificate_that_can_be_read_nothing_is_shown_as_a_pass(string? certificate, string reason)
    {
        File.WriteAllText(files["t.csv"], "person,group\n");
        var claim = ErasureClaim.Judge(Product() with { Erase = new EraseSection("map.npz", certificate) });
        Assert.Equal((ClaimVerdict.NotChecked, true), (claim.Verdict, claim.Partial));
        Assert.Equal([reason], claim.Failed);
    }

    [Fact]
    public async Task A_certificate_keeps_to_its_schema()
    {
        Certify((random, group, i) => random.NextNormal() + (i == 2 ? 2.0 * group : 0));
        Assert.Equal("", await Samples.Violations(Samples.Schema("erasure.schema.json"), Encoding.UTF8.GetString(File.ReadAllBytes(files["c.json"]))));
    }

    private ProductFile Product() => ProductFile.Without(Path.GetDirectoryName(files["x"])!) with { Erase = new EraseSection("map.npz", "c.json") };

    private void Certify(Func<SeededRandom, int, int, double> coordinate)
    {
        files.With(8_000, 4, coordinate);
        using (var map = File.Create(files["map.npz"]))
            MapFile.Writer("map.npz")(Eraser.Fit(files.Request, TestContext.Current.CancellationToken), map);
        var certificate = Certifier.Certify(
            new CertifyRequest { Map = files.Source("map.npz"), People = files.Request }, TestContext.Current.CancellationToken);
        using var output = File.Create(files["c.json"]);
        CertificateFile.Write(certificate, output);
    }
}
