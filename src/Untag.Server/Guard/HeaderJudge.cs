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
    private const int SearchedBytesMax = 256;

    /// <summary>True for a header that must not pass.</summary>
    public bool IsTag(string name, StringValues values) => IsTag(name, values.AsEnumerable());

    /// <summary>True for a header that must not pass.</summary>
    public bool IsTag(string name, IEnumerable<string?> values)
    {
        if (!IsClean(name) && replies.Words.Of(Encoding.UTF8.GetBytes(name)).Is(WordRoles.TraitField | WordRoles.SureGroup))
            return true;
        foreach (var value in values)
        {
            if (value is { Length: > 0 } && !IsClean(value) && Says(value))
                return true;
        }

        return false;
    }

    private bool Says(string value) => replies.Words.SayingOf(value) == Saying.Group
        || replies.Words.Of(Encoding.UTF8.GetBytes(value)).Is(WordRoles.Telling | WordRoles.SureGroup)
        || terms.NameTrait(value);

    // Almost every header is.
    private bool IsClean(string text)
    {
        Span<byte> bytes = stackalloc byte[SearchedBytesMax];
        return Encoding.UTF8.TryGetBytes(text, bytes, out var count) && replies.Search.IsClean(bytes[..count]);
    }
}
