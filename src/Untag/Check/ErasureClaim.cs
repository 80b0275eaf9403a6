using System.Globalization;
using System.Security.Cryptography;
using Untag.Audit;
using Untag.Audit.Tables;
using Untag.Erase;
using Untag.Evidence.Statements;

namespace Untag.Check;

/// <summary>What a certificate says of the claim <c>tag-erased</c>.</summary>
internal static class ErasureClaim
{
    private const string Make = "`untag erase certify MAP EMBEDDING --labels TABLE --group COLUMN --person COLUMN --format json` makes one";

    /// <summary>Judges the claim by the certificate that the product file names, for the map that it names.</summary>
    public static ClaimResult Judge(ProductFile product)
    {
        var open = new ClaimResult
        {
            Claim = Claims.TagErased,
            Says = Claims.Says(Claims.TagErased),
            Verdict = ClaimVerdict.NotChecked,
            Partial = product.Erase is not null,
            Failed = ["no certificate of an eraser was given"],
            Next = [Make + "; name it as `certificate`, beside its `map`, under `erase` in untag.yaml"],
        };
        if (product.Erase is not { Certificate: { } path } section)
            return open;
        try
        {
            var certificate = CertificateFile.Read(new TableSource(Path.Join(product.Folder, path), path));
            return Follows(product, section, certificate) is { } problem
                ? open with { Failed = [problem], Next = [Make] }
                : Judged(open, section, certificate);
        }
        catch (AuditInputException problem)
        {
            return open with { Failed = [$"the certificate could not be read: {problem.Message}"], Next = [problem.Hint] };
        }
    }

    // A certificate is of one map, to the last byte.
    private static string? Follows(ProductFile product, EraseSection section, ErasureCertificate certificate)
    {
        if (section.Map is not { } map)
            return "`erase` names a certificate and no `map`";
        using var stream = TableFile.Open(new TableSource(Path.Join(product.Folder, map), map));
        return Convert.ToHexStringLower(SHA256.HashData(stream)) == certificate.Map.Sha256
            ? null
            : $"the certificate is of another map than `{map}`";
    }

    private static ClaimResult Judged(ClaimResult open, EraseSection section, ErasureCertificate certificate)
    {
        var steps = certificate.Consumed.Count > 0 ? string.Join(", ", certificate.Consumed) : "nothing";
        var by = certificate.ErasedBy == ErasureCertificate.ByModel ? "; the map in the model that gave the array" : "";
        return open with
        {
            Verdict = certificate.Verdict switch
            {
                "holds" => ClaimVerdict.Holds,
                "fails" => ClaimVerdict.Fails,
                _ => ClaimVerdict.Insufficient,
            },
            Partial = false,
            Checked = [$"{section.Certificate}: the map {section.Map} with the SHA-256 {certificate.Map.Sha256}, and {steps} behind it{by}", certificate.People],
            Passed = [.. Sentences(certificate, "holds")],
            Failed = [.. Sentences(certificate, "fails"), .. Sentences(certificate, "insufficient")],
            Measures = [.. Measures(certificate)],
            NotProven = [.. certificate.NotPromised.Select(sentence => "it says nothing of " + sentence)],
            Next = certificate.PeopleNeeded is { } people
                ? [string.Create(CultureInfo.InvariantCulture, $"about {people} people in the table would settle it")]
                : ["`untag erase certify` shows every figure"],
        };
    }

    private static IEnumerable<ClaimMeasure> Measures(ErasureCertificate certificate) =>
        from probe in certificate.Probes
        where probe.Auc is not null
        select new ClaimMeasure
        {
            Name = "auc",
            Of = $"{probe.Probe} probe",
            Group = probe.Group,
            Estimate = probe.Auc!.Value,
            Low = probe.Low,
            High = probe.High,
            Tolerance = certificate.Tolerance.LeakAuc,
            Verdict = probe.Verdict,
        };

    private static IEnumerable<string> Sentences(ErasureCertificate certificate, string verdict)
    {
        foreach (var probe in certificate.Probes.Where(probe => probe.Verdict == verdict))
        {
            var value = probe is { Auc: { } area, Low: { } low, High: { } high } ? $" (area under the curve of {probe.Group} {Number(area)} [{Number(low)}, {Number(high)}], {Number(certificate.Tolerance.LeakAuc)} is tolerated)" : "";
            yield return verdict switch
            {
                "holds" => $"a {probe.Probe} probe finds next to nothing of the group behind the map{value}",
                "fails" => $"a {probe.Probe} probe tells of what group a person is behind the map{value}",
                _ => $"too few people to tell what a {probe.Probe} probe finds behind the map{value}",
            };
        }
    }

    private static string Number(double value) => value.ToString("0.00##", CultureInfo.InvariantCulture);
}
