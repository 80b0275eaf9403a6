using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>The labels of one list, or the names of the fields of one object, that are groups of people.</summary>
internal struct ListLabels
{
    private string? firstGroup;

    /// <summary>True when one of them means hardly anything else.</summary>
    public bool IsSure { get; private set; }

    /// <summary>True for two different groups or more.</summary>
    public bool IsSet { get; private set; }

    /// <summary>True when one of them is a colour too.</summary>
    public bool HasColour { get; private set; }

    /// <summary>True when one of them speaks of food.</summary>
    public bool IsFood { get; private set; }

    public void Add(ReplyWord? word)
    {
        if (word is null)
            return;
        IsSure |= word.Is(WordRoles.SureGroup);
        IsFood |= word.Is(WordRoles.Food);
        HasColour |= word.Is(WordRoles.Colour);
        foreach (var group in word.Groups)
        {
            IsSet |= firstGroup is not null && firstGroup != group;
            firstGroup ??= group;
        }
    }

    /// <summary>True when they are a tag: one sure group, and where food is spoken of a second one.</summary>
    public readonly bool AreTag(bool isOfFood) => IsSure && (IsSet || !(isOfFood || IsFood));

    /// <summary>The same, where the way to them tells whether food is spoken of: it is gone back only for a sure group.</summary>
    public readonly bool AreTag(PathOfNames path) => IsSure && AreTag(path.Passes(WordRoles.Food | WordRoles.Thing)) && !AreThings(path);

    // Cuisines and languages are listed, and none is called after a colour: a list with one is of people.
    private readonly bool AreThings(PathOfNames path) => !HasColour && path.Passes(WordRoles.Thing);

    /// <summary>True for a word that goes with the others.</summary>
    public readonly bool Takes(ReplyWord? word) =>
        word is not null && (word.Is(WordRoles.Group) || (IsSet && word.Is(WordRoles.Rest)));
}
