using System.Text;
using Untag.Server.Guard.Replies.Json;
using Untag.Server.Guard.Replies.Names;
using Untag.Server.Guard.Replies.Streams;

namespace Untag.Server.Guard.Replies.Parts;

/// <summary>Takes the tags out of one part of a reply in parts.</summary>
/// <param name="settings">What JSON is judged with.</param>
/// <param name="opaque">Media types that pass without being inspected.</param>
internal sealed class PartFilter(JsonSettings settings, IReadOnlySet<string> opaque)
{
    private readonly ReplyPass pass = settings.Pass;
    private readonly RecordFilter records = new(settings);

    /// <summary>The part without its tags; null when it is left out.</summary>
    /// <param name="part">Its header, an empty line and its content.</param>
    /// <exception cref="ReplyRefusedException">It cannot be inspected.</exception>
    public byte[]? Filter(ReadOnlySpan<byte> part)
    {
        var header = PartHeader.Read(part);
        if (header.Name is { } name && pass.Rules.Words.Of(Encoding.UTF8.GetBytes(name)) is { } word && word.Is(WordRoles.TraitField | WordRoles.SureGroup)
            && pass.Strikes(word.Is(WordRoles.TraitField) ? word.Rule : pass.Rules.Vocabulary.SetRule, word.Shown))
            return null;
        if (Says(part[..header.Length]))
            return null;
        var content = part[header.Length..];
        if (header.IsEncoded)
            throw Refusal.Uninspectable(RefusalReason.Encoding, "the reply holds a part that is packed or encoded");
        if (BodyFilters.IsJson(header.MediaType))
            return WithJson(part[..header.Length], content, header);
        if (header.MediaType is null or "text/plain")
            return Says(content) ? null : part.ToArray();
        return opaque.Contains(header.MediaType)
            ? part.ToArray()
            : throw Refusal.Uninspectable(RefusalReason.MediaType, "the reply holds a part whose media type is not inspected");
    }

    private byte[] WithJson(ReadOnlySpan<byte> head, ReadOnlySpan<byte> content, PartHeader header)
    {
        var filtered = records.Filter(content)
            ?? throw Refusal.Uninspectable(RefusalReason.Malformed, "the reply holds a part that is no JSON");
        return filtered.AsSpan().SequenceEqual(content) ? [.. head, .. content] : [.. header.WithoutDigests, .. filtered];
    }

    private bool Says(ReadOnlySpan<byte> text) => !pass.Rules.Search.IsClean(text)
        && pass.Rules.Words.SayingOf(Encoding.UTF8.GetString(text)) != Saying.Nothing
        && pass.Strikes(pass.Rules.Vocabulary.SetRule, "*");
}
