using System.Text;
using System.Text.Unicode;
using Untag.Server.Guard.Replies.Json;
using Untag.Server.Guard.Replies.Names;
using Untag.Server.Guard.Replies.Streams;

namespace Untag.Server.Guard.Replies.Parts;

/// <summary>Takes the tags out of one part of a reply in parts.</summary>
internal sealed class PartFilter
{
    private readonly ReplyPass pass;
    private readonly RecordFilter records;
    private readonly LooseTexts texts;
    private readonly IReadOnlySet<string> opaque;

    /// <param name="settings">What JSON is judged with.</param>
    /// <param name="opaque">Media types that pass without being inspected.</param>
    public PartFilter(JsonSettings settings, IReadOnlySet<string> opaque)
    {
        pass = settings.Pass;
        records = new RecordFilter(settings);
        texts = new LooseTexts(pass, records);
        this.opaque = opaque;
    }

    /// <summary>The part without its tags; null when it is left out.</summary>
    /// <param name="part">Its header, an empty line and its content.</param>
    /// <exception cref="ReplyRefusedException">It cannot be inspected.</exception>
    public byte[]? Filter(ReadOnlySpan<byte> part)
    {
        var header = PartHeader.Read(part);
        if (header.Name is { } name && pass.Rules.Words.Of(Encoding.UTF8.GetBytes(name)) is { } word && word.Is(WordRoles.TraitField | WordRoles.SureGroup)
            && pass.Strikes(word.Is(WordRoles.TraitField) ? word.Rule : pass.Rules.Vocabulary.SetRule, word.Shown))
            return null;
        if (texts.AreTag(part[..header.Length], "*"))
            return null;
        var content = part[header.Length..];
        if (header.IsEncoded)
            throw Refusal.Uninspectable(RefusalReason.Encoding, "the reply holds a part that is packed or encoded");
        if (BodyFilters.IsJson(header.MediaType))
            return WithJson(part[..header.Length], content, header);
        if (header.MediaType is null or "text/plain")
            return texts.AreTag(Checked(content, header), "*") ? null : part.ToArray();
        return opaque.Contains(header.MediaType)
            ? part.ToArray()
            : throw Refusal.Uninspectable(RefusalReason.MediaType, "the reply holds a part whose media type is not inspected");
    }

    private byte[] WithJson(ReadOnlySpan<byte> head, ReadOnlySpan<byte> content, PartHeader header)
    {
        var filtered = records.Filter(Checked(content, header))
            ?? throw Refusal.Uninspectable(RefusalReason.Malformed, "the reply holds a part that is no JSON");
        return filtered.AsSpan().SequenceEqual(content) ? [.. head, .. content] : [.. header.WithoutDigests, .. filtered];
    }

    // What a client would read as other characters than those that are judged here.
    private static ReadOnlySpan<byte> Checked(ReadOnlySpan<byte> content, PartHeader header) =>
        header.Charsets.All(BodyFilters.AreRead) && Utf8.IsValid(content) && !content.Contains((byte)0)
            ? content
            : throw Refusal.Uninspectable(RefusalReason.Charset, "the reply holds a part in a character set that is not UTF-8");
}
