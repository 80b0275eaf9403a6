namespace Untag.Audit.Tables;

/// <summary>The people of the rows.</summary>
internal sealed class PersonColumns(AuditRequest request, PeopleSums people)
{
    private readonly PerWord<int> known = new(static _ => -1);

    /// <summary>Tells the person of each row, and the second one where a row is of two.</summary>
    /// <exception cref="AuditInputException">A row states no person, or one of another group.</exception>
    public void Find(BlockRows block, CodedColumn first, CodedColumn? second)
    {
        if (second is null)
        {
            FindSingle(block, first);
            return;
        }

        for (var i = 0; i < block.Count; i++)
        {
            var person = block.People![i] = OfPair(block, i, first, request.Person!);
            block.Seconds![i] = second[i].SequenceEqual(first[i]) ? person : OfPair(block, i, second, request.SecondPerson!);
        }
    }

    private void FindSingle(BlockRows block, CodedColumn column)
    {
        var codes = column.Codes;
        var personOf = known.Of(column);
        for (var i = 0; i < block.Count; i++)
        {
            var person = personOf[codes[i]];
            if (person < 0)
                person = personOf[codes[i]] = people.NumberOf(Stated(block, i, column, request.Person!), block.Groups[i]);
            block.People![i] = person;
            if (!people.Count(person, block.Groups[i]))
                throw block.Wrong(i, "the person has another group than in an earlier row", "give each person one group");
        }
    }

    // The group of a pair is not that of a person: who is compared in several groups counts in each.
    private int OfPair(BlockRows block, int row, CodedColumn column, string name)
    {
        var group = block.Groups[row];
        var person = people.NumberOf([.. Stated(block, row, column, name), 0, .. BitConverter.GetBytes(group)], group);
        people.Count(person, group);
        return person;
    }

    private static ReadOnlySpan<byte> Stated(BlockRows block, int row, CodedColumn column, string name)
    {
        var cell = column[row];
        return !cell.IsEmpty ? cell : throw block.Wrong(row, $"column `{name}` is empty", "say whose row it is");
    }
}
