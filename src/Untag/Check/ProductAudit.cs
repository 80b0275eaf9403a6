using Untag.Audit;
using Untag.Audit.Tables;
using Untag.Scan.Files;

namespace Untag.Check;

/// <summary>The audit that a product file describes.</summary>
public static class ProductAudit
{
    /// <summary>The request of a section; where there is a plan, what the section leaves out is the plan's.</summary>
    /// <param name="section">What is asked for.</param>
    /// <param name="plan">What was fixed before; null for nothing.</param>
    /// <param name="embedding">The array of embeddings; null for none.</param>
    /// <exception cref="AuditInputException">It asks for nothing that can be measured, or does not keep to the plan.</exception>
    public static AuditRequest Request(AuditSection section, AuditPlan? plan, TableSource? embedding)
    {
        var planned = plan?.Request;
        var standard = planned?.Tolerances ?? new Tolerances();
        var request = new AuditRequest
        {
            Group = section.Groups.ElementAtOrDefault(0) ?? planned?.Group
                ?? throw new AuditInputException("which column holds the group?", "name it: --group COLUMN, or `group: COLUMN` under `audit`"),
            SecondGroup = section.Groups.Count > 0 ? section.Groups.ElementAtOrDefault(1) : planned?.SecondGroup,
            Cohorts = section.Cohorts.Count > 0 ? section.Cohorts : planned?.Cohorts ?? [],
            Person = section.People.ElementAtOrDefault(0) ?? planned?.Person,
            SecondPerson = section.People.Count > 0 ? section.People.ElementAtOrDefault(1) : planned?.SecondPerson,
            Strata = section.Strata.Count > 0 ? section.Strata : planned?.Strata ?? [],
            Outputs = [.. (planned?.Outputs ?? []).Concat(section.Outputs).Distinct()],
            Embedding = embedding ?? planned?.Embedding,
            Consumed = section.Consumed.Count > 0 ? ConsumedForm.Of(section.Consumed) : planned?.Consumed ?? ConsumedForm.Plain,
            Decisions = [.. (planned?.Decisions ?? []).Concat(section.Decisions).DistinctBy(decision => decision.Name)],
            Failures = section.Failures.Count > 0 ? section.Failures : planned?.Failures ?? [],
            Truth = section.Truth ?? planned?.Truth,
            LabelNoise = section.LabelNoise.Count > 0 ? new LabelNoise(section.LabelNoise) : planned?.LabelNoise,
            Tolerances = standard with
            {
                LeakAuc = section.LeakAuc ?? standard.LeakAuc,
                RateGap = section.RateGap ?? standard.RateGap,
            },
        };
        if (request.Outputs.Count + request.Decisions.Count + request.Failures.Count == 0 && request.Embedding is null)
        {
            throw new AuditInputException(
                "what is to be measured?", "name columns with --outputs, or what is decided: --decision \"alert = score >= 0.62\"");
        }

        if (request.Consumed.Steps.Count > 0 && request.Embedding is null)
        {
            throw new AuditInputException(
                $"`{request.Consumed.Steps[0]}` is done to an embedding, and none is named", "name it: --embedding FILE, or `embedding: FILE` under `audit`");
        }

        if (request.Failures.Count > 0 && request.Embedding is not null)
        {
            throw new AuditInputException(
                "an embedding cannot be measured beside failures yet", "measure it in a table, and an array, without the rows that failed");
        }

        return plan is null ? request : plan.Kept(request);
    }

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

    private static TableSource Below(ProductFile product, string path) => new(Path.Join(product.Folder, path), path);

    /// <summary>Measures what the product file asks for; null when it asks for nothing.</summary>
    internal static AuditOutcome? Measure(ProductFile product, CancellationToken cancellation)
    {
        if (product.Audit is not { } section)
            return null;
        AuditRequest? request = null;
        try
        {
            if (section.Tables.Count == 0)
                throw new AuditInputException("untag.yaml names no table", "write `data: eval/decisions.csv` under `audit`");
            var plan = section.Plan is { } file ? AuditPlan.Read(Below(product, file)) : null;
            request = Request(section, plan, section.Embedding is { } array ? Below(product, array) : null);
            return new AuditOutcome(section, request, Auditor.Audit(request, Tables(product, section), cancellation), null, null);
        }
        catch (AuditInputException problem)
        {
            return new AuditOutcome(section, request, null, problem.Message, problem.Hint);
        }
        catch (OperationCanceledException)
        {
            return new AuditOutcome(section, request, null, "the check was interrupted", "run it again");
        }
    }
}

/// <summary>What became of the audit of a product: a report, or why there is none and what to do.</summary>
internal sealed record AuditOutcome(AuditSection Section, AuditRequest? Request, AuditReport? Report, string? Problem, string? Hint);
