using Untag.Audit.Judging;

namespace Untag.Audit.Embeddings;

/// <summary>Of whom moments of a part may be kept: those of fewer people would be nearly an embedding, or tell where embeddings lie.</summary>
internal static class PartMoments
{
    /// <summary>What is told wherever moments are written.</summary>
    public const string Warning = "whoever has it can tell the groups apart; keep it like the embeddings, and delete it after the merge";

    /// <summary>Makes sure that each group has people enough.</summary>
    /// <param name="people">People of each group.</param>
    /// <param name="purpose">What a group has too few people for.</param>
    /// <param name="hint">What to do.</param>
    /// <exception cref="AuditInputException">One has not.</exception>
    public static void CheckGroups(IEnumerable<long> people, string purpose, string hint)
    {
        if (people.Any(count => count < Disclosure.PeopleMin))
        {
            throw new AuditInputException(
                $"a group has fewer than {Disclosure.PeopleMin} people {purpose}: its mean would be nearly the embedding of a person", hint);
        }
    }

    /// <summary>Makes sure that all together are enough.</summary>
    /// <param name="people">All people.</param>
    /// <param name="size">Coordinates.</param>
    /// <param name="groups">Number of groups.</param>
    /// <param name="instead">What else can be done.</param>
    /// <exception cref="AuditInputException">They are not: from fewer, the sums of products tell in which plane the people lie.</exception>
    public static void CheckAll(long people, int size, int groups, string instead)
    {
        var least = size + (10L * groups);
        if (people < least)
        {
            throw new AuditInputException(
                $"{people} people are too few for sums of {size} coordinates that leave where they are", $"give at least {least} in each part, or {instead}");
        }
    }
}
