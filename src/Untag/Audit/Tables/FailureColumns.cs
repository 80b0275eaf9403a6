namespace Untag.Audit.Tables;

/// <summary>Tells which rows have failed: the product could not enrol or acquire them, and got nothing.</summary>
internal sealed class FailureColumns
{
    private readonly TableRows rows;
    private readonly (Condition Condition, CodedColumn Cells, PerWord<bool?> Holds)[] failures;

    /// <summary>Asks a table for the columns of failures.</summary>
    /// <exception cref="AuditInputException">There is no such column.</exception>
    public FailureColumns(TableRows rows, AuditRequest request)
    {
        this.rows = rows;
        var header = new TableHeader(rows);
        failures = [.. request.Failures.Select(failure => (failure, header.Find(failure.Column), new PerWord<bool?>(failure.Holds)))];
    }

    /// <summary>True for a row of the present block that has failed.</summary>
    /// <exception cref="AuditInputException">It cannot be told.</exception>
    public bool HasFailed(int row)
    {
        foreach (var (condition, cells, holds) in failures)
        {
            if (holds.Of(cells)[cells.Codes[row]] ?? throw new AuditInputException(
                $"{rows.PlaceOf(row)}: column `{condition.Column}` cannot be compared", $"`{condition.Name}` asks for {condition.Asks}"))
            {
                return true;
            }
        }

        return false;
    }
}
