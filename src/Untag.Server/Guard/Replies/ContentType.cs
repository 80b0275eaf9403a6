using Microsoft.Net.Http.Headers;

namespace Untag.Server.Guard.Replies;

/// <summary>What a content type says of a body.</summary>
/// <param name="MediaType">Without parameters; null when it cannot be read.</param>
/// <param name="Charset">The character set; null without one.</param>
/// <param name="Boundary">What divides parts; null without it.</param>
internal readonly record struct ContentType(string? MediaType, string? Charset, string? Boundary)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="ReplyRefusedException">It says a thing twice, or in the extended way: others would read something else.</exception>
    public static ContentType Of(string? header)
    {
        if (!MediaTypeHeaderValue.TryParse(header, out var type))
            return default;
        return new ContentType(
            type.MediaType.Value,
            Only(type, "charset", RefusalReason.Charset, "the reply names its character set twice"),
            Only(type, "boundary", RefusalReason.Malformed, "the reply says twice what divides its parts"));
    }

    private static string? Only(MediaTypeHeaderValue type, string name, RefusalReason reason, string why)
    {
        string? value = null;
        foreach (var parameter in type.Parameters)
        {
            if (!parameter.Name.Value.AsSpan().TrimEnd("0123456789*").Equals(name, StringComparison.OrdinalIgnoreCase))
                continue;
            if (value is not null || parameter.Name.Length != name.Length)
                throw Refusal.Uninspectable(reason, why);
            value = parameter.Value.Value?.Trim('"') ?? "";
        }

        return value;
    }
}
