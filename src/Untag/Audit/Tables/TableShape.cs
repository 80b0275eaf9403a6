using Untag.Columnar;

namespace Untag.Audit.Tables;

/// <summary>What the first of several tables looks like: those that follow must look the same to count as one table.</summary>
internal sealed class TableShape(TableRows first)
{
    private readonly string name = first.Name;
    private readonly IReadOnlyList<string> columns = first.Columns;
    private readonly IReadOnlyList<ColumnType>? types = first.Types;

    /// <summary>Makes sure that a table looks like the first.</summary>
    /// <exception cref="AuditInputException">It has other columns, or one that is asked for holds something else.</exception>
    public void Check(TableRows next)
    {
        if (DifferenceOf(next) is { } difference)
            throw new AuditInputException($"`{next.Name}` {difference}", "audit tables together that have the same columns");
    }

    private string? DifferenceOf(TableRows next)
    {
        if (columns.Except(next.Columns, StringComparer.Ordinal).FirstOrDefault() is { } missing)
            return $"has no column `{missing}`, which `{name}` has";
        if (next.Columns.Except(columns, StringComparer.Ordinal).FirstOrDefault() is { } more)
            return $"has a column `{more}`, which `{name}` has not";
        if (!columns.SequenceEqual(next.Columns, StringComparer.Ordinal))
            return $"has its columns in another order than `{name}`";
        for (var i = 0; types is not null && next.Types is not null && i < columns.Count; i++)
        {
            var (here, there) = (next.Types[i].InWords, types[i].InWords);
            if (next.IsAsked(i) && here != there)
                return $"holds {here} in `{columns[i]}`, and `{name}` {there}";
        }

        return null;
    }
}
