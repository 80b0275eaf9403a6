using System.Runtime.InteropServices;
using Untag.Audit.Aggregates;

namespace Untag.Audit.Tables;

/// <summary>What is known of each person while a table is read. It never leaves this class but as sums by group.</summary>
internal sealed class PeopleSums(int decisions, int outputs)
{
    private readonly WordCodes people = new();
    private readonly List<int> groupOf = [];
    private readonly List<long> rowsOf = [];
    private readonly List<FourCells>[] decided = [.. Enumerable.Range(0, decisions).Select(_ => new List<FourCells>())];
    private readonly Dictionary<(int Person, int Value), long>[] got =
        [.. Enumerable.Range(0, outputs).Select(_ => new Dictionary<(int, int), long>())];

    private long[] peopleOf = [];
    private long[] rowsSquaredOf = [];
    private DecisionSums[,] decisionSums = new DecisionSums[0, 0];
    private CellSums[][,] outputSums = [];

    /// <summary>The number of a person, known or new; a new one is of the group.</summary>
    public int NumberOf(ReadOnlySpan<byte> name, int group)
    {
        var known = people.Count;
        var person = people.CodeOf(name);
        if (person == known)
        {
            groupOf.Add(group);
            rowsOf.Add(0);
            foreach (var list in decided)
                list.Add(default);
        }

        return person;
    }

    /// <summary>Counts a row of a person.</summary>
    /// <returns>False when an earlier row gives the person another group.</returns>
    public bool Count(int person, int group)
    {
        rowsOf[person]++;
        return groupOf[person] == group;
    }

    /// <summary>Counts what a decision did to a row.</summary>
    public void Decide(int person, int decision, bool selected, bool truth) =>
        decided[decision][person] = decided[decision][person].With(selected, truth);

    /// <summary>Counts the value of an output of a row.</summary>
    public void Get(int person, int output, int value) =>
        CollectionsMarshal.GetValueRefOrAddDefault(got[output], (person, value), out _)++;

    /// <summary>Drops what was counted of the values of an output: they are too many.</summary>
    public void Forget(int output) => got[output].Clear();

    /// <summary>Makes the sums by group, once all rows were read.</summary>
    /// <param name="groups">How many groups there are.</param>
    /// <param name="values">How many values each output has; 0 for too many.</param>
    /// <param name="hasTruth">True when the truth of each row is known.</param>
    public void Close(int groups, IEnumerable<int> values, bool hasTruth)
    {
        peopleOf = new long[groups];
        decisionSums = new DecisionSums[groups, decisions];
        outputSums = [.. values.Select(count => new CellSums[groups, count])];
        rowsSquaredOf = new long[groups];
        var all = new CellSums[groups];
        for (var person = 0; person < groupOf.Count; person++)
        {
            var group = groupOf[person];
            peopleOf[group]++;
            all[group] += CellSums.OfPerson(rowsOf[person], 0);
            for (var d = 0; d < decisions; d++)
                decisionSums[group, d] += DecisionSums.OfPerson(decided[d][person], hasTruth);
        }

        for (var group = 0; group < groups; group++)
            rowsSquaredOf[group] = all[group].TrialsSquared;
        for (var output = 0; output < outputs; output++)
            CloseOutput(outputSums[output], got[output], all);
    }

    /// <summary>The people of a group.</summary>
    public long PeopleOf(int group) => peopleOf[group];

    /// <summary>Σt² over the people of a group, who have t rows each.</summary>
    public long RowsSquaredOf(int group) => rowsSquaredOf[group];

    /// <summary>What a decision did to a group.</summary>
    public DecisionSums Decided(int group, int decision) => decisionSums[group, decision];

    /// <summary>How often a group got a value of an output.</summary>
    public CellSums Got(int group, int output, int value) => outputSums[output][group, value];

    // A person without the value adds to Σt² all the same: begin with everybody, then put right those who have it.
    private void CloseOutput(CellSums[,] sums, Dictionary<(int Person, int Value), long> counts, CellSums[] all)
    {
        for (var group = 0; group < sums.GetLength(0); group++)
        {
            for (var value = 0; value < sums.GetLength(1); value++)
                sums[group, value] = all[group];
        }

        foreach (var ((person, value), hits) in counts)
        {
            var trials = rowsOf[person];
            var sum = sums[groupOf[person], value];
            sums[groupOf[person], value] = sum with
            {
                Hits = sum.Hits + hits,
                TrialsTimesHits = sum.TrialsTimesHits + (trials * hits),
                HitsSquared = sum.HitsSquared + (hits * hits),
                PeopleHit = sum.PeopleHit + 1,
                PeopleMissed = sum.PeopleMissed - (hits == trials ? 1 : 0),
            };
        }
    }
}
