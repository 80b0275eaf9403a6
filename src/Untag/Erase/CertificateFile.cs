using System.Text.Json;
using Untag.Audit;
using Untag.Audit.Judging;
using Untag.Audit.Statistics;
using Untag.Audit.Tables;

namespace Untag.Erase;

/// <summary>A certificate as the JSON document <c>untag/erasure/1</c>.</summary>
public static class CertificateFile
{
    private const int BytesMax = 1 << 20;

    /// <summary>Writes the document, indented, with a line end.</summary>
    public static void Write(ErasureCertificate certificate, Stream output)
    {
        JsonSerializer.Serialize(output, certificate, EraseJson.Readable.ErasureCertificate);
        output.WriteByte((byte)'\n');
    }

    /// <summary>Reads a document and judges it again: its verdicts must follow from its figures.</summary>
    /// <exception cref="AuditInputException">It is no certificate, or says what its figures do not.</exception>
    public static ErasureCertificate Read(TableSource source)
    {
        ErasureCertificate? certificate;
        try
        {
            using var stream = TableFile.Open(source);
            certificate = stream.Length <= BytesMax ? StrictJson.Read(BytesOf(stream), EraseJson.Readable.ErasureCertificate) : null;
        }
        catch (JsonException problem)
        {
            throw new AuditInputException($"`{source.Name}` is no certificate, or was cut, at line {(problem.LineNumber ?? 0) + 1}", Hint);
        }

        if (certificate is not { Schema: ErasureCertificate.SchemaName, Probes.Count: > 0 })
            throw new AuditInputException($"`{source.Name}` is no certificate", Hint);
        return Follows(certificate) ? certificate : throw new AuditInputException(
            $"`{source.Name}` says something else than its figures", Hint);
    }

    private const string Hint = "make it again: untag erase certify";

    private static byte[] BytesOf(Stream stream)
    {
        var bytes = new byte[stream.Length];
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    private static bool Follows(ErasureCertificate certificate)
    {
        var verdicts = new List<Verdict>();
        foreach (var probe in certificate.Probes)
        {
            var named = Enum.GetValues<Verdict>().Where(verdict => Verdicts.Name(verdict) == probe.Verdict).ToList();
            if (named.Count == 0)
                return false;
            verdicts.Add(named[0]);
            // Few people are insufficient whatever the bounds, and of several groups the worst is told: better than the bounds it cannot be.
            if (named[0] == Verdict.Holds && !(probe is { Low: { } low, High: { } high }
                && Verdicts.Of(new Interval(low, high), certificate.Tolerance.LeakAuc) == Verdict.Holds))
            {
                return false;
            }
        }

        return Verdicts.Name(Verdicts.Worst(verdicts)!.Value) == certificate.Verdict;
    }
}
