using Untag.Evidence;
using Untag.Evidence.Signing;
using Untag.Evidence.Statements;
using Untag.Evidence.Timestamps;
using Untag.Tests.Scan.Reports;

namespace Untag.Tests.Evidence;

public sealed class VerificationReportTests
{
    [Fact]
    public async Task The_document_fits_its_schema_with_and_without_what_may_be_missing()
    {
        using var assessor = EvidenceKey.New();
        var words = new CountersignPredicate("A. Roe", CountersignWords.Disagrees, SmallBundle.Day, "a model was not read");
        var signed = Redaction.Withhold(Countersigning.Add(SmallBundle.Bytes, words, assessor), ["report.html"]);
        foreach (var bundle in new[] { SmallBundle.Bytes, signed })
        {
            var written = Samples.Written(output => VerificationReport.Write(SmallBundle.Verify(bundle), output));
            Assert.Equal("", await Samples.Violations(Samples.Schema("verification.schema.json"), written));
        }

        var next = Bundler.Make(
            SmallBundle.Draft with { Claims = SmallBundle.Draft.Claims with { Version = null }, Previous = PreviousBundle.Open(signed) }, assessor);
        var stamped = Verifier.Verify(SmallBundle.Request(next) with { Key = null, Previous = PreviousBundle.Open(signed) }) with
        {
            Timestamp = new TimestampFacts(TimeAuthority.Noon, "CN=a", true),
        };
        var whole = Samples.Written(output => VerificationReport.Write(stamped, output));
        Assert.Equal("", await Samples.Violations(Samples.Schema("verification.schema.json"), whole));
        Assert.True(Samples.Parsed(whole).GetProperty("previousCompared").GetBoolean());

        var log = new LogFacts("example.com/log", 0, 1, "key", true, ["w"], 1);
        var logged = Samples.Written(output => VerificationReport.Write(SmallBundle.Verify(signed) with { Log = log }, output));
        Assert.Equal("", await Samples.Violations(Samples.Schema("verification.schema.json"), logged));
        Assert.Equal("w", Samples.Parsed(logged).GetProperty("witness").GetString());
    }
}
