using Untag.Policy;

namespace Untag.Audit.Tables;

/// <summary>The names of the columns of a table.</summary>
internal sealed class TableHeader
{
    private readonly TableRows rows;

    /// <summary>The header of a table.</summary>
    /// <exception cref="AuditInputException">The table is empty.</exception>
    public TableHeader(TableRows rows)
    {
        this.rows = rows;
        if (rows.Columns.Count == 0)
            throw new AuditInputException($"`{rows.Name}` is empty", "the first row names the columns");
    }

    /// <summary>Asks for a column by its name.</summary>
    /// <exception cref="AuditInputException">There is no such column, or there are two, or it holds no cells.</exception>
    public CodedColumn Find(string column)
    {
        var at = -1;
        for (var i = 0; i < rows.Columns.Count; i++)
        {
            if (rows.Columns[i] != column)
                continue;
            if (at >= 0)
                throw new AuditInputException($"`{rows.Name}` has two columns `{column}`", "give one of them another name");
            at = i;
        }

        return at >= 0 ? rows.Ask(at) : throw new AuditInputException(
            $"`{rows.Name}` has no column `{column}`", Spelling.Hint(column, rows.Columns));
    }
}
