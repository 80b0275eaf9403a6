using Untag.Audit;
using Untag.Audit.Tables;
using Untag.Scan.Files;

namespace Untag.Check;

/// <summary>The audit that a product file describes.</summary>
public static class ProductAudit
{
    /// <summary>What the section lacks to be measured at all; null when nothing.</summary>
    public static (string Message, string Hint)? Missing(AuditSection section) =>
        section.Tables.Count == 0 ? ("untag.yaml names no table", "write `data: eval/decisions.csv` under `audit`")
        : section.Groups.Count == 0 ? ("untag.yaml does not say which column holds the group", "write `group: COLUMN` under `audit`")
        : section.Outputs.Count + section.Decisions.Count == 0 && section.Embedding is null
            ? ("untag.yaml does not say what is to be measured", "write `outputs: [COLUMN]` or `decisions: {alert: COLUMN}` under `audit`")
        : null;

    /// <summary>The request, once nothing is <see cref="Missing"/>.</summary>
    public static AuditRequest Request(ProductFile product, AuditSection section) => new()
    {
        Group = section.Groups[0],
        SecondGroup = section.Groups.ElementAtOrDefault(1),
        Person = section.People.ElementAtOrDefault(0),
        SecondPerson = section.People.ElementAtOrDefault(1),
        Outputs = section.Outputs,
        Embedding = section.Embedding is { } path ? new TableSource(Path.Join(product.Folder, path), path) : null,
        Decisions = section.Decisions,
        Truth = section.Truth,
        Tolerances = section.Tolerances,
    };

    /// <summary>The tables: a pattern stands for every file that it matches, in the order of their names.</summary>
    /// <exception cref="AuditInputException">A pattern matches no file.</exception>
    public static IReadOnlyList<TableSource> Tables(ProductFile product, AuditSection section)
    {
        var tables = new List<TableSource>();
        foreach (var entry in section.Tables)
        {
            var found = entry.AsSpan().ContainsAny('*', '?', '[')
                ? [.. ShippedFiles.List(product.Folder).Where(path => new Glob(entry).Matches(path))]
                : new List<string> { entry };
            if (found.Count == 0)
                throw new AuditInputException($"no file matches `{entry}`", "mend `data` under `audit`");
            tables.AddRange(found.Select(path => new TableSource(Path.Join(product.Folder, path), path)));
        }

        return tables;
    }

    /// <summary>Measures what the product file asks for; null when it asks for nothing.</summary>
    internal static AuditOutcome? Measure(ProductFile product, CancellationToken cancellation)
    {
        if (product.Audit is not { } section)
            return null;
        if (Missing(section) is { } missing)
            return new AuditOutcome(section, null, missing.Message, missing.Hint);
        try
        {
            var report = Auditor.Audit(Request(product, section), Tables(product, section), cancellation);
            return new AuditOutcome(section, report, null, null);
        }
        catch (AuditInputException problem)
        {
            return new AuditOutcome(section, null, problem.Message, problem.Hint);
        }
        catch (OperationCanceledException)
        {
            return new AuditOutcome(section, null, "the check was interrupted", "run it again");
        }
    }
}

/// <summary>What became of the audit of a product: a report, or why there is none and what to do.</summary>
internal sealed record AuditOutcome(AuditSection Section, AuditReport? Report, string? Problem, string? Hint);
