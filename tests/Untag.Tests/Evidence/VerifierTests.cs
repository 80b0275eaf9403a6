using System.Text;
using Untag.Evidence;
using Untag.Evidence.Bundles;
using Untag.Evidence.Signing;
using Untag.Evidence.Statements;
using Untag.Tests.Check;

namespace Untag.Tests.Evidence;

public sealed class VerifierTests
{
    private static ReadOnlyMemory<byte> Bundle => SmallBundle.Bytes;

    [Fact]
    public void A_bundle_says_what_was_signed_by_whom_and_over_what()
    {
        var verification = SmallBundle.Verify(Bundle);
        Assert.True(verification.Holds);
        Assert.True(verification.KeyWasGiven);
        Assert.Equal(SmallBundle.Key.Fingerprint, verification.Fingerprint);
        Assert.Equal(SmallBundle.Draft.Subjects, verification.Subjects);
        Assert.Equal(["claims.json", "report.html"], verification.Claims.Documents.Select(document => document.Name));
        Assert.Equal(SmallBundle.Draft.Claims.Claims[0].Says, verification.Claims.Claims[0].Says);
        Assert.Empty(verification.Withheld);
    }

    [Fact]
    public void Whose_key_it_is_must_be_asked()
    {
        var verification = Verifier.Verify(SmallBundle.Request(Bundle) with { Key = null });
        Assert.False(verification.KeyWasGiven);
        Assert.Equal(SmallBundle.Key.Fingerprint, verification.Fingerprint);
    }

    [Fact]
    public void No_flipped_bit_of_any_byte_is_accepted_as_unchanged()
    {
        var bytes = Bundle.ToArray();
        for (var i = 0; i < bytes.Length; i++)
        {
            for (var bit = 1; bit <= 0x80; bit <<= 1)
            {
                bytes[i] ^= (byte)bit;
                var failure = SmallBundle.Failure(bytes);
                Assert.True(Enum.IsDefined(failure), $"byte {i}");
                bytes[i] ^= (byte)bit;
            }
        }

        Assert.True(SmallBundle.Verify(bytes).Holds);
    }

    [Fact]
    public void No_cut_or_longer_bundle_is_accepted()
    {
        for (var length = 0; length < Bundle.Length; length++)
            SmallBundle.Failure(Bundle[..length]);
        Assert.Equal(VerifyFailure.NotABundle, SmallBundle.Failure(Bundle[..1000]));
        Assert.Equal(VerifyFailure.Repacked, SmallBundle.Failure((byte[])[.. Bundle.Span, 0]));
        Assert.Equal(VerifyFailure.NotABundle, SmallBundle.Failure((byte[])[0, .. Bundle.Span]));
    }

    [Fact]
    public void Each_way_of_tampering_has_a_failure_of_its_own()
    {
        var files = SmallBundle.Files(Bundle);
        var entries = BundleArchive.Read(Bundle);
        Assert.Equal(VerifyFailure.FileChanged, SmallBundle.Failure(BundleArchive.Write([.. entries.Select(Altered("report.html"))])));
        Assert.Equal(VerifyFailure.FileMissing, SmallBundle.Failure(BundleArchive.Write([.. entries.Where(entry => entry.Path != "report.html")])));
        Assert.Equal(VerifyFailure.FileAdded, SmallBundle.Failure(BundleArchive.Write([.. entries, new BundleEntry("more.txt", "more"u8.ToArray())])));
        Assert.Equal(VerifyFailure.FileAdded, SmallBundle.Failure(BundleArchive.Write([.. entries, entries[^1]])));
        Assert.Equal(VerifyFailure.Repacked, SmallBundle.Failure(BundleArchive.Write([entries[0], .. entries.Skip(1).Reverse()])));
        // Somebody without the key who mends the manifest as well.
        Assert.Equal(VerifyFailure.DocumentChanged, SmallBundle.Failure(SmallBundle.Repack([.. files.Select(Altered("report.html"))])));
        Assert.Equal(VerifyFailure.FileMissing, SmallBundle.Failure(SmallBundle.Repack([.. files.Where(file => file.Path != "report.html")])));
        Assert.Equal(VerifyFailure.FileAdded, SmallBundle.Failure(SmallBundle.Repack([.. files, new BundleEntry("more.txt", "more"u8.ToArray())])));
        Assert.Equal(VerifyFailure.UnknownStatement, SmallBundle.Failure(SmallBundle.Repack([.. files.Select(Altered(BundlePaths.Statement))])));
        Assert.Equal(VerifyFailure.BadSignature, SmallBundle.Failure(SmallBundle.Repack([.. files.Select(Altered(BundlePaths.Key))])));
    }

