using System.Text;
using Untag.Audit;
using Untag.Audit.Aggregates;
using Untag.Audit.Reports;
using Untag.Audit.Statistics;
using Untag.Audit.Tables;

namespace Untag.Tests.Audit;

/// <summary>A table that a test writes, and what an audit makes of it.</summary>
internal sealed class AuditedTable(string header)
{
    private readonly List<string> rows = [];

    /// <summary>Adds equal rows.</summary>
    public AuditedTable Add(int count, string row)
    {
        rows.AddRange(Enumerable.Repeat(row, count));
        return this;
    }

    /// <summary>The same rows in another order.</summary>
    public AuditedTable Shuffled(ulong seed)
    {
        var random = new SeededRandom(seed);
        var shuffled = new AuditedTable(header);
        shuffled.rows.AddRange(rows.OrderBy(_ => random.NextUnit()));
        return shuffled;
    }

    /// <summary>Audits the table.</summary>
    public AuditReport Audit(AuditRequest request, int block = 1 << 18) => Auditor.Judge(request, Sums(request, block), lots: null);

    /// <summary>Audits the table from a file, as a user does: people are at hand, strata too.</summary>
    public AuditReport AuditFile(AuditRequest request) => FromFile(table => Auditor.Audit(request, [table], default));

    /// <summary>The sums of the table from a file, with strata and failures.</summary>
    public AuditSums FileSums(AuditRequest request) => FromFile(table => Auditor.Sums(request, [table], default));

    private T FromFile<T>(Func<TableSource, T> read)
    {
        var folder = Directory.CreateTempSubdirectory("untag-audited-");
        try
        {
            var path = Path.Join(folder.FullName, "t.csv");
            File.WriteAllText(path, Text());
            return read(new TableSource(path, "t.csv"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The sums of the table.</summary>
    public AuditSums Sums(AuditRequest request, int block = 1 << 18)
    {
        var sums = new TableSums(request);
        sums.Add(new CsvRows(Bytes(), "t.csv", (byte)',', block), default);
        return sums.Close();
    }

    private string Text() => header + "\n" + string.Concat(rows.Select(row => row + "\n"));

    private MemoryStream Bytes() => new(Encoding.UTF8.GetBytes(Text()));

    /// <summary>The JSON of a report.</summary>
    public static string Json(AuditReport report)
    {
        using var stream = new MemoryStream();
        AuditJsonReport.Write(report, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
