using System.Text;
using Microsoft.Extensions.Primitives;
using Untag.Server.Guard.Replies;
using Untag.Server.Guard.Replies.Names;
using Untag.Server.Guard.Requests;

namespace Untag.Server.Guard;

/// <summary>Tells which headers and trailers of a reply carry a tag: by their name, as a field does, or by what they say.</summary>
/// <param name="replies">What words of replies say.</param>
/// <param name="terms">What words of requests say.</param>
internal sealed class HeaderJudge(ReplyRules replies, AskingTerms terms)
{
    /// <summary>True for a header that must not pass.</summary>
    public bool IsTag(string name, StringValues values)
    {
        if (!replies.Search.IsClean(name) && replies.Words.Of(Encoding.UTF8.GetBytes(name)).Is(WordRoles.TraitField | WordRoles.SureGroup))
            return true;
        foreach (var value in values)
        {
            if (value is { Length: > 0 } && !replies.Search.IsClean(value) && Says(value)) // almost every one is clean
                return true;
        }

        return false;
    }

    private bool Says(string value) => replies.Words.SayingOf(value) == Saying.Group
        || replies.Words.Of(Encoding.UTF8.GetBytes(value)).Is(WordRoles.Telling | WordRoles.SureGroup)
        || terms.NameTrait(value);
}