    [Fact]
    public void A_statement_of_another_bundle_does_not_fit()
    {
        var other = SmallBundle.Draft with { Claims = SmallBundle.Draft.Claims with { Claims = [SmallBundle.Draft.Claims.Claims[1]] } };
        var otherFiles = SmallBundle.Files(Bundler.Make(other, SmallBundle.Key));
        var files = SmallBundle.Files(Bundle);
        Assert.Equal(VerifyFailure.DocumentChanged, SmallBundle.Failure(SmallBundle.Repack(
            [.. files.Select(file => file.Path == BundlePaths.Result ? otherFiles.Find(entry => entry.Path == file.Path)! : file)])));
        Assert.Equal(VerifyFailure.UnknownStatement, SmallBundle.Failure(SmallBundle.Repack(
            [.. files.Select(file => file.Path == BundlePaths.Statement ? file with { Bytes = files[1].Bytes } : file)])));
    }

    [Fact]
    public void A_bundle_that_somebody_else_signed_anew_is_of_another_key()
    {
        using var stranger = EvidenceKey.New();
        var forged = Bundler.Make(SmallBundle.Draft, stranger);
        Assert.Equal(VerifyFailure.OtherKey, SmallBundle.Failure(forged));
        // Their signature under the name of the true key is no signature.
        var key = new BundleEntry(BundlePaths.Key, Encoding.UTF8.GetBytes(SmallBundle.Key.PublicPem));
        Assert.Equal(VerifyFailure.BadSignature, SmallBundle.Failure(SmallBundle.Repack(
            [.. SmallBundle.Files(forged).Select(file => file.Path == BundlePaths.Key ? key : file)])));
    }

    [Fact]
    public void The_product_is_compared_file_by_file()
    {
        using var product = new ProductFolder(("dist/app.py", SmallBundle.ShippedText));
        var request = SmallBundle.Request(Bundle) with { ProductFolder = product.Root };
        Assert.True(Verifier.Verify(request).ProductCompared);
        product.Write("dist/app.py", "print('bye')\n");
        Assert.Equal(VerifyFailure.OtherProduct, SmallBundle.Failure(request));
        File.Delete(product.At("dist/app.py"));
        Assert.Equal(VerifyFailure.ProductFileMissing, SmallBundle.Failure(request));
    }

    [Fact]
    public void A_statement_that_names_a_file_outside_of_the_product_leads_nowhere()
    {
        using var product = new ProductFolder(("in/a", ""));
        product.Write("outside", SmallBundle.ShippedText);
        var draft = SmallBundle.Draft with { Subjects = [SmallBundle.Draft.Subjects[0] with { Name = "../outside" }] };
        Assert.Equal(VerifyFailure.ProductFileMissing, SmallBundle.Failure(
            SmallBundle.Request(Bundler.Make(draft, SmallBundle.Key)) with { ProductFolder = product.At("in") }));
    }

    [Fact]
    public void A_statement_is_valid_from_its_day_to_its_last_day()
    {
        var request = SmallBundle.Request(Bundle);
        Verifier.Verify(request with { Today = SmallBundle.Day.AddDays(180) });
        Assert.Equal(VerifyFailure.Expired, SmallBundle.Failure(request with { Today = SmallBundle.Day.AddDays(181) }));
        Assert.Equal(VerifyFailure.NotYetValid, SmallBundle.Failure(request with { Today = SmallBundle.Day.AddDays(-1) }));
    }

    [Theory]
    [InlineData("fails", false)]
    [InlineData("insufficient", false)]
    [InlineData("holds", true)]
    public void Nothing_but_whole_claims_that_hold_is_a_pass(string verdict, bool partial)
    {
        var claims = SmallBundle.Draft.Claims.Claims.Select((claim, i) => i == 0 ? claim with { Verdict = verdict, Partial = partial } : claim);
        var draft = SmallBundle.Draft with { Claims = SmallBundle.Draft.Claims with { Claims = [.. claims] } };
        Assert.False(SmallBundle.Verify(Bundler.Make(draft, SmallBundle.Key)).Holds);
        Assert.Empty(ShortForms.ResultOf(draft.Claims).Properties);
    }

