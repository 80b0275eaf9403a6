using Untag.Evidence;
using Untag.Evidence.Bundles;
using Untag.Evidence.Signing;
using Untag.Evidence.Statements;

namespace Untag.Tests.Evidence;

public sealed class CountersigningTests
{
    private static readonly EvidenceKey Assessor = EvidenceKey.New();

    [Theory]
    [InlineData(CountersignWords.Agrees, true)]
    [InlineData(CountersignWords.Disagrees, false)]
    public void An_assessor_says_what_they_think_without_touching_the_statement(string says, bool holds)
    {
        var signed = Countersigning.Add(SmallBundle.Bytes, Words(says), Assessor);
        var verification = SmallBundle.Verify(signed);
        Assert.Equal(holds, verification.Holds);
        var other = Assert.Single(verification.Countersignatures);
        Assert.Equal((Words(says), Assessor.Fingerprint), (other.Says, other.Fingerprint));
        Assert.Equal(
            SmallBundle.Files(SmallBundle.Bytes).Select(file => Manifest.DigestOf(file.Bytes.Span)),
            SmallBundle.Files(signed).SkipLast(2).Select(file => Manifest.DigestOf(file.Bytes.Span)));
    }

    [Fact]
    public void Several_assessors_speak_each_once()
    {
        using var second = EvidenceKey.New();
        var once = Countersigning.Add(SmallBundle.Bytes, Words(CountersignWords.Agrees), Assessor);
        Assert.Equal(2, SmallBundle.Verify(Countersigning.Add(once, Words(CountersignWords.Agrees), second)).Countersignatures.Count);
        Assert.Throws<VerifyException>(() => Countersigning.Add(once, Words(CountersignWords.Disagrees), Assessor));
    }

    [Fact]
    public void Only_who_signed_a_statement_withdraws_it()
    {
        var withdrawn = Countersigning.Add(SmallBundle.Bytes, Words(CountersignWords.Withdraws), SmallBundle.Key);
        Assert.Equal(VerifyFailure.Withdrawn, SmallBundle.Failure(withdrawn));
        Assert.Equal(
            VerifyFailure.OtherKey,
            Assert.Throws<VerifyException>(() => Countersigning.Add(SmallBundle.Bytes, Words(CountersignWords.Withdraws), Assessor)).Failure);
    }

    [Fact]
    public void Who_signed_a_statement_takes_it_back_whatever_they_said_before()
    {
        var agreed = Countersigning.Add(SmallBundle.Bytes, Words(CountersignWords.Agrees), SmallBundle.Key);
        Assert.Equal(VerifyFailure.Withdrawn, SmallBundle.Failure(Countersigning.Add(agreed, Words(CountersignWords.Withdraws), SmallBundle.Key)));
    }

    [Fact]
    public void A_countersignature_does_not_move_to_another_statement()
    {
        var signed = SmallBundle.Files(Countersigning.Add(SmallBundle.Bytes, Words(CountersignWords.Agrees), Assessor));
        var another = SmallBundle.Files(SmallBundle.Another);
        Assert.Equal(VerifyFailure.DocumentChanged, SmallBundle.Failure(SmallBundle.Repack([.. another, .. signed.Skip(another.Count)])));
    }

    [Fact]
    public void What_is_withheld_keeps_its_digest_and_is_shown_as_withheld()
    {
        var redacted = Redaction.Withhold(SmallBundle.Bytes, ["report.html"]);
        var verification = SmallBundle.Verify(redacted);
        Assert.True(verification.Holds);
        Assert.Equal(["report.html"], verification.Withheld);
        Assert.Contains("report.html", verification.Claims.Documents.Select(document => document.Name));
        Assert.DoesNotContain("report.html", SmallBundle.Files(redacted).Select(file => file.Path));
        var signed = Countersigning.Add(redacted, Words(CountersignWords.Agrees), Assessor);
        Assert.Equal(["report.html"], SmallBundle.Verify(signed).Withheld);
    }

    [Theory]
    [InlineData(BundlePaths.Statement)]
    [InlineData(BundlePaths.Key)]
    [InlineData("nothing")]
    public void What_is_signed_is_not_withheld(string path) =>
        Assert.Throws<VerifyException>(() => Redaction.Withhold(SmallBundle.Bytes, [path]));

    private static CountersignPredicate Words(string says) => new("A. Roe, assessor", says, SmallBundle.Day, "seen");
}
