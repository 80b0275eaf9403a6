using Untag.Audit.Embeddings;

namespace Untag.Erase;

/// <summary>Moments are kept by cell: a group, and within it a class of the task that is to survive. From the same sums come the means by
/// group and those by class.</summary>
/// <param name="Groups">Number of groups.</param>
/// <param name="Tasks">Number of classes of the task; 1 for none.</param>
internal sealed record MomentCells(int Groups, int Tasks)
{
    /// <summary>Number of cells.</summary>
    public int Count => Groups * Tasks;

    /// <summary>The cell of a row.</summary>
    public int Of(int group, int task) => (group * Tasks) + task;

    /// <summary>Groups that have a row.</summary>
    public int GroupsWithRows(ClassMoments moments) => Enumerable.Range(0, Groups).Count(group =>
        Enumerable.Range(0, Tasks).Any(task => moments.Rows[Of(group, task)] > 0));

    /// <summary>√p_j (μ_j − μ) for each group.</summary>
    public Columns GroupMeans(ClassMoments moments) =>
        Means(moments, Groups, group => Enumerable.Range(0, Tasks).Select(task => Of(group, task)));

    /// <summary>The same for each class of the task.</summary>
    public Columns TaskMeans(ClassMoments moments) =>
        Means(moments, Tasks, task => Enumerable.Range(0, Groups).Select(group => Of(group, task)));

    private static Columns Means(ClassMoments moments, int count, Func<int, IEnumerable<int>> cellsOf)
    {
        var means = new Columns(moments.Size, count);
        for (var j = 0; j < count; j++)
        {
            var cells = cellsOf(j).Where(cell => moments.Rows[cell] > 0).ToList();
            var share = cells.Sum(moments.Share);
            if (share == 0)
                continue;
            foreach (var cell in cells)
            {
                for (var i = 0; i < moments.Size; i++)
                    means[i, j] += moments.Share(cell) / Math.Sqrt(share) * moments.Offset(cell, i);
            }
        }

        return means;
    }
}
