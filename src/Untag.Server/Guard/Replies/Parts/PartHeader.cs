using System.Globalization;
using System.Text;

namespace Untag.Server.Guard.Replies.Parts;

/// <summary>The header of a part.</summary>
/// <param name="Length">Its bytes, with the empty line behind it.</param>
/// <param name="MediaType">Without parameters, in lower case; null without one.</param>
/// <param name="Charsets">All character sets that it names, in any way.</param>
/// <param name="Name">Name of the field of a form; null without one.</param>
/// <param name="IsEncoded">True when the content is packed, or written in another way than it is.</param>
/// <param name="ContentLength">Bytes of the content; null when it does not say.</param>
/// <param name="WithoutDigests">Its bytes without the fields that a changed content makes wrong.</param>
internal sealed record PartHeader(
    int Length, string? MediaType, IReadOnlyList<string> Charsets, string? Name, bool IsEncoded, int? ContentLength, byte[] WithoutDigests)
{
    /// <summary>Most bytes that it may have: its end is sought anew when more of it comes.</summary>
    public const int BytesMax = 16 << 10;

    private static readonly string[] Plain = ["7bit", "8bit", "binary", "identity"];

    /// <summary>Bytes of the header that a part begins with, with the empty line behind it; -1 when its end has not come.</summary>
    public static int LengthIn(ReadOnlySpan<byte> part)
    {
        for (var at = 0; part[at..].IndexOf((byte)'\n') is var end and >= 0; at += end + 1)
        {
            if (part.Slice(at, end).TrimEnd((byte)'\r').IsEmpty)
                return at + end + 1;
        }

        return -1;
    }

    /// <summary>Reads the header that a part begins with.</summary>
    /// <exception cref="ReplyRefusedException">It has no end, or a field twice.</exception>
    public static PartHeader Read(ReadOnlySpan<byte> part)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var kept = new StringBuilder();
        for (var at = 0; part[at..].IndexOf((byte)'\n') is var end and >= 0; at += end + 1)
        {
            var line = Encoding.Latin1.GetString(part.Slice(at, end + 1));
            if (line.AsSpan().TrimEnd("\r\n").IsEmpty)
                return Of(fields, at + end + 1, kept.Append(line).ToString());
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || line[0] is ' ' or '\t' || line.AsSpan().TrimEnd("\r\n").Contains('\r')
                || !fields.TryAdd(line[..colon].Trim(), line[(colon + 1)..].Trim()))
                break;
            if (!IsOfContent(line[..colon].Trim()))
                kept.Append(line);
        }

        throw Unreadable();
    }

    private static PartHeader Of(Dictionary<string, string> fields, int length, string kept)
    {
        var type = fields.GetValueOrDefault("Content-Type");
        return new PartHeader(
            length,
            type?.Split(';')[0].Trim().ToLowerInvariant(),
            [.. ParametersOf(type)
                .Where(parameter => parameter.Name.StartsWith("charset", StringComparison.OrdinalIgnoreCase)).Select(parameter => parameter.Value)],
            NameIn(fields.GetValueOrDefault("Content-Disposition")),
            !IsPlain(fields.GetValueOrDefault("Content-Transfer-Encoding")) || !IsPlain(fields.GetValueOrDefault("Content-Encoding")),
            int.TryParse(fields.GetValueOrDefault("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null,
            Encoding.Latin1.GetBytes(kept));
    }

    private static bool IsPlain(string? encoding) => encoding is null || Plain.Contains(encoding, StringComparer.OrdinalIgnoreCase);

    private static bool IsOfContent(string field) =>
        field.ToUpperInvariant() is "CONTENT-LENGTH" or "CONTENT-MD5" or "DIGEST" or "CONTENT-DIGEST" or "ETAG";

    // Who reads another of two names, or decodes one, reads another field than is judged.
    private static string? NameIn(string? disposition)
    {
        var names = ParametersOf(disposition)
            .Where(parameter => parameter.Name.Split('*')[0].Equals("name", StringComparison.OrdinalIgnoreCase)).ToList();
        return names.Count > 1 || names.Exists(parameter => parameter.Name.Contains('*', StringComparison.Ordinal))
            ? throw Unreadable()
            : names.FirstOrDefault().Value;
    }

    private static IEnumerable<(string Name, string Value)> ParametersOf(string? field)
    {
        foreach (var parameter in (field ?? "").Split(';'))
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            if (equals >= 0)
                yield return (parameter[..equals].Trim(), parameter[(equals + 1)..].Trim().Trim('"'));
        }
    }

    private static ReplyRefusedException Unreadable() => Refusal.Uninspectable(RefusalReason.Malformed, "the reply holds a part whose header cannot be read");
}
