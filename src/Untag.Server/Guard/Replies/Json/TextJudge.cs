using System.Text;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>Judges the texts of a reply: those that hold JSON like the reply itself, and what a language model answers.
/// </summary>
/// <remarks>A text without escapes holds no quotation mark, and so no name. What looks like JSON and is none, such as a
/// printed dictionary, is emptied when it speaks of a trait or a group.</remarks>
internal sealed class TextJudge(JsonSettings settings)
{
    private readonly ReplyPass pass = settings.Pass;
    private byte[] buffer = [];

    /// <summary>Number of answers that were emptied.</summary>
    public int Said { get; private set; }

    /// <summary>True for a piece of an answer, which is judged when all of it is known.</summary>
    public bool IsPieceOfAnswer(ReplyWord? name) => settings.LeavesAnswers && name?.Is(WordRoles.Spoken) == true;

    /// <summary>Judges a text.</summary>
    /// <param name="node">The text; changed when something was taken out of it.</param>
    /// <param name="quoted">Its bytes with the quotation marks.</param>
    /// <param name="path">The path of the object or list around it.</param>
    /// <param name="name">Its name; null in a list.</param>
    public void Judge(ref Node node, ReadOnlySpan<byte> quoted, PathOfNames path, ReplyWord? name)
    {
        var first = quoted[1..].TrimStart((byte)' ')[0];
        var isSpoken = settings.EmptiesAnswers
            ? name?.Is(WordRoles.Spoken) ?? path.Depth == 0
            : !IsPieceOfAnswer(name) && (name?.Is(WordRoles.Caption) == true || (name?.Is(WordRoles.Spoken) == true && path.Passes(WordRoles.Talk)));
        if (PackedJson.MayBegin(quoted[1..]))
            JudgePacked(ref node, JsonTexts.Of(quoted, node.IsEscaped, ref buffer), path.To(name));
        if (first is not ((byte)'{' or (byte)'[' or (byte)'\\') && !isSpoken)
            return;
        if (isSpoken && settings.EmptiesAnswers)
        {
            Said++;
            Empty(ref node, path.To(name));
            return;
        }

        var text = JsonTexts.Of(quoted, node.IsEscaped, ref buffer);
        if (pass.Rules.Search.IsClean(text))
            return;
        if (IsJson(text))
            JudgeJson(ref node, text, path.To(name));
        else if (isSpoken)
            JudgeAnswer(ref node, text, path.To(name));
    }

    /// <summary>True for a text that begins like an object or a list.</summary>
    public static bool IsJson(ReadOnlySpan<byte> text) => text.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];

    private void JudgeJson(ref Node node, ReadOnlySpan<byte> text, string where)
    {
        if (settings.NestedIn >= pass.Limits.NestedTexts)
        {
            Empty(ref node, where);
            return;
        }

        using var inner = pass.Inner();
        try
        {
            WholeDocument.TakeOut(text, settings with { Pass = inner, Schema = null, NestedIn = settings.NestedIn + 1, Outer = where + "(json)" });
        }
        catch (ReplyRefusedException refused) when (refused.Refusal.Reason == RefusalReason.Malformed)
        {
            if (SayingOf(text) != Saying.Nothing)
                Empty(ref node, where);
            return;
        }

        pass.TakeOver(inner);
        if (inner.Output.Span.SequenceEqual(text))
            return;
        (node.IsChanged, node.Replacement) = (true, JsonTexts.Quoted(inner.Output.Span));
    }

    // What is packed is not packed again: a token is under a signature that would not hold.
    private void JudgePacked(ref Node node, ReadOnlySpan<byte> text, string where)
    {
        foreach (var json in PackedJson.Read(text.ToArray()))
        {
            var packed = new Node { Start = node.Start, End = node.End };
            if (!pass.Rules.Search.IsClean(json))
                JudgeJson(ref packed, json, where);
            if (packed.IsChanged)
                (node.IsChanged, node.Replacement) = (true, "\"\""u8.ToArray());
        }
    }

    // A refusal to tell names the trait as well. In a block of JSON between words the value may be a code.
    private void JudgeAnswer(ref Node node, ReadOnlySpan<byte> text, string where)
    {
        var saying = SayingOf(text);
        if (saying == Saying.Nothing || (saying == Saying.Name && !text.Contains((byte)'{')))
            return;
        Said++;
        Empty(ref node, where);
    }

    private Saying SayingOf(ReadOnlySpan<byte> text) => pass.Rules.Words.SayingOf(Encoding.UTF8.GetString(text));

    private void Empty(ref Node node, string where)
    {
        if (!node.IsMet && pass.Strikes(pass.Rules.Vocabulary.SetRule, where))
            (node.IsChanged, node.Replacement) = (true, "\"\""u8.ToArray());
        node.IsMet = true;
    }
}
