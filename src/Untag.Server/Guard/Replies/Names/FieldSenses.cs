using Untag.Policy;
using Untag.Scan.Matching;

namespace Untag.Server.Guard.Replies.Names;

/// <summary>Reads what a word says beside traits and groups, by the words of the policy. They are matched apart from the terms: of several at
/// one place only the longest is met, and none of these may hide a tag.</summary>
internal sealed class FieldSenses
{
    // These are one word or a few, not a part of something longer: `lifestyle_group` is no style.
    private const WordRoles WholeNames = WordRoles.Thing;

    private readonly TermMatcher matcher;

    public FieldSenses(TagPolicy policy)
    {
        var contexts = policy.Contexts.Where(context => context.Id is "person" or "face" or "face-attribute").SelectMany(context => context.Words);
        matcher = new TermMatcher(policy.Replies.Where(vocabulary => RoleOf(vocabulary.Id) != WordRoles.None).SelectMany(vocabulary => vocabulary.Words)
            .Concat(contexts.Select(word => new Term(word.Text, Sense.Context, word.Owner))));
    }

    /// <summary>All that a text says.</summary>
    public WordRoles Read(string text, TermMatcher.Scratch scratch, List<TermHit> hits)
    {
        hits.Clear();
        matcher.FindAll(text, scratch, hits);
        var said = WordRoles.None;
        foreach (var hit in hits)
        {
            var role = RoleOf(hit.Term.Owner);
            if ((role & WholeNames) == 0 || hit.IsWholeOf(text))
                said |= role;
        }

        return said;
    }

    private static WordRoles RoleOf(string vocabulary) => vocabulary switch
    {
        "thing" or "surname" => WordRoles.Thing,
        "contest" => WordRoles.Contest,
        "breed" => WordRoles.Breed,
        "measure" => WordRoles.Measure,
        "written" => WordRoles.Written,
        "person" or "face" => WordRoles.Person,
        "face-attribute" => WordRoles.FaceAttribute,
        _ => WordRoles.None,
    };
}
