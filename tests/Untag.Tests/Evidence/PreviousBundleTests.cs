using Untag.Evidence;
using Untag.Evidence.Bundles;
using Untag.Evidence.Signing;
using Untag.Evidence.Statements;

namespace Untag.Tests.Evidence;

public sealed class PreviousBundleTests
{
    private static readonly PreviousBundle Older = PreviousBundle.Open(SmallBundle.Bytes);

    [Fact]
    public void A_bundle_says_what_changed_since_the_one_before_it()
    {
        using var newKey = EvidenceKey.New();
        var claims = SmallBundle.Draft.Claims;
        var draft = SmallBundle.Draft with
        {
            Subjects = [new Subject("dist/b.py", new Sha256Digest(new string('b', 64)))],
            Claims = claims with
            {
                Version = "2",
                Tool = claims.Tool with { Version = "0.2.0" },
                Policy = claims.Policy with { Sha256 = new string('1', 64) },
                Coverage = new StatedCoverage(3, 2, 20, [new StatedGap("dist/c", "it was not read")]),
                Claims = [claims.Claims[0] with { Verdict = "fails", Partial = true }, claims.Claims[1]],
            },
            Previous = Older,
        };
        var bundle = Bundler.Make(draft, newKey);
        var verification = Verifier.Verify(SmallBundle.Request(bundle) with { Key = newKey, Previous = Older });
        Assert.True(verification.PreviousCompared);
        var stated = verification.Claims.Previous!;
        Assert.Equal(Manifest.DigestOf(SmallBundle.Bytes), stated.Bundle);
        Assert.Equal((SmallBundle.Key.Fingerprint, SmallBundle.Day), (stated.SignedBy, stated.CheckedOn));
        Assert.Equal(
            [
                new StatedChange("version", "version", "1", "2"),
                new StatedChange("key", "key", "sha256:" + SmallBundle.Key.Fingerprint, "sha256:" + newKey.Fingerprint),
                new StatedChange("tool", "tool", "untag 0.1.0", "untag 0.2.0"),
                new StatedChange("policy", "policy", "default sha256:" + new string('0', 64), "default sha256:" + new string('1', 64)),
                new StatedChange("coverage", "coverage", "1 of 1 files read, 15 bytes", "2 of 3 files read, 20 bytes, 1 that ship not"),
                new StatedChange("claim", "no-tag-offered", "holds", "fails, partial"),
                new StatedChange("subject", "dist/app.py", "sha256:" + SmallBundle.Draft.Subjects[0].Digest.Sha256),
                new StatedChange("subject", "dist/b.py", null, "sha256:" + new string('b', 64)),
            ],
            stated.Changes);
    }

    [Fact]
    public void Nothing_changed_is_said_as_well() =>
        Assert.Empty(Verifier.Verify(SmallBundle.Request(Newer()) with { Previous = Older }).Claims.Previous!.Changes);

    [Fact]
    public void Any_edition_of_the_one_before_it_will_do()
    {
        using var assessor = EvidenceKey.New();
        var edition = Countersigning.Add(SmallBundle.Bytes, new CountersignPredicate("A. Roe", CountersignWords.Agrees, SmallBundle.Day), assessor);
        var withheld = Redaction.Withhold(edition, ["report.html"]);
        Assert.True(Verifier.Verify(SmallBundle.Request(Newer()) with { Previous = PreviousBundle.Open(withheld) }).PreviousCompared);
    }

    [Fact]
    public void Another_one_than_is_named_is_refused_and_one_that_names_none_as_well()
    {
        var other = PreviousBundle.Open(SmallBundle.Another);
        Assert.Equal(VerifyFailure.OtherPrevious, Failure(Newer(), other));
        Assert.Equal(VerifyFailure.OtherPrevious, Failure(SmallBundle.Bytes, other));
        var stranger = SmallBundle.Draft with { Claims = SmallBundle.Draft.Claims with { Product = "another" } };
        Assert.Equal(VerifyFailure.OtherPrevious, Failure(Newer(), PreviousBundle.Open(Bundler.Make(stranger, SmallBundle.Key))));
    }

    [Fact]
    public void A_bundle_that_is_older_than_the_one_seen_before_is_a_step_back()
    {
        var later = SmallBundle.Draft with { Claims = SmallBundle.Draft.Claims with { CheckedOn = SmallBundle.Day.AddDays(1) } };
        var newest = PreviousBundle.Open(Bundler.Make(later, SmallBundle.Key));
        Assert.Equal(VerifyFailure.OlderThanSeen, Failure(SmallBundle.Bytes, newest));
        Assert.Equal(
            VerifyFailure.OlderThanSeen,
            Assert.Throws<VerifyException>(() => Bundler.Make(SmallBundle.Draft with { Previous = newest }, SmallBundle.Key)).Failure);
    }

    [Theory]
    [InlineData("\"after\": \"2\"", "\"after\": \"3\"")]
    [InlineData("\"signedBy\": \"", "\"signedBy\": \"0")]
    [InlineData("\"changes\": [", "\"changes\": [ { \"what\": \"claim\", \"name\": \"no-tag-served\", \"before\": \"fails\", \"after\": \"holds\" },")]
    public void A_difference_that_is_not_so_is_refused_though_it_is_signed(string stated, string forged)
    {
        var draft = SmallBundle.Draft with { Claims = SmallBundle.Draft.Claims with { Version = "2" }, Previous = Older };
        var bundle = SmallBundle.Altered(
            Bundler.Make(draft, SmallBundle.Key), SmallBundle.Key, text => text.Replace(stated, forged, StringComparison.Ordinal));
        Assert.Equal(VerifyFailure.FalseDifference, Failure(bundle, Older));
        Assert.False(SmallBundle.Verify(bundle).PreviousCompared);
    }

    [Fact]
    public void A_changed_bundle_is_nothing_to_compare_with() =>
        Assert.Throws<VerifyException>(() => PreviousBundle.Open(SmallBundle.Bytes.AsMemory()[1..]));

    private static byte[] Newer() => Bundler.Make(SmallBundle.Draft with { Previous = Older }, SmallBundle.Key);

    private static VerifyFailure Failure(ReadOnlyMemory<byte> bundle, PreviousBundle previous) =>
        SmallBundle.Failure(SmallBundle.Request(bundle) with { Previous = previous });
}
