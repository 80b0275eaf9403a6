using Untag.Audit;
using Untag.Audit.Embeddings;

namespace Untag.Erase;

/// <summary>An affine map after which no straight line through an embedding tells the groups it was fitted on apart: x ↦ x − A C′ x + b,
/// with one column of A and C for each direction that is taken out.</summary>
/// <remarks>LEACE (Belrose and others, NeurIPS 2023, theorem 4.3) without an eigenvalue of the covariance. With Σ = L L′, B = [√p_j (μ_j −
/// μ)], W = L⁻¹ B and an orthonormal basis U = W R of its columns, C = L′⁻¹ U and A = B R: the map P = I − A C′ is I − L U U′ L⁻¹, the
/// projection along the means of the groups that is orthogonal after whitening. The lengths of the columns of W R are canonical
/// correlations, so that what counts as a direction hangs neither on units nor on the size of a group. P B = 0 hangs on C′ A = I alone,
/// which is made to hold to the last digits: a covariance that is rough, or shrunk, costs a larger edit and no erasure.
/// <para>SPLINCE (Holstege, Ravfogel and Wouters, NeurIPS 2025, theorem 1) keeps P Σ_xy = Σ_xy for a task y: with U_y a basis of L⁻¹ Σ_xy,
/// C = L′⁻¹ (I − U_y U_y′) U instead.</para></remarks>
/// <param name="Removed">A.</param>
/// <param name="Read">C. Whoever has it can read the tag.</param>
/// <param name="Offset">b, one column.</param>
/// <param name="Correlations">Squared canonical correlations of the directions, largest first.</param>
/// <param name="Shrunk">How far the covariance was brought towards the identity, from 0 to 1.</param>
internal sealed record LinearEraser(
    Columns Removed, Columns Read, Columns Offset, IReadOnlyList<Correlation> Correlations, double Shrunk)
{
    // A direction of which less than this lies outside of the task would be stretched a thousandfold.
    private const double SineMin = 1e-3;

    /// <summary>The least share of the variance of a coordinate that does not follow from others (<see cref="PivotedCholesky"/>).</summary>
    public double LeastShare { get; init; } = 1;

    /// <summary>Coordinates.</summary>
    public int Dimensions => Removed.Length;

    /// <summary>Directions taken out: at most one less than there are groups.</summary>
    public int Rank => Removed.Count;

    /// <summary>Fits a map.</summary>
    /// <param name="moments">By cell.</param>
    /// <param name="cells">Which group and class of the task a cell is.</param>
    /// <param name="people">How many people the rows are of.</param>
    /// <param name="shape">How the map is to be.</param>
    /// <exception cref="AuditInputException">There is nothing to erase, there are too few people, or the task is the tag.</exception>
    public static LinearEraser Fit(ClassMoments moments, MomentCells cells, long people, EraserShape shape)
    {
        if (moments.Total == 0 || cells.GroupsWithRows(moments) < 2)
            throw new AuditInputException("all rows are of one group: there is nothing to erase", "name a column with two groups or more");
        var covariance = moments.Covariance();
        var shrunk = shape.Shrinks ? Shrinkage.Apply(covariance, people) : 0;
        var root = new PivotedCholesky(covariance);
        CheckPeople(root.Rank, cells.Groups, people, shape);
        var means = cells.GroupMeans(moments);
        var (correlations, basis, removed) = OrthogonalColumns.Of(root.Whitened(means), means);
        if (correlations.Count == 0)
            throw new AuditInputException("the means of the groups are the same: there is nothing to erase", "look whether the table belongs to the array");
        if (cells.Tasks > 1)
            basis = Beside(basis, OrthogonalColumns.Of(root.Whitened(cells.TaskMeans(moments)), cells.TaskMeans(moments)).Columns);
        var read = root.Read(basis);
        SmallSystem.MakeDual(read, removed);
        SmallSystem.MakeDual(read, removed); // once more for the rounding of the first time
        return new LinearEraser(removed, read, OffsetOf(moments, read, removed, shape.Centres), correlations, shrunk)
        {
            LeastShare = root.LeastShare,
        };
    }

    /// <summary>Erases the present row of an array, in place.</summary>
    public void Apply(NpyRows rows)
    {
        Span<double> x = rows.Numbers, seen = stackalloc double[Rank];
        for (var j = 0; j < Rank; j++)
            seen[j] = SymmetricMatrix.Dot(Read[j], x);
        for (var i = 0; i < x.Length; i++)
            x[i] += Offset[i, 0];
        for (var j = 0; j < Rank; j++)
        {
            var along = Removed[j];
            for (var i = 0; i < x.Length; i++)
                x[i] -= along[i] * seen[j];
        }
    }

    /// <summary>P of each column, in place: what a map does to differences of embeddings, without its offset.</summary>
    public void Project(Columns columns)
    {
        for (var at = 0; at < columns.Count; at++)
        {
            for (var j = 0; j < Rank; j++)
                columns.AddScaled(at, Removed, j, -Read.Dot(j, columns, at));
        }
    }

    private static void CheckPeople(int rank, int groups, long people, EraserShape shape)
    {
        var least = rank + (10L * groups);
        if (!shape.Shrinks && people < least)
        {
            throw new AuditInputException(
                $"{people} people are too few for {rank} coordinates and {groups} groups",
                $"give at least {least}, or fewer coordinates, or write --shrink");
        }
    }

    // (I − U_y U_y′) U: what of the directions lies outside of the task.
    private static Columns Beside(Columns basis, Columns task)
    {
        var outside = basis.First(basis.Count);
        for (var j = 0; j < basis.Count; j++)
        {
            for (var t = 0; t < task.Count; t++)
                outside.AddScaled(j, task, t, -outside.Dot(j, task, t));
        }

        var turned = outside.First(outside.Count);
        var sines = OrthogonalColumns.Of(turned, outside.First(outside.Count)).Squares;
        return sines.Count == basis.Count && sines[^1].Squared >= SineMin * SineMin ? outside : throw new AuditInputException(
            "the task and the group lie in the same direction: whatever erases one erases the other", "leave --keep out");
    }

    // b = A C′ μ keeps the mean where it is; with −μ it comes to 0.
    private static Columns OffsetOf(ClassMoments moments, Columns read, Columns removed, bool centres)
    {
        var mean = new Columns(moments.Size, 1);
        for (var i = 0; i < moments.Size; i++)
            mean[i, 0] = moments.Mean(i);
        var offset = new Columns(moments.Size, 1);
        if (centres)
            offset.AddScaled(0, mean, 0, -1);
        for (var j = 0; j < read.Count; j++)
            offset.AddScaled(0, removed, j, read.Dot(j, mean, 0));
        return offset;
    }
}

/// <summary>How a map is to be.</summary>
/// <param name="Shrinks">True to bring the covariance towards the identity: for few people.</param>
/// <param name="Centres">True to bring the mean to 0, for embeddings that are brought to length 1 afterwards.</param>
internal readonly record struct EraserShape(bool Shrinks, bool Centres);
