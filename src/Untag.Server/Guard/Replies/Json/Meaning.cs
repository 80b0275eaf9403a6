using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>What an object says it is, to the list or object around it.</summary>
/// <param name="Trait">Code of the rule that it breaks because it names the trait it is about; null when it does not.</param>
/// <param name="Label">The label that counts most; null when it has none.</param>
internal readonly record struct Meaning(string? Trait, ReplyWord? Label)
{
    /// <summary>This meaning and that of one more field.</summary>
    public Meaning And(Meaning other) => new(Trait ?? other.Trait, WeightOf(other.Label) > WeightOf(Label) ? other.Label : Label);

    private static int WeightOf(ReplyWord? word) => word is null
        ? 0
        : word.Is(WordRoles.SureGroup) ? 4 : word.Is(WordRoles.Group) ? 3 : word.Is(WordRoles.Rest) ? 2 : 1;
}
