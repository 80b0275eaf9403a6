using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Untag.Evidence;
using Untag.Evidence.Statements;
using Untag.Scan.Reports;

namespace Untag.Check.Reports;

/// <summary>Writes a check as a bill of materials, CycloneDX 1.6: the files that ship, what is declared of them, and for models
/// the considerations of a model card.</summary>
public static class CycloneDxReport
{
    private const string Assessor = "assessor";

    private static readonly string[] ModelEndings =
        [".onnx", ".safetensors", ".gguf", ".tflite", ".pt", ".pth", ".h5", ".keras", ".mlmodel", ".caffemodel", ".pb", ".joblib", ".pkl"];

    /// <summary>Writes the document.</summary>
    /// <param name="report">The check.</param>
    /// <param name="affirmedBy">A named officer with their office; null for nobody.</param>
    /// <param name="output">Where to.</param>
    public static void Write(CheckReport report, string? affirmedBy, Stream output)
    {
        using var json = new Utf8JsonWriter(
            output, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("bomFormat", "CycloneDX");
        json.WriteString("specVersion", "1.6");
        json.WriteString("serialNumber", SerialNumber(report));
        json.WriteNumber("version", 1);
        WriteMetadata(json, report);
        json.WriteStartArray("components");
        foreach (var file in report.Shipped)
            WriteFile(json, file, report.Claims);
        json.WriteEndArray();
        WriteDeclarations(json, report, affirmedBy);
        json.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter json, CheckReport report)
    {
        json.WriteStartObject("metadata");
        json.WriteString("timestamp", Time(report.CheckedOn));
        json.WriteStartObject("tools");
        json.WriteStartArray("components");
        json.WriteStartObject();
        json.WriteString("type", "application");
        json.WriteString("name", ToolVersion.Name);
        json.WriteString("version", ToolVersion.Version);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        WriteProduct(json, "component", report.Product);
        json.WriteEndObject();
    }

    private static void WriteProduct(Utf8JsonWriter json, string name, ProductFile product)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "application");
        json.WriteString("bom-ref", "product");
        json.WriteString("name", product.Product);
        if (product.Version is not null)
            json.WriteString("version", product.Version);
        json.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter json, ShippedFile file, IReadOnlyList<ClaimResult> claims)
    {
        var isModel = ModelEndings.Any(ending => file.Path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        json.WriteStartObject();
        json.WriteString("type", isModel ? "machine-learning-model" : "file");
        json.WriteString("bom-ref", $"file:{file.Path}");
        json.WriteString("name", file.Path);
        json.WriteStartArray("hashes");
        json.WriteStartObject();
        json.WriteString("alg", "SHA-256");
        json.WriteString("content", file.Sha256);
        json.WriteEndObject();
        json.WriteEndArray();
        if (isModel)
            WriteModelCard(json, claims);
        json.WriteEndObject();
    }

    // What the check says about a trait of persons is what a model card calls an ethical consideration.
    private static void WriteModelCard(Utf8JsonWriter json, IReadOnlyList<ClaimResult> claims)
    {
        json.WriteStartObject("modelCard");
        WriteMeasures(json, [.. claims.SelectMany(claim => claim.Measures).Where(measure => measure.Low is not null)]);
        json.WriteStartObject("considerations");
        json.WriteStartArray("ethicalConsiderations");
        foreach (var claim in claims)
        {
            json.WriteStartObject();
            json.WriteString("name", $"{claim.Claim}: {claim.Says}");
            json.WriteString("mitigationStrategy", Verdict(claim));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteMeasures(Utf8JsonWriter json, IReadOnlyList<ClaimMeasure> measures)
    {
        if (measures.Count == 0)
            return;
        json.WriteStartObject("quantitativeAnalysis");
        json.WriteStartArray("performanceMetrics");
        foreach (var measure in measures)
        {
            json.WriteStartObject();
            json.WriteString("type", measure.Name);
            json.WriteString("value", Number(measure.Estimate));
            json.WriteString("slice", string.Join(" against ", new[] { measure.Group is null ? measure.Of : $"{measure.Of}: {measure.Group}", measure.Against }.OfType<string>()));
            if (measure is { Low: { } low, High: { } high })
            {
                json.WriteStartObject("confidenceInterval");
                json.WriteString("lowerBound", Number(low));
                json.WriteString("upperBound", Number(high));
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteDeclarations(Utf8JsonWriter json, CheckReport report, string? affirmedBy)
    {
        json.WriteStartObject("declarations");
        json.WriteStartArray("assessors");
        json.WriteStartObject();
        json.WriteString("bom-ref", Assessor);
        json.WriteBoolean("thirdParty", false);
        json.WriteEndObject();
        json.WriteEndArray();
        WriteAttestation(json, report);
        json.WriteStartArray("claims");
        foreach (var claim in report.Claims)
        {
            json.WriteStartObject();
            json.WriteString("bom-ref", ClaimRef(claim));
            json.WriteString("target", "product");
            json.WriteString("predicate", claim.Says);
            json.WriteString("reasoning", Verdict(claim));
            WriteTexts(json, IsMet(claim) ? "evidence" : "counterEvidence", [EvidenceRef(claim)]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("evidence");
        foreach (var claim in report.Claims)
        {
            json.WriteStartObject();
            json.WriteString("bom-ref", EvidenceRef(claim));
            json.WriteString("description", Sentences([.. claim.Checked, .. claim.Passed, .. claim.Failed]));
            json.WriteString("created", Time(report.CheckedOn));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteAffirmation(json, affirmedBy);
        json.WriteEndObject();
    }

    // Which claims are met and which are not, in one place for tools that look for nothing else.
    private static void WriteAttestation(Utf8JsonWriter json, CheckReport report)
    {
        json.WriteStartArray("attestations");
        json.WriteStartObject();
        json.WriteString("summary", $"checked by {ToolVersion.Name} {ToolVersion.Version} with the policy {report.Scan.PolicyName}, sha256:{report.Scan.PolicyDigest}");
        json.WriteString("assessor", Assessor);
        json.WriteStartArray("map");
        json.WriteStartObject();
        WriteTexts(json, "claims", report.Claims.Where(IsMet).Select(ClaimRef));
        WriteTexts(json, "counterClaims", report.Claims.Where(claim => !IsMet(claim)).Select(ClaimRef));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    // The format asks of a signatory for a signature of its own kind, or for the organization and for where the signature is.
    private static void WriteAffirmation(Utf8JsonWriter json, string? affirmedBy)
    {
        if (affirmedBy is null)
            return;
        json.WriteStartObject("affirmation");
        json.WriteString("statement", "the claims above were checked as stated, and what failed is stated too");
        json.WriteStartArray("signatories");
        json.WriteStartObject();
        json.WriteString("name", affirmedBy);
        json.WriteStartObject("organization"); // whose name nobody stated
        json.WriteEndObject();
        json.WriteStartObject("externalReference");
        json.WriteString("type", "digital-signature");
        json.WriteString("url", BundlePaths.Statement);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static bool IsMet(ClaimResult claim) => claim is { Verdict: ClaimVerdict.Holds, Partial: false };

    private static string ClaimRef(ClaimResult claim) => $"claim:{claim.Claim}";

    private static string EvidenceRef(ClaimResult claim) => $"evidence:{claim.Claim}";

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Verdict(ClaimResult claim) =>
        $"{Untag.Check.Claims.Verdict(claim.Verdict)}{(claim.Partial ? ", partial" : "")}: {Sentences([.. claim.Failed, .. claim.Passed])}";

    private static string Sentences(IReadOnlyList<string> sentences) => string.Join("; ", sentences);

    private static string Time(DateOnly day) => $"{day:yyyy-MM-dd}T00:00:00Z";

    // The same check has the same number: it is derived from what ships and when.
    private static string SerialNumber(CheckReport report)
    {
        var facts = $"{report.Product.Product}\n{report.Product.Version}\n{report.CheckedOn:O}\n"
            + string.Concat(report.Shipped.Select(file => $"{file.Path}\n{file.Sha256}\n"));
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(facts)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80); // version 8: a number of its maker's own
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return $"urn:uuid:{new Guid(bytes, bigEndian: true)}";
    }
}
