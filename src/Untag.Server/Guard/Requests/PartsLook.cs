using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Untag.Server.Guard.Requests;

/// <summary>Looks through the parts of a form: fields, JSON, and whatever small text a service could take for a field. What is larger,
/// or no text, is a picture or another file.</summary>
/// <param name="judge">Judges each field.</param>
/// <param name="json">Looks through JSON.</param>
internal sealed class PartsLook(FieldJudge judge, JsonLook json)
{
    private const string Place = "a part of the form";
    private const int TextMax = 1 << 20;

    private static readonly string[] Plain = ["7bit", "8bit", "binary"];

    private static readonly string[] Utf8Names = ["utf-8", "utf8", "us-ascii"];

    /// <summary>Looks through a body.</summary>
    /// <exception cref="IOException">It is cut.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="System.Text.Json.JsonException">A part that says it is JSON is none.</exception>
    public async Task<Asked?> LookAsync(string boundary, ReadOnlyMemory<byte> body)
    {
        var reader = new MultipartReader(boundary, new MemoryStream(body.ToArray(), writable: false)) { BodyLengthLimit = null };
        while (await reader.ReadNextSectionAsync() is { } section)
        {
            if (await LookAsync(section) is { } asked)
                return asked;
        }

        return null;
    }

    private async Task<Asked?> LookAsync(MultipartSection section)
    {
        var name = ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
            ? HeaderUtilities.RemoveQuotes(disposition.Name).ToString()
            : "";
        if (name.Length == 0)
            name = ExtendedName(disposition);
        var isJson = section.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true;
        if (section.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true)
            return Asked.Uninspectable(StatusCodes.Status415UnsupportedMediaType, "parts", "parts inside parts cannot be inspected");
        if (IsEncoded(section))
            return Asked.Uninspectable(StatusCodes.Status415UnsupportedMediaType, "parts", "a part that is encoded, or in another character set than UTF-8, cannot be inspected");
        var content = new MemoryStream();
        await section.Body.CopyToAsync(content);
        var bytes = content.GetBuffer().AsMemory(0, (int)content.Length);
        if (isJson)
            return json.Look(Place, bytes);
        if (bytes.Length > TextMax || !Utf8.IsValid(bytes.Span))
            return judge.Judge(Place, name, "");
        var text = Encoding.UTF8.GetString(bytes.Span);
        if (name == "_charset_" && !Utf8Names.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase)) // of the other parts, says HTML
            return Asked.Uninspectable(StatusCodes.Status415UnsupportedMediaType, "charset", "a form in another character set than UTF-8 cannot be inspected");
        if (judge.Judge(Place, name, text) is { } asked)
            return asked;
        return text.AsSpan().TrimStart() is ['{' or '[', ..] ? LookInside(bytes) : null;
    }

    // `name*=UTF-8''ethnicity`, of RFC 8187
    private static string ExtendedName(ContentDispositionHeaderValue? disposition)
    {
        var value = disposition?.Parameters.FirstOrDefault(parameter => parameter.Name.Equals("name*", StringComparison.OrdinalIgnoreCase))?.Value.Value ?? "";
        return Uri.UnescapeDataString(value[(value.LastIndexOf('\'') + 1)..]);
    }

    // A picture is bytes whatever it says of its characters.
    private static bool IsEncoded(MultipartSection section) =>
        (section.Headers?.TryGetValue("Content-Transfer-Encoding", out var encoding) == true && !Plain.Contains(encoding.ToString(), StringComparer.OrdinalIgnoreCase))
        || section.Headers?.ContainsKey(HeaderNames.ContentEncoding) == true
        || (MediaTypeHeaderValue.TryParse(section.ContentType, out var type) && type.Charset.Value?.Trim('"') is { Length: > 0 } charset
            && !Utf8Names.Contains(charset, StringComparer.OrdinalIgnoreCase));

    private Asked? LookInside(ReadOnlyMemory<byte> text)
    {
        try
        {
            return json.Look(Place, text);
        }
        catch (System.Text.Json.JsonException)
        {
            return null; // it was judged as a text; `[age, race]` is no JSON and asks all the same
        }
    }
}
