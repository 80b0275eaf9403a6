using Untag.Audit;
using Untag.Audit.Aggregates;
using Untag.Audit.Embeddings;
using Untag.Audit.Tables;

namespace Untag.Erase;

/// <summary>Walks over an array of embeddings beside its tables.</summary>
internal sealed class LabelledRows(EraseRequest request, AuditSums sums, CancellationToken cancellation)
{
    private const int BlockRows = 512; // half of them are of the fit: their panels stay in the second cache

    /// <summary>Goes over all rows of people that a map is fitted on, one at a time.</summary>
    /// <param name="row">Told the array at the row, its group, its class of the task (0 without one) and its person.</param>
    /// <exception cref="AuditInputException">The array does not fit the tables.</exception>
    public void Walk(Action<NpyRows, int, int, ulong> row)
    {
        using var labels = Labels().GetEnumerator();
        foreach (var array in Arrays())
        {
            using var rows = new NpyRows(array);
            while (rows.Next())
            {
                if (rows.Read % 4096 == 0)
                    cancellation.ThrowIfCancellationRequested();
                labels.MoveNext();
                var (group, task, person) = labels.Current;
                if (IsMeant(person))
                    row(rows, group, task, person);
            }
        }
    }

    /// <summary>Goes over the same rows in blocks, of an array of float16 or float32.</summary>
    /// <param name="cells">Which group and class of the task a cell is.</param>
    /// <param name="person">Told the group and the person of each row.</param>
    /// <param name="block">Told each block that holds a row, with the cells of its rows, one after the other. Meanwhile the next one is read.</param>
    /// <exception cref="AuditInputException">The array does not fit the tables.</exception>
    public void WalkBlocks(MomentCells cells, Action<int, ulong> person, Action<RowBlock> block)
    {
        using var labels = Labels().GetEnumerator();
        foreach (var array in Arrays())
        {
            using var rows = new NpyRows(array);
            var (read, told) = (new RowBlock(BlockRows, rows.Dimensions), new RowBlock(BlockRows, rows.Dimensions));
            var telling = Task.CompletedTask;
            try
            {
                while (rows.Next(read))
                {
                    cancellation.ThrowIfCancellationRequested();
                    Label(read, labels, cells, person);
                    telling.GetAwaiter().GetResult();
                    (read, told) = (told, read);
                    var whole = told;
                    telling = whole.Kept.Any() ? Task.Run(() => block(whole), CancellationToken.None) : Task.CompletedTask;
                }
            }
            finally
            {
                telling.GetAwaiter().GetResult();
            }
        }
    }

    /// <summary>True when the numbers of the arrays have no more digits than float32.</summary>
    /// <exception cref="AuditInputException">The arrays do not fit the tables.</exception>
    public bool AreSingle()
    {
        var areSingle = true;
        foreach (var array in Arrays())
        {
            using var rows = new NpyRows(array);
            areSingle &= rows.Width <= sizeof(float);
        }

        return areSingle;
    }

    private void Label(
        RowBlock rows, IEnumerator<(int Group, int Task, ulong Person)> labels, MomentCells cells, Action<int, ulong> person)
    {
        for (var at = 0; at < rows.Rows; at++)
        {
            labels.MoveNext();
            var (group, task, who) = labels.Current;
            rows.Groups[at] = IsMeant(who) ? cells.Of(group, task) : RowBlock.LeftOut;
            if (IsMeant(who))
                person(group, who);
        }
    }

    private bool IsMeant(ulong person) => request.FittedOn == FittedPeople.Everybody || IsFitted(person);

    // The arrays, when all of them together have a row for each of the tables.
    private IReadOnlyList<TableSource> Arrays()
    {
        var (total, dimensions) = (0L, 0);
        IReadOnlyList<TableSource> arrays = [request.Embedding, .. request.Shards];
        foreach (var array in arrays)
        {
            using var rows = new NpyRows(array);
            total += rows.Rows;
            if (dimensions > 0 && rows.Dimensions != dimensions)
            {
                throw new AuditInputException(
                    $"`{array.Name}` has {rows.Dimensions} coordinates, `{request.Embedding.Name}` {dimensions}", "name arrays of one model");
            }

            dimensions = rows.Dimensions;
        }

        var name = $"`{request.Embedding.Name}`" + (request.Shards.Count > 0 ? $" and {request.Shards.Count} more have" : " has");
        return total == sums.Rows ? arrays : throw new AuditInputException(
            $"{name} {total} rows, the labels {sums.Rows}", "an embedding stands in the row of the array that its row of the table has");
    }

    // The group, the class of the task and the person of each row.
    private IEnumerable<(int Group, int Task, ulong Person)> Labels()
    {
        var audit = request.AsAudit;
        using var tasks = (request.Keep is null
            ? Enumerable.Repeat((Group: 0, Person: 0UL), int.MaxValue)
            : new LabelledPeople(audit with { Group = request.Keep, Person = null }, request.Labels, sums.Outputs[0].Values).Rows()).GetEnumerator();
        foreach (var (group, person) in new LabelledPeople(audit, request.Labels, [.. sums.Groups.Select(told => told.Name)]).Rows())
        {
            tasks.MoveNext();
            yield return (group, tasks.Current.Group, person);
        }
    }

    /// <summary>True for the half of people that maps are fitted on. It hangs on the person alone, and not on what tells the sets of a
    /// probe apart (<see cref="LabelledPeople.SetOf"/>).</summary>
    public static bool IsFitted(ulong person) => (person & 1) == 0;
}
