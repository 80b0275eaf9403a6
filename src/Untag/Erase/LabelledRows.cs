using Untag.Audit;
using Untag.Audit.Aggregates;
using Untag.Audit.Embeddings;

namespace Untag.Erase;

/// <summary>Walks over an array of embeddings beside its tables.</summary>
internal sealed class LabelledRows(EraseRequest request, AuditSums sums, CancellationToken cancellation)
{
    /// <summary>Goes over all rows of people that a map is fitted on.</summary>
    /// <param name="row">Told the array at the row, its group, its class of the task (0 without one) and its person.</param>
    /// <exception cref="AuditInputException">The array does not fit the tables.</exception>
    public void Walk(Action<NpyRows, int, int, ulong> row)
    {
        using var rows = new NpyRows(request.Embedding);
        if (rows.Rows != sums.Rows)
        {
            throw new AuditInputException(
                $"`{request.Embedding.Name}` has {rows.Rows} rows, the labels {sums.Rows}", "an embedding stands in the row of the array that its row of the table has");
        }

        var audit = request.AsAudit;
        using var tasks = (request.Keep is null
            ? Enumerable.Repeat((Group: 0, Person: 0UL), int.MaxValue)
            : new LabelledPeople(audit with { Group = request.Keep, Person = null }, request.Labels, sums.Outputs[0].Values).Rows()).GetEnumerator();
        foreach (var (group, person) in new LabelledPeople(audit, request.Labels, [.. sums.Groups.Select(told => told.Name)]).Rows())
        {
            if (rows.Read % 4096 == 0)
                cancellation.ThrowIfCancellationRequested();
            rows.Next();
            tasks.MoveNext();
            if (request.FittedOn == FittedPeople.Everybody || IsFitted(person))
                row(rows, group, tasks.Current.Group, person);
        }
    }

    /// <summary>True for the half of people that maps are fitted on. It hangs on the person alone, and not on what tells the sets of a
    /// probe apart (<see cref="LabelledPeople.SetOf"/>).</summary>
    public static bool IsFitted(ulong person) => (person & 1) == 0;
}
