using Untag.Audit;
using Untag.Audit.Aggregates;
using Untag.Audit.Embeddings;
using Untag.Audit.Judging;
using Untag.Audit.Tables;

namespace Untag.Erase;

/// <summary>Takes a trait out of embeddings.</summary>
/// <remarks>
/// <list type="number">
/// <item>a map is fitted on moments of half of the people (<see cref="Fit"/>, <see cref="LinearEraser"/>);</item>
/// <item>it is applied row by row (<see cref="Apply"/>), and to what is finally consumed (<see cref="ConsumedForm"/>);</item>
/// <item>probes try to find the trait in the other half (<see cref="Certifier"/>).</item>
/// </list>
/// </remarks>
public static class Eraser
{
    /// <summary>Fits a map.</summary>
    /// <exception cref="AuditInputException">The data cannot be used, are too few, or there is nothing to erase.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static ErasureMap Fit(EraseRequest request, CancellationToken cancellation)
    {
        var sums = Auditor.Sums(request.AsAudit, request.Labels, cancellation);
        var cells = new MomentCells(sums.Groups.Count, request.Keep is null ? 1 : Classes(sums.Outputs[0]));
        var people = Enumerable.Range(0, cells.Groups).Select(_ => new PeopleCount(request.Person is not null)).ToList();
        ClassMoments? moments = null;
        FeatureMap? features = null;
        new LabelledRows(request, sums, cancellation).Walk((rows, group, task, person) =>
        {
            features ??= new FeatureMap(rows.Dimensions);
            features.Take(rows);
            moments ??= new ClassMoments(features, cells.Count);
            moments.Add(features, cells.Of(group, task));
            people[group].Add(person);
        });
        if (cells.Groups > 1 && people.Any(group => group.Total < Disclosure.PeopleMin))
        {
            throw new AuditInputException(
                $"a group has fewer than {Disclosure.PeopleMin} people to fit on: its mean would be nearly the embedding of a person",
                request.FittedOn == FittedPeople.Half ? "give more people: half of them are left to certify the map on" : "give more people");
        }

        var eraser = LinearEraser.Fit(moments!, cells, people.Sum(group => group.Total), new EraserShape(request.Shrinks, request.Centres));
        return new ErasureMap(eraser, new MapNote
        {
            Method = request.Keep is null ? "leace" : "splince",
            Dimensions = eraser.Dimensions,
            Directions = eraser.Rank,
            Shrunk = Disclosure.Rounded(eraser.Shrunk)!.Value,
            Centred = request.Centres,
            FittedOn = request.FittedOn == FittedPeople.Half ? MapNote.Half : MapNote.Everybody,
            Kept = request.Keep,
            Groups = [.. sums.Groups.Select((group, g) => new MapGroup(group.Name, Disclosure.Rounded(people[g].Total)))],
        });
    }

    /// <summary>Erases an array, row by row.</summary>
    /// <param name="map">The map.</param>
    /// <param name="array">The array.</param>
    /// <param name="form">What becomes of a row behind the map.</param>
    /// <param name="output">Where the array is written.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Rows written.</returns>
    /// <exception cref="AuditInputException">The array cannot be used, or has another number of coordinates than the map.</exception>
    public static long Apply(ErasureMap map, TableSource array, ConsumedForm form, Stream output, CancellationToken cancellation)
    {
        using var rows = new NpyRows(array);
        map.CheckFits(rows, array.Name);
        var type = form.Type(rows.Width switch { 2 => NpyType.Float16, 4 => NpyType.Float32, _ => NpyType.Float64 });
        NpyWriter.WriteHead(output, type, rows.Rows, rows.Dimensions);
        var buffer = new byte[rows.Dimensions * sizeof(double)];
        while (rows.Next())
        {
            if (rows.Read % 4096 == 0)
                cancellation.ThrowIfCancellationRequested();
            map.Eraser.Apply(rows);
            form.Apply(rows);
            NpyWriter.WriteRow(output, type, rows, buffer);
        }

        return rows.Rows;
    }

    private static int Classes(OutputSums task) => task.Values.Count switch
    {
        0 => throw new AuditInputException($"column `{task.Name}` has more than {OutputSums.ValuesMax} values: it is no task of classes", "keep a column with few values"),
        1 => throw new AuditInputException($"column `{task.Name}` has one value: there is nothing to keep", "keep a column with two values or more"),
        var count => count,
    };

    /// <summary>Counts people of a group.</summary>
    private sealed class PeopleCount(bool recur)
    {
        private readonly HashSet<ulong> seen = [];

        public long Total { get; private set; }

        public void Add(ulong person)
        {
            if (!recur || seen.Add(person))
                Total++;
        }
    }
}
