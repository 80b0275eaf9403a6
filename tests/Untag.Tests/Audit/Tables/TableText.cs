using System.Text;
using Untag.Audit.Tables;

namespace Untag.Tests.Audit.Tables;

/// <summary>A table as texts, the names of its columns first.</summary>
internal static class TableText
{
    public static string[][] Of(TableRows rows, params string[] without)
    {
        var asked = Enumerable.Range(0, rows.Columns.Count).Where(i => !without.Contains(rows.Columns[i])).ToList();
        var columns = asked.Select(rows.Ask).ToList();
        List<string[]> read = asked.Count > 0 ? [[.. asked.Select(i => rows.Columns[i])]] : [];
        while (rows.Read())
        {
            for (var i = 0; i < rows.Count; i++)
                read.Add([.. columns.Select(column => Encoding.UTF8.GetString(column[i]))]);
        }

        return [.. read];
    }
}
