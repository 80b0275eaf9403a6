using System.Security.Cryptography;
using System.Text;
using Untag.Check.Reports;
using Untag.Evidence;
using Untag.Evidence.Bundles;
using Untag.Evidence.Statements;
using Untag.Policy;
using Untag.Scan.Reports;

namespace Untag.Check;

/// <summary>Who proves a check, and for how long.</summary>
/// <param name="AffirmedBy">A named officer with their office; null for nobody.</param>
/// <param name="ValidDays">Days for which the statement is valid.</param>
/// <param name="ToolSha256">Digest of the program that checked; null when it could not be read.</param>
public sealed record ProofTerms(string? AffirmedBy, int ValidDays, string? ToolSha256)
{
    /// <summary>Days for which a statement is valid when the product file names none.</summary>
    public const int StandardDays = 180;
}

/// <summary>Turns a check into what a bundle states. A claim that fails is stated like one that holds.</summary>
public static class ProductEvidence
{
    // True of every bundle, whatever its verdicts.
    private static readonly string[] NeverProved =
    [
        "that the product which runs somewhere is the one whose digests are stated: compare them with --product",
        "that whoever signed is who they say: compare the key with one that you got another way",
        "what the product does with data that never passed through what was checked",
        "anything about versions, files or services that are not listed",
        "that a law is complied with: what the law says is stated as of a date, without a verdict",
    ];

    /// <summary>What a bundle about a check states, with its documents.</summary>
    /// <param name="report">The check.</param>
    /// <param name="policy">The policy that it was made with.</param>
    /// <param name="terms">Who proves it, and for how long.</param>
    /// <exception cref="IOException">An attached file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">An attached file may not be read.</exception>
    public static BundleDraft Of(CheckReport report, TagPolicy policy, ProofTerms terms)
    {
        var claims = new ClaimsPredicate
        {
            Schema = ClaimsPredicate.SchemaName,
            Product = report.Product.Product,
            Version = report.Product.Version,
            CheckedOn = report.CheckedOn,
            ValidUntil = report.CheckedOn.AddDays(terms.ValidDays),
            AffirmedBy = terms.AffirmedBy,
            Tool = new StatedTool(ToolVersion.Name, ToolVersion.Version, terms.ToolSha256),
            Policy = new StatedPolicy(report.Scan.PolicyName, report.Scan.PolicyDigest),
            Claims = [.. report.Claims.Select(Stated)],
            Coverage = new StatedCoverage(
                report.Scan.Totals.Files, report.Scan.Totals.Read, report.Scan.Totals.Bytes,
                [.. report.Gaps.Select(gap => new StatedGap(gap.Entry, gap.Reason))]),
            NotProved = NeverProved,
            Documents = [],
            Attached = [.. Attached(report.Product)],
        };
        return new BundleDraft(
            [.. report.Shipped.Select(file => new Subject(file.Path, new Sha256Digest(file.Sha256)))],
            claims,
            [
                Document("claims.json", output => ClaimsReport.Write(report, output)),
                Document("findings.sarif", output => SarifReport.Write(report.Scan, policy, output)),
                Document("product.cdx.json", output => CycloneDxReport.Write(report, terms.AffirmedBy, output)),
                Document("report.html", output =>
                {
                    using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
                    HtmlReport.Write(report, policy, text);
                }),
            ]);
    }

    private static StatedClaim Stated(ClaimResult claim) => new(
        claim.Claim, claim.Says, Claims.Verdict(claim.Verdict), claim.Partial, claim.Checked, claim.Passed, claim.Failed,
        claim.NotProven, claim.Measures);

    private static IEnumerable<Subject> Attached(ProductFile product)
    {
        foreach (var path in product.Prove?.Attach ?? [])
        {
            using var file = File.OpenRead(Path.Join(product.Folder, path));
            yield return new Subject(path, new Sha256Digest(Convert.ToHexStringLower(SHA256.HashData(file))));
        }
    }

    private static BundleEntry Document(string path, Action<Stream> write)
    {
        using var content = new MemoryStream();
        write(content);
        return new BundleEntry(path, content.ToArray());
    }
}
