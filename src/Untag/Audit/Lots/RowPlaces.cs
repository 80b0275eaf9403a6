using Untag.Audit.Statistics;

namespace Untag.Audit.Lots;

/// <summary>Whose each row is, and in which stratum. It lives in memory while groups are drawn, and nothing of it is told.</summary>
/// <param name="Groups">How many groups there are.</param>
/// <param name="Strata">How many strata there are; at least 1.</param>
/// <param name="StratumOf">The stratum of each row.</param>
/// <param name="PersonOf">The person of each row.</param>
/// <param name="GroupOfPerson">The group of each person.</param>
/// <param name="Blocks">Ends of runs of people who are in the same strata: groups are exchanged among them only, which is what makes
/// the draws those of somebody who knows the stratum.</param>
internal sealed record RowPlaces(int Groups, int Strata, int[] StratumOf, int[] PersonOf, int[] GroupOfPerson, IReadOnlyList<int> Blocks)
{
    /// <summary>The group of each row as it is.</summary>
    public int[] GroupOf { get; } = [.. PersonOf.Select(person => GroupOfPerson[person])];

    /// <summary>The group of each row when the groups of people are drawn by lot.</summary>
    public void Draw(SeededRandom random, int[] people, int[] groups)
    {
        GroupOfPerson.CopyTo(people, 0);
        var from = 0;
        foreach (var to in Blocks)
        {
            for (var i = to - 1; i > from; i--)
            {
                var other = from + random.NextBelow(i - from + 1);
                (people[i], people[other]) = (people[other], people[i]);
            }

            from = to;
        }

        for (var row = 0; row < groups.Length; row++)
            groups[row] = people[PersonOf[row]];
    }
}
