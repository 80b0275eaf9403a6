using System.Globalization;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace Untag.Server.Guard.Requests;

/// <summary>A request of the Open Inference Protocol with raw tensors behind its JSON (the binary extension of Triton). A header states how
/// many of its bytes are JSON; it is believed only when they say the same.</summary>
internal static class TensorRequest
{
    /// <summary>The header.</summary>
    public const string Header = "Inference-Header-Content-Length";

    // The raw request of Triton: the whole body is one tensor, and looked at as what its content type says.
    private const string NoJson = "0";

    private static readonly string[] MediaTypes = ["application/octet-stream", "application/json"];

    /// <summary>True for a request that states so, under a content type of such requests: elsewhere nobody reads the header.</summary>
    public static bool Is(HttpRequest request) =>
        request.Headers.TryGetValue(Header, out var length) && length != NoJson
        && (string.IsNullOrWhiteSpace(request.ContentType)
            || (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && MediaTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase)));

    /// <summary>Its JSON; null when that is not one object, or other bytes stand behind it than the tensors that it tells of.</summary>
    public static ReadOnlyMemory<byte>? JsonOf(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        if (!int.TryParse(request.Headers[Header].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > body.Length)
            return null;
        try
        {
            using var json = JsonDocument.Parse(body[..length]);
            if (BytesOfTensors(json.RootElement) == body.Length - length)
                return body[..length];
        }
        catch (JsonException)
        {
            // It is cut somewhere else, or none.
        }

        return null;
    }

    // Less than nothing when it says something else than a number of bytes.
    private static long BytesOfTensors(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return -1;
        long sum = 0;
        if (!json.TryGetProperty("inputs", out var inputs) || inputs.ValueKind != JsonValueKind.Array)
            return sum;
        foreach (var input in inputs.EnumerateArray())
        {
            if (input.ValueKind != JsonValueKind.Object || !input.TryGetProperty("parameters", out var parameters)
                || parameters.ValueKind != JsonValueKind.Object || !parameters.TryGetProperty("binary_data_size", out var size))
                continue;
            if (size.ValueKind != JsonValueKind.Number || !size.TryGetInt32(out var bytes) || bytes < 0)
                return -1;
            sum += bytes;
        }

        return sum;
    }
}
