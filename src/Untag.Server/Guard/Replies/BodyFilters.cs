using Untag.Server.Guard.Replies.Grpc;
using Untag.Server.Guard.Replies.Json;
using Untag.Server.Guard.Replies.Parts;
using Untag.Server.Guard.Replies.Streams;
using Untag.Server.Guard.Replies.Tensors;

namespace Untag.Server.Guard.Replies;

/// <summary>Chooses what reads a body by its media type.</summary>
internal static class BodyFilters
{
    private static readonly string[] Charsets = ["utf-8", "utf8", "us-ascii", "ascii"];

    /// <summary>The filter of a reply.</summary>
    /// <exception cref="ReplyRefusedException">No filter reads such a body.</exception>
    public static BodyFilter For(ReplyHead head, ReplyPass pass)
    {
        if (head.Charset is { } charset && !AreRead(charset))
            throw Refusal.Uninspectable(RefusalReason.Charset, "the reply is in a character set that is not UTF-8");
        var type = head.MediaType?.Trim().ToLowerInvariant();
        if (head.InferenceHeaderBytes is { } header)
            return new TensorBody(SettingsOf(head, pass), header, head.TellInferenceHeaderBytes);
        return type switch
        {
            "multipart/mixed" or "multipart/form-data" or "multipart/related" or "multipart/alternative"
                => new MultipartBody(SettingsOf(head, pass), head.Boundary, head.OpaqueParts),
            "multipart/x-mixed-replace" => new LivePartsBody(SettingsOf(head, pass), head.Boundary, head.OpaqueParts),
            "application/grpc" or "application/grpc+proto" or "application/grpc-web" or "application/grpc-web+proto"
                => new GrpcBody(
                    head.Grpc ?? throw Refusal.Uninspectable(RefusalReason.NoDescriptor, "the route has no descriptors for the method that was called"),
                    SettingsOf(head, pass), head.GrpcEncoding, type.Contains("web", StringComparison.Ordinal)),
            "text/event-stream" => new EventStreamBody(SettingsOf(head, pass)),
            "application/x-ndjson" or "application/ndjson" or "application/jsonl" or "application/x-jsonlines"
                or "application/jsonlines" or "application/json-lines" or "application/json-seq" or "application/stream+json"
                => new JsonLinesBody(SettingsOf(head, pass)),
            _ when IsJson(type) => new JsonBody(SettingsOf(head, pass)),
            _ => throw Refusal.Uninspectable(RefusalReason.MediaType, "the reply has a media type that is not inspected"),
        };
    }

    /// <summary>True for a character set whose characters are read as they are meant.</summary>
    public static bool AreRead(string charset) => Charsets.Contains(charset.Trim('"', ' '), StringComparer.OrdinalIgnoreCase);

    /// <summary>True for the media types of one document of JSON.</summary>
    public static bool IsJson(string? type) => type is "application/json" or "text/json" or "application/x-json" or "text/x-json"
        || (type?.StartsWith("application/", StringComparison.Ordinal) == true && type.EndsWith("+json", StringComparison.Ordinal))
        || type?.StartsWith("application/x-amz-json-", StringComparison.Ordinal) == true;

    private static JsonSettings SettingsOf(ReplyHead head, ReplyPass pass) => new(pass)
    {
        Tensors = head.Tensors,
        Schema = head.Contract?.Schema,
        HoldsAnswersUntilDone = head.HoldsAnswersUntilDone,
    };
}
