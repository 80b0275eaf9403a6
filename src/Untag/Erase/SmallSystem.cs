namespace Untag.Erase;

/// <summary>Solves systems of as many equations as there are directions to erase.</summary>
internal static class SmallSystem
{
    /// <summary>Combines the columns of A so that C′ A = I: A becomes A (C′ A)⁻¹.</summary>
    /// <remarks>Gauss and Jordan's elimination on the columns, with the largest entry of each row as pivot.</remarks>
    public static void MakeDual(Columns read, Columns removed)
    {
        for (var row = 0; row < read.Count; row++)
        {
            var pivot = Enumerable.Range(row, read.Count - row).MaxBy(j => Math.Abs(read.Dot(row, removed, j)));
            removed.Exchange(row, pivot);
            removed.Scale(row, 1 / read.Dot(row, removed, row));
            for (var j = 0; j < removed.Count; j++)
            {
                if (j != row)
                    removed.AddScaled(j, removed, row, -read.Dot(row, removed, j));
            }
        }
    }
}
