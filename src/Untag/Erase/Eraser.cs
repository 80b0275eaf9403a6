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
    // Products in float32 err by some 1e-7 of a variance. Where less than this share of one does not follow from other coordinates, they
    // are added again in float64: a tag that hides in a late digit is found all the same.
    private const double SingleShareMin = 1e-3;
    private const int BlockBytes = 4 << 20;

    /// <summary>Fits a map.</summary>
    /// <exception cref="AuditInputException">The data cannot be used, are too few, or there is nothing to erase.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static ErasureMap Fit(EraseRequest request, CancellationToken cancellation)
    {
        var sums = Auditor.Sums(request.AsAudit, request.Labels, cancellation);
        var cells = new MomentCells(sums.Groups.Count, request.Keep is null ? 1 : Classes(sums.Outputs[0]));
        var people = new FittedMoments(request, new LabelledRows(request, sums, cancellation), cells, MomentKind.Fit);
        var shape = new EraserShape(request.Shrinks, request.Centres);
        // Of few people some coordinates follow from others, and rounding would hide it.
        var isSingle = people.IsSingle && people.Total >= people.First.Size + (10L * cells.Groups);
        var eraser = LinearEraser.Fit(isSingle || !people.IsSingle ? people.First : people.Exact(), cells, people.Total, shape);
        if (isSingle && eraser.LeastShare < SingleShareMin)
            eraser = LinearEraser.Fit(people.Exact(), cells, people.Total, shape);
        return new ErasureMap(eraser, MapNote.Of(
            eraser, request.Keep, request.Centres, MapNote.NameOf(request.FittedOn),
            [.. sums.Groups.Select((group, g) => new MapGroup(group.Name, Disclosure.Rounded(people.People(g))))]));
    }

    /// <summary>Adds up what a map is fitted on, of a part of the people, and fits nothing.</summary>
    /// <exception cref="AuditInputException">The data cannot be used, or are of so few people that sums would tell of them.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static ErasureMoments Moments(EraseRequest request, CancellationToken cancellation)
    {
        if (request.Keep is not null)
            throw new AuditInputException("sums of parts hold the groups alone: no task can be kept", "leave --keep out, or fit on all parts together");
        var sums = Auditor.Sums(request.AsAudit, request.Labels, cancellation);
        var cells = new MomentCells(sums.Groups.Count, 1);
        var people = new FittedMoments(request, new LabelledRows(request, sums, cancellation), cells, MomentKind.Part);
        var moments = people.First;
        PartMoments.CheckAll(people.Total, moments.Size, cells.Groups, "fit on all parts together");
        return new ErasureMoments(
            new MomentsNote(
                MomentsNote.SchemaName, ErasureMoments.Warning, request.Group, request.Person, MapNote.NameOf(request.FittedOn), moments.Size,
                [.. sums.Groups.Select((group, g) => new MomentsGroup(group.Name, people.People(g), moments.Rows[g]))]),
            ExactSums.Of(moments));
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
        var type = (form.Stored, rows.Width) switch
        {
            ("int8", _) => NpyType.Int8,
            ("float16", _) or (_, 2) => NpyType.Float16,
            (_, 4) => NpyType.Float32,
            _ => NpyType.Float64,
        };
        NpyWriter.WriteHead(output, type, rows.Rows, rows.Dimensions);
        if (type == NpyType.Float32 && form.Steps.Count == 0)
            ApplyBlocks(map.Eraser, rows, output, cancellation);
        else
            ApplyRows(map.Eraser, rows, form, type, output, cancellation);
        return rows.Rows;
    }

    private static void ApplyRows(LinearEraser eraser, NpyRows rows, ConsumedForm form, NpyType type, Stream output, CancellationToken cancellation)
    {
        var buffer = new byte[rows.Dimensions * sizeof(double)];
        while (rows.Next())
        {
            if (rows.Read % 4096 == 0)
                cancellation.ThrowIfCancellationRequested();
            eraser.Apply(rows);
            form.Apply(rows);
            NpyWriter.WriteRow(output, type, rows, buffer);
        }
    }

    // While a block is erased by all workers, the one before is written and the next one read.
    private static void ApplyBlocks(LinearEraser eraser, NpyRows rows, Stream output, CancellationToken cancellation)
    {
        var kernel = new SingleEraser(eraser);
        var rowsOfBlock = Math.Max(1, BlockBytes / (rows.Dimensions * sizeof(float)));
        var (block, erased) = (new RowBlock(rowsOfBlock, rows.Dimensions), new RowBlock(rowsOfBlock, rows.Dimensions));
        for (var isThere = rows.Next(block); isThere;)
        {
            cancellation.ThrowIfCancellationRequested();
            kernel.Apply(block);
            (block, erased) = (erased, block);
            var written = Task.Run(() => NpyWriter.WriteBlock(output, erased), CancellationToken.None);
            try
            {
                isThere = rows.Next(block);
            }
            finally
            {
                written.GetAwaiter().GetResult();
            }
        }
    }

    private static int Classes(OutputSums task) => task.Values.Count switch
    {
        0 => throw new AuditInputException($"column `{task.Name}` has more than {OutputSums.ValuesMax} values: it is no task of classes", "keep a column with few values"),
        1 => throw new AuditInputException($"column `{task.Name}` has one value: there is nothing to keep", "keep a column with two values or more"),
        var count => count,
    };
}
