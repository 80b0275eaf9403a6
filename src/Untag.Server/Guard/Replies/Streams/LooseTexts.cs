using System.Text;
using Untag.Server.Guard.Replies.Json;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Replies.Streams;

/// <summary>Judges texts that stand in no document: those of events, of parts and of headers.</summary>
/// <param name="pass">The reply.</param>
/// <param name="filter">Takes the tags out of JSON.</param>
internal sealed class LooseTexts(ReplyPass pass, RecordFilter filter)
{
    /// <summary>True for one that speaks of a trait or a group, or holds JSON with a tag.</summary>
    /// <param name="text">The text.</param>
    /// <param name="where">How it is called in the log.</param>
    public bool AreTag(ReadOnlySpan<byte> text, string where) =>
        (!pass.Rules.Search.IsClean(text) && pass.Rules.Words.SayingOf(Encoding.UTF8.GetString(text)) != Saying.Nothing
            && pass.Strikes(pass.Rules.Vocabulary.SetRule, where))
        || HoldTag(text);

    /// <summary>True for one that is JSON with a tag, or in which such JSON is packed.</summary>
    public bool HoldTag(ReadOnlySpan<byte> text)
    {
        if (TextJudge.IsJson(text) && Loses(text))
            return true;
        if (!PackedJson.MayBegin(text))
            return false;
        foreach (var json in PackedJson.Read(text.ToArray()))
        {
            if (Loses(json))
                return true;
        }

        return false;
    }

    private bool Loses(ReadOnlySpan<byte> json) => filter.Filter(json) is { } left && !json.SequenceEqual(left);
}