    [Fact]
    public void A_signed_statement_that_means_nothing_is_refused_like_any_other()
    {
        using var stranger = EvidenceKey.New();
        using var product = new ProductFolder(("a", ""));
        byte[] Of(Func<string, string> alter) => SmallBundle.Altered(Bundler.Make(SmallBundle.Draft, stranger), stranger, alter);
        VerifyFailure Refused(byte[] bundle) =>
            SmallBundle.Failure(SmallBundle.Request(bundle) with { Key = null, ProductFolder = product.Root });

        Assert.Equal(VerifyFailure.ProductFileMissing, Refused(Of(text => text)));
        Assert.Equal(VerifyFailure.UnknownStatement, Refused(Of(text => text.Replace("\"claims.json\"", "\"report.html\"", StringComparison.Ordinal))));
        Assert.Equal(VerifyFailure.UnknownStatement, Refused(Of(text => text.Replace("\"documents\": [", "\"documents\": [null,", StringComparison.Ordinal))));
        Assert.Equal(VerifyFailure.UnknownStatement, Refused(Of(text => text.Replace("\"subject\": [", "\"subject\": [null,", StringComparison.Ordinal))));
        var draft = SmallBundle.Draft with { Subjects = [SmallBundle.Draft.Subjects[0] with { Name = "a\0b" }] };
        Assert.Equal(VerifyFailure.ProductFileMissing, Refused(Bundler.Make(draft, stranger)));
    }

    [Fact]
    public void A_statement_of_the_first_version_is_read_and_none_that_mixes_the_two()
    {
        BundleDraft Draft(string schema, IReadOnlyList<ClaimMeasure>? measures) => SmallBundle.Draft with
        {
            Claims = SmallBundle.Draft.Claims with
            {
                Schema = schema,
                Claims = [.. SmallBundle.Draft.Claims.Claims.Select(claim => claim with { Measures = measures })],
            },
        };
        byte[] Without(BundleDraft draft, string path) =>
            SmallBundle.Repack([.. SmallBundle.Files(Bundler.Make(draft, SmallBundle.Key)).Where(file => file.Path != path)]);
        var first = Draft("untag/evidence/1", measures: null);
        Assert.True(SmallBundle.Verify(Without(first, BundlePaths.Summary)).Holds);
        Assert.Equal(VerifyFailure.FileAdded, SmallBundle.Failure(Bundler.Make(first, SmallBundle.Key)));
        Assert.Equal(VerifyFailure.UnknownStatement, SmallBundle.Failure(Without(Draft("untag/evidence/1", []), BundlePaths.Summary)));
        Assert.Equal(VerifyFailure.UnknownStatement, SmallBundle.Failure(Bundler.Make(Draft("untag/evidence/2", measures: null), SmallBundle.Key)));
        Assert.Equal(VerifyFailure.UnknownStatement, SmallBundle.Failure(Bundler.Make(Draft("untag/evidence/3", []), SmallBundle.Key)));
    }

    [Fact]
    public void A_manifest_that_lists_nothing_is_no_manifest() => Assert.Equal(VerifyFailure.FileChanged, SmallBundle.Failure(
        BundleArchive.Write([new BundleEntry(Manifest.Path, "{\n  \"schema\": \"untag/bundle/1\",\n  \"files\": [\n    null\n  ]\n}"u8.ToArray())])));

    [Fact]
    public void The_same_files_are_packed_to_the_same_bytes() =>
        Assert.Equal(Bundle.ToArray(), SmallBundle.Repack(SmallBundle.Files(Bundle)));

    [Fact]
    public void Other_tools_read_the_archive()
    {
        using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(Bundle.ToArray()));
        Assert.Equal(BundleArchive.Read(Bundle).Select(entry => entry.Path), archive.Entries.Select(entry => entry.FullName));
        using var reader = new StreamReader(archive.GetEntry("report.html")!.Open());
        Assert.Equal("<p>all is well</p>", reader.ReadToEnd());
    }

    private static Func<BundleEntry, BundleEntry> Altered(string path) => entry =>
        entry.Path == path ? entry with { Bytes = (byte[])[.. entry.Bytes.Span, (byte)' '] } : entry;
}
