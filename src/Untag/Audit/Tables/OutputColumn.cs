using Untag.Audit.Aggregates;

namespace Untag.Audit.Tables;

/// <summary>An output: how often each group got each of its values, and once these are too many, its numbers.</summary>
/// <remarks>A value is looked at once: of a table of few values only their numbers are counted row by row.</remarks>
internal sealed class OutputColumn
{
    private readonly string name;
    private readonly int number;
    private readonly PeopleSums? people;
    private readonly GroupedCounts rows = new(); // by value
    private readonly GroupedCounts shared = new(); // of those the rows that two people share
    private readonly GroupedWords words = new();
    private readonly PerWord<int> known = new(static _ => -1);
    private readonly WordCounts<WrittenNumber?> numbers;
    private readonly List<ScoreSums> scores = []; // by group, once the values are too many
    private WordCodes? values = new(); // null then
    private CodedColumn? wordless; // a column that was told that no words are needed
    private string? noNumber; // where the first cell stands that is none

    /// <summary>An output.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="number">Its number among the outputs.</param>
    /// <param name="people">What is known of people; null when each row is one.</param>
    public OutputColumn(string name, int number, PeopleSums? people)
    {
        (this.name, this.number, this.people) = (name, number, people);
        numbers = new WordCounts<WrittenNumber?>(Cells.Written, (group, score, count) => Scores(group).Add(score!.Value, count));
    }

    /// <summary>How many values there are; 0 for too many.</summary>
    public int Values => values?.Count ?? 0;

    /// <summary>Counts the cells of a block.</summary>
    /// <exception cref="AuditInputException">The values are too many, and not all of them are finite numbers.</exception>
    public void Add(CodedColumn cells, BlockRows block)
    {
        if (cells.Numbers is { } found)
        {
            AddNumbers(found, cells.Codes, block);
            return;
        }

        var next = values is null ? 0 : TryAddKnown(cells, block) ? block.Count : AddValues(cells, block);
        if (values is not null)
            return;
        AddNumbers(cells, block, next);
        if (wordless != cells)
            (wordless = cells).LeaveWords();
    }

    /// <summary>The sums.</summary>
    /// <param name="groups">The groups, in the order of their names.</param>
    /// <param name="groupRows">Rows of each group, and of those the ones that two people share.</param>
    public OutputSums Close(IReadOnlyList<int> groups, GroupedCounts groupRows)
    {
        numbers.HandOver();
        if (values is null)
            return new OutputSums(name, [], [], [.. groups.Select(group => group < scores.Count ? scores[group] : new ScoreSums())]);
        var words = Enumerable.Range(0, values.Count).Select(value => (Value: value, Name: values.Text(value)
            ?? throw new AuditInputException($"column `{name}` holds a text that is no UTF-8", "save the table as UTF-8")))
            .OrderBy(word => word.Name, StringComparer.Ordinal).ToList();
        return new OutputSums(
            name, [.. words.Select(word => word.Name)],
            [.. groups.Select(group => (IReadOnlyList<CellSums>)[.. words.Select(word => people is null
                ? CellSums.OfSingles(groupRows[group, 0], rows[group, word.Value])
                : people.Got(group, number, word.Value).Shared(groupRows[group, 1], shared[group, word.Value]))])],
            noNumber is not null ? null : [.. groups.Select(Numbers)]);
    }

    // Most blocks of a table of few values have no new one.
    private bool TryAddKnown(CodedColumn cells, BlockRows block)
    {
        if (people is not null || !words.TryCount(cells, block.Groups.AsSpan(0, block.Count), block.GroupCount))
            return false;
        var valueOf = known.Of(cells).AsSpan(0, cells.Words.Count);
        for (var group = 0; group < words.Groups; group++)
        {
            var counts = words.Of(group);
            for (var word = 0; word < counts.Length; word++)
            {
                if (counts[word] > 0 && valueOf[word] < 0)
                    return false;
            }
        }

        for (var group = 0; group < words.Groups; group++)
        {
            var counts = words.Of(group);
            for (var word = 0; word < counts.Length; word++)
            {
                if (counts[word] > 0)
                    rows.Add(group, valueOf[word], counts[word]);
            }
        }

        return true;
    }

    // Stops before the row whose value is one too many.
    private int AddValues(CodedColumn cells, BlockRows block)
    {
        var (codes, groups) = (cells.Codes, block.Groups);
        var valueOf = known.Of(cells);
        for (var i = 0; i < block.Count; i++)
        {
            var value = valueOf[codes[i]];
            if (value < 0)
            {
                if ((value = valueOf[codes[i]] = NewValue(cells[i], block, i)) < 0)
                    return i;
            }

            rows.Add(groups[i], value);
        }

        for (var i = 0; people is not null && i < block.Count; i++)
        {
            var value = valueOf[codes[i]];
            people.Get(block.People![i], number, value);
            if (!block.IsShared(i))
                continue;
            shared.Add(groups[i], value);
            people.Get(block.Seconds![i], number, value);
        }

        return block.Count;
    }

    private void AddNumbers(CodedColumn cells, BlockRows block, int from)
    {
        var codes = cells.Codes;
        var scoreOf = numbers.Begin(cells);
        for (var i = from; i < block.Count; i++)
        {
            if (scoreOf[codes[i]] is null)
                throw NoNumber(block.PlaceOf(i));
            numbers.Add(block.Groups[i], codes[i]);
        }
    }

    private void AddNumbers(NumberCells found, int[] codes, BlockRows block)
    {
        for (var i = 0; i < block.Count; i++)
        {
            var place = codes[i];
            if (double.IsNaN(found.Values[place]))
                throw NoNumber(block.PlaceOf(i));
            Scores(block.Groups[i]).Add(found.WrittenAt(place), 1);
        }
    }

    // The number of a value; -1 when it is one too many to be a class.
    private int NewValue(ReadOnlySpan<byte> cell, BlockRows block, int row)
    {
        var value = values!.CodeOf(cell);
        if (value < OutputSums.ValuesMax)
        {
            noNumber ??= Cells.Number(cell) is null ? block.PlaceOf(row) : null;
            return value;
        }

        if (noNumber is not null)
            throw NoNumber(noNumber);
        for (var group = 0; group < OutputSums.ValuesMax; group++)
            AddScores(group);
        people?.Forget(number);
        values = null;
        return -1;
    }

    private ScoreSums Numbers(int group)
    {
        AddScores(group);
        return Scores(group);
    }

    private void AddScores(int group)
    {
        for (var value = 0; value < Math.Min(values!.Count, OutputSums.ValuesMax); value++)
        {
            if (rows[group, value] is var count and > 0)
                Scores(group).Add(Cells.Written(values[value])!.Value, count);
        }
    }

    private ScoreSums Scores(int group)
    {
        while (scores.Count <= group)
            scores.Add(new ScoreSums());
        return scores[group];
    }

    private AuditInputException NoNumber(string place) => new(
        $"column `{name}` has more than {OutputSums.ValuesMax} values, and the one at {place} is no finite number",
        $"an output is a class of few values or a score: where rows without one have failed, say so, --fta '{name} == \"\"'");
}
