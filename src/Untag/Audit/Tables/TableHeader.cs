using System.Text;
using Untag.Policy;

namespace Untag.Audit.Tables;

/// <summary>The names of the columns of a table.</summary>
internal sealed class TableHeader
{
    private readonly string path;
    private readonly string[] names;

    /// <summary>Reads the first row.</summary>
    public TableHeader(TableRows rows, string path)
    {
        this.path = path;
        if (!rows.Read())
            throw new AuditInputException($"`{path}` is empty", "the first row names the columns");
        names = new string[rows.Count];
        for (var i = 0; i < names.Length; i++)
            names[i] = Encoding.UTF8.GetString(rows[i]);
    }

    /// <summary>The names, in order.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>The number of a column.</summary>
    /// <exception cref="AuditInputException">There is no such column, or there are two.</exception>
    public int Find(string column)
    {
        var at = Array.IndexOf(names, column);
        if (at < 0)
            throw new AuditInputException($"`{path}` has no column `{column}`", Spelling.Hint(column, names));
        if (Array.LastIndexOf(names, column) != at)
            throw new AuditInputException($"`{path}` has two columns `{column}`", "give one of them another name");
        return at;
    }
}
