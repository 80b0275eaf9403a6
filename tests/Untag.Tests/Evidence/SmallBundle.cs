using System.Text;
using Untag.Evidence;
using Untag.Evidence.Bundles;
using Untag.Evidence.Signing;
using Untag.Evidence.Statements;

namespace Untag.Tests.Evidence;

/// <summary>A bundle about a product of one file.</summary>
internal static class SmallBundle
{
    public const string ShippedText = "print('hello')\n";

    public static readonly DateOnly Day = new(2026, 11, 29);

    public static readonly EvidenceKey Key = EvidenceKey.New();

    public static ClaimMeasure Errors { get; } =
        new() { Name = "errors", Of = "findings", Estimate = 0, Tolerance = 0, N = 1, Verdict = "holds" };

    public static BundleDraft Draft { get; } = new(
        [new Subject("dist/app.py", new Sha256Digest(Manifest.DigestOf(Encoding.UTF8.GetBytes(ShippedText))))],
        new ClaimsPredicate
        {
            Schema = ClaimsPredicate.SchemaName,
            Product = "app",
            Version = "1",
            CheckedOn = Day,
            ValidUntil = Day.AddDays(180),
            Tool = new StatedTool("untag", "0.1.0", null),
            Policy = new StatedPolicy("default", new string('0', 64)),
            Claims =
            [
                new StatedClaim("no-tag-offered", "nothing offers a tag", "holds", false, ["1 file"], ["no finding"], [], ["what pictures show"], [Errors]),
                new StatedClaim("no-tag-leaked", "no output leaks", "not-checked", false, [], [], ["no outputs were measured"], [], []),
            ],
            Coverage = new StatedCoverage(1, 1, 15, []),
            NotProved = ["that the product which runs is this one"],
            Documents = [],
        },
        [new BundleEntry("report.html", "<p>all is well</p>"u8.ToArray()), new BundleEntry("claims.json", "{}"u8.ToArray())]);

    public static byte[] Bytes { get; } = Bundler.Make(Draft, Key);

    /// <summary>A bundle of the same signer that says something else: until when it is valid.</summary>
    public static byte[] Another { get; } = Bundler.Make(Draft with { Claims = Draft.Claims with { ValidUntil = Day.AddDays(181) } }, Key);

    public static VerifyRequest Request(ReadOnlyMemory<byte> bundle) => new() { Bundle = bundle, Key = Key, Today = Day };

    public static Verification Verify(ReadOnlyMemory<byte> bundle) => Verifier.Verify(Request(bundle));

    /// <summary>Why a bundle is not accepted.</summary>
    public static VerifyFailure Failure(VerifyRequest request) => Assert.Throws<VerifyException>(() => Verifier.Verify(request)).Failure;

    /// <summary>Why a bundle is not accepted.</summary>
    public static VerifyFailure Failure(ReadOnlyMemory<byte> bundle) => Failure(Request(bundle));

    /// <summary>The files of a bundle without its manifest.</summary>
    public static List<BundleEntry> Files(ReadOnlyMemory<byte> bundle) => [.. BundleArchive.Read(bundle).Skip(1)];

    /// <summary>A bundle whose statement says something else and is signed anew, with a summary of the new one: what a signer
    /// can do who does not use Untag.</summary>
    public static byte[] Altered(ReadOnlyMemory<byte> bundle, EvidenceKey key, Func<string, string> alter)
    {
        var files = Files(bundle);
        var before = files.Find(file => file.Path == BundlePaths.Statement)!;
        var after = before with { Bytes = Signed(before, alter) };
        return Repack([.. files.Select(file => file.Path switch
        {
            BundlePaths.Statement => after,
            BundlePaths.Summary => file with
            {
                Bytes = Signed(file, text => text.Replace(
                    Manifest.DigestOf(before.Bytes.Span), Manifest.DigestOf(after.Bytes.Span), StringComparison.Ordinal)),
            },
            _ => file,
        })]);

        byte[] Signed(BundleEntry file, Func<string, string> change) => SigstoreBundle.Sign(
            Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(SigstoreBundle.Open(file.Bytes.Span, key, file.Path)))), key);
    }

    /// <summary>Packs files with a manifest that names them as they are: what somebody without the key can do.</summary>
    public static byte[] Repack(IReadOnlyList<BundleEntry> files) => Manifest.Pack(files, []);
}
