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

    private static ReadOnlySpan<byte> Fence => "```"u8;

    private static ReadOnlySpan<byte> LettersOfLanguages => "`abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-_."u8;

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
        var isPiece = IsPieceOfAnswer(name);
        var isSpoken = settings.EmptiesAnswers
            ? name?.Is(WordRoles.Spoken) ?? path.Depth == 0
            : !isPiece && (name?.Is(WordRoles.Caption) == true || (name?.Is(WordRoles.Spoken) == true && path.Passes(WordRoles.Talk)));
        if (isSpoken && settings.EmptiesAnswers)
        {
            Said++;
            Empty(ref node, path.To(name));
            return;
        }

        if (!isSpoken && !node.IsEscaped && !IsJson(quoted[1..]) && !PackedJson.MayBegin(quoted[1..]))
            return;
        var text = JsonTexts.Of(quoted, node.IsEscaped, ref buffer);
        if (PackedJson.MayBegin(text))
            JudgePacked(ref node, text, path.To(name));
        if (pass.Rules.Search.IsClean(text))
            return;
        if (IsJson(text))
            JudgeJson(ref node, text, path.To(name));
        else if (isSpoken)
            JudgeAnswer(ref node, text, path.To(name));
        else if (!isPiece)
            JudgeFenced(ref node, text, path.To(name));
    }

    /// <summary>True for a text that begins like an object or a list.</summary>
    public static bool IsJson(ReadOnlySpan<byte> text) => text.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];

    private void JudgeJson(ref Node node, ReadOnlySpan<byte> text, string where)
    {
        if (LeftOf(text, where) is not { } left)
            Empty(ref node, where);
        else if (!text.SequenceEqual(left))
            (node.IsChanged, node.Replacement) = (true, JsonTexts.Quoted(left));
    }

    // What may pass of JSON in a text; null when nothing may.
    private byte[]? LeftOf(ReadOnlySpan<byte> json, string where)
    {
        if (settings.NestedIn >= pass.Limits.NestedTexts)
            return null;
        using var inner = pass.Inner();
        try
        {
            WholeDocument.TakeOut(json, settings with { Pass = inner, Schema = null, NestedIn = settings.NestedIn + 1, Outer = where + "(json)" });
        }
        catch (ReplyRefusedException refused) when (refused.Refusal.Reason == RefusalReason.Malformed)
        {
            return SayingOf(json) == Saying.Nothing ? json.ToArray() : null;
        }

        pass.TakeOver(inner);
        return inner.Output.Span.ToArray();
    }

    // Models fence the JSON that they were asked for, whatever the name of the field is.
    private void JudgeFenced(ref Node node, ReadOnlySpan<byte> text, string where)
    {
        var left = new List<byte>();
        var isChanged = false;
        var rest = text;
        while (JsonInFence(rest) is var (start, length) && length > 0)
        {
            var json = rest.Slice(start, length);
            if (LeftOf(json, where) is not { } leftOfJson)
            {
                Empty(ref node, where);
                return;
            }

            isChanged |= !json.SequenceEqual(leftOfJson);
            left.AddRange(rest[..start]);
            left.AddRange(leftOfJson);
            rest = rest[(start + length)..];
        }

        left.AddRange(rest);
        if (isChanged)
            (node.IsChanged, node.Replacement) = (true, JsonTexts.Quoted(left.ToArray()));
    }

    // The first JSON behind a fence and the name of a language; none when its length is 0. A fence that ends one is as good as one that begins one.
    private static (int Start, int Length) JsonInFence(ReadOnlySpan<byte> text)
    {
        for (var at = 0; text[at..].IndexOf(Fence) is var open and >= 0;)
        {
            at += open + Fence.Length;
            var close = text[at..].IndexOf(Fence);
            var fenced = close < 0 ? text[at..] : text.Slice(at, close);
            var json = fenced.TrimStart(LettersOfLanguages);
            if (!IsJson(json))
                json = fenced[(fenced.IndexOf((byte)'\n') + 1)..];
            if (IsJson(json))
                return (at + fenced.Length - json.Length, json.Length);
            at += fenced.Length;
        }

        return default;
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
