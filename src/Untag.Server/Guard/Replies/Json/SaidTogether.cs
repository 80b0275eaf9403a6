using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>What the members of an object or a list say together: gathered once, it tells for each member what the others say.</summary>
internal struct SaidTogether
{
    private WordRoles said;
    private WordRoles saidTwice; // by two members or more

    /// <summary>Adds what one more member says.</summary>
    public void Add(WordRoles member)
    {
        saidTwice |= said & member;
        said |= member;
    }

    /// <summary>What all but one member say.</summary>
    /// <param name="member">What that one says.</param>
    public readonly WordRoles ButFor(WordRoles member) => saidTwice | (said & ~member);
}
