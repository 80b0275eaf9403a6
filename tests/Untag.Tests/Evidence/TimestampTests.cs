using Untag.Evidence;
using Untag.Evidence.Bundles;
using Untag.Evidence.Signing;
using Untag.Evidence.Timestamps;

namespace Untag.Tests.Evidence;

public sealed class TimestampTests : IDisposable
{
    private readonly TimeAuthority authority = new();

    public void Dispose() => authority.Dispose();

    [Fact]
    public void An_authority_says_when_a_statement_was_signed_and_the_statement_stays_as_it_was()
    {
        var stamped = Stamped(authority);
        var facts = Verified(stamped, authority).Timestamp!;
        Assert.Equal((TimeAuthority.Noon, "CN=Authority of time", true), (facts.Time, facts.Authority, facts.RootWasGiven));
        Assert.Equal(
            SmallBundle.Files(SmallBundle.Bytes).Select(file => Manifest.DigestOf(file.Bytes.Span)),
            SmallBundle.Files(stamped).SkipLast(1).Select(file => Manifest.DigestOf(file.Bytes.Span)));
    }

    [Fact]
    public void Without_a_root_a_time_stamp_is_shown_as_nobodys()
    {
        Assert.False(SmallBundle.Verify(Stamped(authority)).Timestamp!.RootWasGiven);
        Assert.Null(SmallBundle.Verify(SmallBundle.Bytes).Timestamp);
    }

    [Fact]
    public void The_same_bundle_gives_the_same_request_and_every_edition_does()
    {
        var edition = Redaction.Withhold(SmallBundle.Bytes, ["report.html"]);
        Assert.Equal(Timestamping.RequestFor(SmallBundle.Bytes), Timestamping.RequestFor(edition));
        Assert.NotEqual(Timestamping.RequestFor(SmallBundle.Bytes), Timestamping.RequestFor(SmallBundle.Another));
    }

    [Fact]
    public void A_time_stamp_that_was_asked_for_must_be_there() =>
        Assert.Equal(VerifyFailure.NoTimestamp, Failure(SmallBundle.Bytes, authority));

    [Fact]
    public void A_time_stamp_of_another_signature_is_refused()
    {
        Assert.Equal(VerifyFailure.TimestampOfOther, Refused(authority, stamp => stamp with { Hash = new byte[32] }));
        var again = SmallBundle.Files(SmallBundle.Another);
        var moved = SmallBundle.Repack([.. again, SmallBundle.Files(Stamped(authority))[^1]]);
        Assert.Equal(VerifyFailure.TimestampOfOther, Failure(moved, authority));
    }

    [Fact]
    public void A_time_stamp_with_another_nonce_or_none_is_refused()
    {
        Assert.Equal(VerifyFailure.OtherNonce, Refused(authority, stamp => stamp with { Nonce = [1] }));
        Assert.Equal(VerifyFailure.OtherNonce, Refused(authority, stamp => stamp with { Nonce = null }));
    }

    public static TheoryData<string[], bool> OtherUses => new()
    {
        { [], true },
        { [TimeAuthority.ServerAuthentication], true },
        { [TimeAuthority.TimeStamping, TimeAuthority.ServerAuthentication], true },
        { [TimeAuthority.TimeStamping], false },
    };

    [Theory]
    [MemberData(nameof(OtherUses))]
    public void A_certificate_that_is_not_for_time_stamps_alone_makes_none(string[] usages, bool isCritical)
    {
        using var other = new TimeAuthority(usages, isCritical);
        Assert.Equal(VerifyFailure.NoTimestampAuthority, Refused(other));
    }

    [Fact]
    public void A_certificate_that_had_ended_makes_none_and_one_that_ended_since_does()
    {
        using var ended = new TimeAuthority(until: TimeAuthority.Noon.AddSeconds(-1));
        Assert.Equal(VerifyFailure.TimestampAuthorityEnded, Refused(ended));
        using var ending = new TimeAuthority(until: TimeAuthority.Noon.AddDays(1));
        var request = SmallBundle.Request(Stamped(ending)) with { TimestampRoots = ending.Roots, Today = SmallBundle.Day.AddDays(30) };
        Assert.True(Verifier.Verify(request).Timestamp!.RootWasGiven);
    }

    [Fact]
    public void A_root_of_the_same_name_is_not_the_same_root()
    {
        using var other = new TimeAuthority();
        Assert.Equal(VerifyFailure.TimestampNotTrusted, Failure(Stamped(authority), other));
    }

    [Fact]
    public void A_statement_is_not_dated_later_than_its_time_stamp() => Assert.Equal(
        VerifyFailure.NotYetValid, Failure(Stamped(authority, stamp => stamp with { Time = TimeAuthority.Noon.AddDays(-1) }), authority));

