using System.Text.Json;
using System.Text.Json.Serialization;
using Untag.Evidence.Bundles;
using Untag.Evidence.Signing;
using Untag.Evidence.Statements;

namespace Untag.Evidence;

/// <summary>Every type of evidence that is JSON, compiled ahead of time. A key that is not known, or stands twice, is refused.</summary>
[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(VerificationDocument))]
[JsonSerializable(typeof(SigstoreBundle))]
[JsonSerializable(typeof(Statement<ClaimsPredicate>))]
[JsonSerializable(typeof(Statement<ResultPredicate>))]
[JsonSerializable(typeof(Statement<SummaryPredicate>))]
[JsonSerializable(typeof(Statement<CountersignPredicate>))]
internal sealed partial class EvidenceJson : JsonSerializerContext
{
    public static EvidenceJson Readable { get; } = new(new JsonSerializerOptions(StrictJson.Options(JsonNamingPolicy.CamelCase))
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });
}
