namespace Untag.Erase;

/// <summary>Turns columns about each other until they are at right angles: their lengths are the singular values then.</summary>
/// <remarks>One-sided Jacobi (Hestenes 1958; Demmel and Veselić 1992): small singular values come out as exactly as large ones. The
/// mean of a group of one in 500 is such a small one; from products of the columns it would be lost.</remarks>
internal static class OrthogonalColumns
{
    // Of whitened means of groups the squared length is a squared canonical correlation, from 0 to 1 whatever the unit. Below
    // this there is nothing: means by chance differ by 1 / n.
    private const double CorrelationMin = 1e-10;
    private const int SweepsMax = 60;

    /// <summary>Turns the columns, and others with them; the longest come first, those without length are dropped.</summary>
    /// <param name="columns">At right angles to each other, and of length 1, when it returns.</param>
    /// <param name="others">Turned, put in order and divided by the same numbers.</param>
    /// <returns>The squared lengths of the columns that are left, and both.</returns>
    public static (IReadOnlyList<Correlation> Squares, Columns Columns, Columns Others) Of(Columns columns, Columns others)
    {
        for (var (sweep, turned) = (0, true); turned && sweep < SweepsMax; sweep++)
        {
            turned = false;
            for (var p = 0; p < columns.Count; p++)
            {
                for (var q = p + 1; q < columns.Count; q++)
                    turned |= Turn(columns, others, p, q);
            }
        }

        for (var p = 0; p < columns.Count; p++)
        {
            var longest = Enumerable.Range(p, columns.Count - p).MaxBy(q => columns.Dot(q, columns, q));
            columns.Exchange(p, longest);
            others.Exchange(p, longest);
        }

        var squares = Enumerable.Range(0, columns.Count).Select(p => new Correlation(columns.Dot(p, columns, p)))
            .TakeWhile(square => square.Squared >= CorrelationMin).ToList();
        for (var p = 0; p < squares.Count; p++)
        {
            var length = Math.Sqrt(squares[p].Squared);
            columns.Scale(p, 1 / length);
            others.Scale(p, 1 / length);
        }

        return (squares, columns.First(squares.Count), others.First(squares.Count));
    }

    private static bool Turn(Columns columns, Columns others, int p, int q)
    {
        double first = columns.Dot(p, columns, p), second = columns.Dot(q, columns, q), both = columns.Dot(p, columns, q);
        if (Math.Abs(both) <= 1e-16 * Math.Sqrt(first * second) || Math.Min(first, second) < 1e-28)
            return false;
        var ratio = (second - first) / (2 * both);
        var tangent = (ratio >= 0 ? 1 : -1) / (Math.Abs(ratio) + Math.Sqrt((ratio * ratio) + 1));
        var cosine = 1 / Math.Sqrt((tangent * tangent) + 1);
        columns.Turn(p, q, cosine, tangent * cosine);
        others.Turn(p, q, cosine, tangent * cosine);
        return Math.Abs(both) > 1e-15 * Math.Sqrt(first * second);
    }
}

/// <summary>A canonical correlation ρ of features and groups.</summary>
/// <param name="Squared">ρ², from 0 to 1.</param>
internal readonly record struct Correlation(double Squared);
