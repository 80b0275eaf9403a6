using System.Text;
using Microsoft.Extensions.Primitives;
using Untag.Server.Guard.Replies;
using Untag.Server.Guard.Replies.Json;
using Untag.Server.Guard.Replies.Names;
using Untag.Server.Guard.Replies.Streams;
using Untag.Server.Guard.Requests;

namespace Untag.Server.Guard;

/// <summary>Tells which headers and trailers of a reply carry a tag: by their name, as a field does, or by what they say.</summary>
/// <remarks>A header is bytes, each of which came as a character: what is beyond ASCII is read as UTF-8 as well.</remarks>
/// <param name="replies">What words of replies say.</param>
/// <param name="terms">What words of requests say.</param>
internal sealed class HeaderJudge(ReplyRules replies, AskingTerms terms)
{
    private const int ShortLetters = 256;

    // What stands between several values in one, such as cookies. An equals sign only fills the end of what is packed.
    private static ReadOnlySpan<byte> Dividing => " ,;=\"'&?<>"u8;

    /// <summary>True for a header that must not pass.</summary>
    public bool IsTag(string name, StringValues values)
    {
        if (!replies.Search.IsClean(name) && replies.Words.Of(Encoding.UTF8.GetBytes(name)).Is(WordRoles.TraitField | WordRoles.SureGroup))
            return true;
        foreach (var value in values)
        {
            if (value is { Length: > 0 } && ((!replies.Search.IsClean(value) && SaysInAnyWay(value)) || HoldsPacked(value))) // almost every one is clean
                return true;
        }

        return false;
    }

    private bool SaysInAnyWay(string value)
    {
        var read = Ascii.IsValid(value) ? value : Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(value));
        var unescaped = Uri.UnescapeDataString(read);
        return Says(value) || (read != value && Says(read)) || (unescaped != read && (Says(unescaped) || HoldsPacked(unescaped)));
    }

    private bool Says(string value) => replies.Words.SayingOf(value) == Saying.Group
        || replies.Words.Of(Encoding.UTF8.GetBytes(value)).Is(WordRoles.Telling | WordRoles.SureGroup)
        || terms.NameTrait(value)
        || HoldsJson(value);

    private bool HoldsJson(string value)
    {
        var start = value.AsSpan().IndexOfAny('{', '[');
        var end = value.AsSpan().LastIndexOfAny('}', ']');
        return start >= 0 && end > start && HoldsTag($"[{value[start..(end + 1)]}]"); // several are divided by commas
    }

    private bool HoldsPacked(string value)
    {
        var bytes = value.Length <= ShortLetters ? stackalloc byte[value.Length] : new byte[value.Length];
        Encoding.Latin1.GetBytes(value, bytes); // what is packed is ASCII
        foreach (var range in bytes.SplitAny(Dividing))
        {
            if (PackedJson.MayBegin(bytes[range]) && HoldsTag(Encoding.Latin1.GetString(bytes[range])))
                return true;
        }

        return false;
    }

    private bool HoldsTag(string json)
    {
        using var pass = new ReplyPass(replies, ReplyLimits.Default, ReplyMode.Strip);
        try
        {
            return new LooseTexts(pass, new RecordFilter(new JsonSettings(pass))).HoldTag(Encoding.UTF8.GetBytes(json));
        }
        catch (ReplyRefusedException) // a name twice, or half of a character
        {
            return true;
        }
    }
}
