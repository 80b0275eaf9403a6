using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Untag.Server.Guard.Requests;

/// <summary>Looks through the parts of a form: fields, JSON, and whatever small text a service could take for a field. What is said to be a
/// file and is larger, or no text, is a picture or another file, unless it begins like JSON.</summary>
/// <param name="judge">Judges each field.</param>
/// <param name="json">Looks through JSON.</param>
internal sealed class PartsLook(FieldJudge judge, JsonLook json)
{
    private const string Place = "a part of the form";
    private const int FileTextMax = 1 << 20;

    private static readonly string[] Plain = ["7bit", "8bit", "binary"];

    private static readonly string[] Utf8Names = ["utf-8", "utf8", "us-ascii"];

    /// <summary>Looks through a body.</summary>
    /// <exception cref="IOException">It is cut.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or can be divided in more ways than one.</exception>
    /// <exception cref="System.Text.Json.JsonException">A part that says it is JSON is none.</exception>
    public async Task<Asked?> LookAsync(string boundary, ReadOnlyMemory<byte> body)
    {
        if (!FormDivision.IsClear(boundary, body.Span))
            throw new InvalidDataException("what divides the parts of the body stands in one of them, or behind all of them");
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
        if (section.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true)
            return Asked.Uninspectable(StatusCodes.Status415UnsupportedMediaType, "parts", "parts inside parts cannot be inspected");
        if (IsEncoded(section))
            return Asked.Uninspectable(StatusCodes.Status415UnsupportedMediaType, "parts", "a part that is encoded, or in another character set than UTF-8, cannot be inspected");
        var called = PartName.Of(section.ContentDisposition);
        var content = new MemoryStream();
        await section.Body.CopyToAsync(content);
        var bytes = content.GetBuffer().AsMemory(0, (int)content.Length);
        foreach (var name in called.Names.DefaultIfEmpty(""))
        {
            if (LookAtField(name, called.IsFile, bytes) is { } asked)
                return asked;
        }

        if (!called.IsClear || section.Headers?.Any(header => header.Value.Count > 1 || header.Key.AsSpan().ContainsAny(" \t")) == true)
            throw new InvalidDataException("a part has two names, or a header twice");
        if (section.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true)
            return json.Look(Place, bytes);
        return json.LookInside(Place, Utf8.IsValid(bytes.Span) ? bytes : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes.Span)));
    }

    private Asked? LookAtField(string name, bool isFile, ReadOnlyMemory<byte> bytes)
    {
        if (isFile && (bytes.Length > FileTextMax || !Utf8.IsValid(bytes.Span)))
            return judge.Judge(Place, name, "");
        // What is asked for stands in a list of it, however damaged.
        var text = judge.ReadName(name).Asks ? Encoding.UTF8.GetString(bytes.Span) : LenientText.Of(bytes.Span);
        if (name == "_charset_" && !Utf8Names.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase)) // of the other parts, says HTML
            return Asked.Uninspectable(StatusCodes.Status415UnsupportedMediaType, "charset", "a form in another character set than UTF-8 cannot be inspected");
        return judge.Judge(Place, name, text);
    }

    // A picture is bytes whatever it says of its characters.
    private static bool IsEncoded(MultipartSection section) =>
        (section.Headers?.TryGetValue("Content-Transfer-Encoding", out var encoding) == true && !Plain.Contains(encoding.ToString(), StringComparer.OrdinalIgnoreCase))
        || section.Headers?.ContainsKey(HeaderNames.ContentEncoding) == true
        || (MediaTypeHeaderValue.TryParse(section.ContentType, out var type) && type.Charset.Value?.Trim('"') is { Length: > 0 } charset
            && !Utf8Names.Contains(charset, StringComparer.OrdinalIgnoreCase));
}