    [Fact]
    public void What_an_ended_key_signed_before_is_accepted_when_a_time_stamp_shows_it()
    {
        using var ended = EvidenceKey.Parse($"valid-until: {SmallBundle.Day.AddDays(10):yyyy-MM-dd}\n{SmallBundle.Key.PublicPem}");
        VerifyRequest Request(byte[] bundle) =>
            SmallBundle.Request(bundle) with { Key = ended, TimestampRoots = authority.Roots, Today = SmallBundle.Day.AddDays(60) };
        var stamped = Request(Stamped(authority));
        Assert.True(Verifier.Verify(stamped).Holds);
        Assert.Equal(VerifyFailure.KeyEnded, SmallBundle.Failure(stamped with { TimestampRoots = null }));
        Assert.Equal(
            VerifyFailure.KeyEnded, SmallBundle.Failure(Request(Stamped(authority, stamp => stamp with { Time = TimeAuthority.Noon.AddDays(11) }))));
    }

    [Fact]
    public void No_flipped_bit_of_a_time_stamp_is_accepted_even_with_a_manifest_that_was_mended()
    {
        var files = SmallBundle.Files(Stamped(authority));
        var token = files[^1].Bytes.ToArray();
        var accepted = new List<string>();
        for (var i = 0; i < token.Length; i++)
        {
            token[i] ^= 1;
            files[^1] = files[^1] with { Bytes = token };
            if (Record.Exception(() => Verified(SmallBundle.Repack(files), authority)) is not VerifyException)
                accepted.Add($"{i} of {token.Length}: {Convert.ToHexStringLower(token.AsSpan(Math.Max(0, i - 6), Math.Min(12, token.Length - i)))}");
            token[i] ^= 1;
        }

        Assert.Equal("", string.Join('\n', accepted));
        files[^1] = files[^1] with { Bytes = (byte[])[.. token, 0] };
        Assert.Equal(VerifyFailure.BadTimestamp, Failure(SmallBundle.Repack(files), authority));
    }

    [Fact]
    public void What_is_no_answer_of_an_authority_is_no_time_stamp()
    {
        var good = authority.Answer(Timestamping.RequestFor(SmallBundle.Bytes));
        Assert.Throws<FormatException>(() => Timestamping.Add(SmallBundle.Bytes, "<html>404</html>"u8.ToArray()));
        Assert.Throws<FormatException>(() => Timestamping.Add(SmallBundle.Bytes, TimeAuthority.Response(2, null)));
        Assert.Throws<FormatException>(() => Timestamping.Add(SmallBundle.Bytes, TimeAuthority.Response(0, null)));
        Assert.Equal(VerifyFailure.BadTimestamp, Added(TimeAuthority.Response(0, [0x30, 0])));
        for (var length = 0; length < good.Length; length += 7)
            Assert.ThrowsAny<Exception>(() => Timestamping.Add(SmallBundle.Bytes, good.AsMemory()[..length]));
        Assert.Equal(
            VerifyFailure.FileAdded,
            Assert.Throws<VerifyException>(() => Timestamping.Add(Timestamping.Add(SmallBundle.Bytes, good), good)).Failure);
    }

    private static byte[] Stamped(TimeAuthority authority, Func<Stamp, Stamp>? alter = null) =>
        Timestamping.Add(SmallBundle.Bytes, authority.Answer(Timestamping.RequestFor(SmallBundle.Bytes), alter));

    private static Verification Verified(byte[] bundle, TimeAuthority trusted) =>
        Verifier.Verify(SmallBundle.Request(bundle) with { TimestampRoots = trusted.Roots });

    private static VerifyFailure Failure(byte[] bundle, TimeAuthority trusted) =>
        SmallBundle.Failure(SmallBundle.Request(bundle) with { TimestampRoots = trusted.Roots });

    // Whoever adds it notices, and whoever verifies a bundle into which it was put all the same.
    private static VerifyFailure Refused(TimeAuthority authority, Func<Stamp, Stamp>? alter = null)
    {
        var answer = authority.Answer(Timestamping.RequestFor(SmallBundle.Bytes), alter);
        var added = Added(answer);
        var token = new System.Formats.Asn1.AsnReader(answer, System.Formats.Asn1.AsnEncodingRules.DER).ReadSequence();
        token.ReadEncodedValue();
        var put = SmallBundle.Repack([.. SmallBundle.Files(SmallBundle.Bytes), new BundleEntry(BundlePaths.Timestamp, token.ReadEncodedValue())]);
        Assert.Equal(added, Failure(put, authority));
        return added;
    }

    private static VerifyFailure Added(byte[] answer) =>
        Assert.Throws<VerifyException>(() => Timestamping.Add(SmallBundle.Bytes, answer)).Failure;
}
