using System.Globalization;
using System.Text;
using Untag.Policy;

namespace Untag.Audit.Tables;

/// <summary>The rows of a table of which the product got something: one that could not be enrolled or acquired has no output, and is
/// counted apart.</summary>
internal sealed class AcquiredRows(TableRows rows, AuditRequest request, string path) : TableRows(Stream.Null, 0)
{
    private int[]? failures;

    public override int Count => rows.Count;

    public override ReadOnlySpan<byte> this[int column] => rows[column];

    /// <summary>The rows of a table without those that failed.</summary>
    public static TableRows Of(TableRows rows, AuditRequest request, string path) =>
        request.Failures.Count == 0 ? rows : new AcquiredRows(rows, request, path);

    /// <summary>What is asked of failures alone: they are decisions that no truth can be right or wrong about.</summary>
    public static AuditRequest Failed(AuditRequest request) =>
        request with { Outputs = [], Decisions = request.Failures, Failures = [], Truth = null, Embedding = null };

    public override bool Read()
    {
        while (rows.Read())
        {
            Line = rows.Line;
            if (failures is null)
            {
                var header = Enumerable.Range(0, rows.Count).Select(i => Encoding.UTF8.GetString(rows[i])).ToList();
                failures = [.. request.Failures.Select(failure => Found(header, failure.Column))];
                return true;
            }

            if (!IsFailed())
                return true;
        }

        return false;
    }

    private int Found(List<string> header, string column) => header.IndexOf(column) is var at and >= 0
        ? at
        : throw new AuditInputException($"`{path}` has no column `{column}`", Spelling.Hint(column, header));

    private bool IsFailed()
    {
        for (var i = 0; i < failures!.Length; i++)
        {
            var failure = request.Failures[i];
            if (failure.Holds(rows[failures[i]]) ?? throw new AuditInputException(
                string.Create(CultureInfo.InvariantCulture, $"{path}:{Line}: column `{failure.Column}` cannot be compared"), $"`{failure.Name}` asks for {failure.Asks}"))
            {
                return true;
            }
        }

        return false;
    }
}
