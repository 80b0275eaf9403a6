using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Untag.Server.Guard;

/// <summary>An answer of the guard itself, as RFC 9457 writes it. To a client of gRPC it is a status of gRPC.</summary>
/// <param name="Status">Status of the answer.</param>
/// <param name="Reason">Code of the reason.</param>
/// <param name="Words">A sentence without any value of the request or the reply.</param>
/// <param name="Rules">Codes of the rules that were broken.</param>
internal sealed record Problem(int Status, string Reason, string Words, IReadOnlyList<string> Rules)
{
    // Numbers of gRPC: https://grpc.io/docs/guides/status-codes
    private const int PermissionDenied = 7, ResourceExhausted = 8, Unimplemented = 12, Unavailable = 14;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers with it, whatever headers were set before.</summary>
    public async Task WriteAsync(HttpContext context, ulong? number = null)
    {
        var response = context.Response;
        response.Clear();
        if (Requests.RequestInspector.IsGrpc(context.Request))
        {
            response.ContentType = "application/grpc";
            response.Headers["grpc-status"] = GrpcStatus().ToString(CultureInfo.InvariantCulture);
            response.Headers["grpc-message"] = Uri.EscapeDataString(Words);
            return;
        }

        response.StatusCode = Status;
        response.ContentType = "application/problem+json";
        response.Headers.CacheControl = "no-store";
        var bytes = Bytes(number);
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private ReadOnlyMemory<byte> Bytes(ulong? number)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            json.WriteString("type", $"urn:untag:guard:{Reason}");
            json.WriteString("title", Title());
            json.WriteNumber("status", Status);
            json.WriteString("detail", Words);
            json.WriteStartArray("rules");
            foreach (var rule in Rules)
                json.WriteStringValue(rule);
            json.WriteEndArray();
            if (number is { } request)
                json.WriteNumber("request", request);
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }

    private string Title() => Rules.Count > 0 ? "refused by the guard" : Status >= StatusCodes.Status500InternalServerError
        ? "the guard has no answer"
        : "not understood by the guard";

    private int GrpcStatus() => Status switch
    {
        StatusCodes.Status403Forbidden => PermissionDenied,
        StatusCodes.Status429TooManyRequests or StatusCodes.Status413PayloadTooLarge => ResourceExhausted,
        StatusCodes.Status501NotImplemented or StatusCodes.Status415UnsupportedMediaType => Unimplemented,
        _ when Rules.Count > 0 => PermissionDenied,
        _ => Unavailable,
    };
}
