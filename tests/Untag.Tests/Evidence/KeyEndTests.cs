using Untag.Evidence;
using Untag.Evidence.Signing;

namespace Untag.Tests.Evidence;

/// <summary>The last day on which a key signs stands above it, in the file that its owner published.</summary>
public sealed class KeyEndTests
{
    [Fact]
    public void A_key_carries_its_last_day_in_both_files_and_not_into_a_bundle()
    {
        using var key = EvidenceKey.New(SmallBundle.Day);
        foreach (var pem in new[] { key.PrivatePem(), key.PublishedPem(), "# of the vendor\r\n" + key.PublishedPem().Replace("\n", "\r\n", StringComparison.Ordinal) })
        {
            using var read = EvidenceKey.Parse(pem);
            Assert.Equal((SmallBundle.Day, key.Fingerprint), (read.ValidUntil, read.Fingerprint));
        }

        Assert.StartsWith("-----BEGIN PUBLIC KEY-----", key.PublicPem, StringComparison.Ordinal);
        Assert.Null(SmallBundle.Key.ValidUntil);
    }

    [Theory]
    [InlineData("valid-until: 2027-02-30")]
    [InlineData("valid-until: tomorrow")]
    [InlineData("valid-until:")]
    public void A_last_day_that_is_none_is_refused_and_not_passed_over(string line) =>
        Assert.Throws<FormatException>(() => EvidenceKey.Parse($"{line}\n{SmallBundle.Key.PublicPem}"));

    [Fact]
    public void What_a_key_signs_after_its_last_day_is_not_accepted()
    {
        Assert.True(Verifier.Verify(Request(end: SmallBundle.Day)).Holds);
        Assert.Equal(VerifyFailure.KeyEnded, SmallBundle.Failure(Request(end: SmallBundle.Day.AddDays(-1))));
    }

    [Fact]
    public void After_its_last_day_nothing_is_accepted_that_only_says_it_was_signed_before()
    {
        var request = Request(end: SmallBundle.Day.AddDays(10));
        Assert.True(Verifier.Verify(request with { Today = SmallBundle.Day.AddDays(10) }).Holds);
        Assert.Equal(VerifyFailure.KeyEnded, SmallBundle.Failure(request with { Today = SmallBundle.Day.AddDays(11) }));
    }

    private static VerifyRequest Request(DateOnly end) => SmallBundle.Request(SmallBundle.Bytes) with
    {
        Key = EvidenceKey.Parse($"valid-until: {end:yyyy-MM-dd}\n{SmallBundle.Key.PublicPem}"),
    };
}
