using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>The fields under which the elements of an opened list lost a group, and those under which they kept a word that could mean a
/// colour. Of two faces <c>{"guess": "asian"}</c> and <c>{"guess": "white"}</c> the second word goes with the first.</summary>
internal sealed class OpenedAnswers
{
    private HashSet<ReplyWord>? lost; // as good as never
    private HashSet<ReplyWord>? released;

    /// <summary>A group went.</summary>
    /// <param name="name">The field's name.</param>
    /// <returns>False when it is too late: under this name a word was released already.</returns>
    public bool Lose(ReplyWord name)
    {
        (lost ??= new(ReplyWord.SameBytes)).Add(name);
        return released?.Contains(name) != true;
    }

    /// <summary>A word that could mean a colour is to be released.</summary>
    /// <param name="name">The field's name.</param>
    /// <returns>False when it must go.</returns>
    public bool Release(ReplyWord name)
    {
        if (lost?.Contains(name) == true)
            return false;
        (released ??= new(ReplyWord.SameBytes)).Add(name);
        return true;
    }

    public void Clear()
    {
        lost?.Clear();
        released?.Clear();
    }
}
