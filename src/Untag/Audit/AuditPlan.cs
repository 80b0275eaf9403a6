using System.Security.Cryptography;
using System.Text.Json;
using Untag.Audit.Reports;
using Untag.Audit.Tables;

namespace Untag.Audit;

/// <summary>What will be measured, with which tolerances, fixed before the data are read: whoever looks first can choose what
/// passes.</summary>
/// <param name="Request">What it asks for.</param>
/// <param name="Mark">What a report says of it.</param>
public sealed record AuditPlan(AuditRequest Request, PlanMark Mark)
{
    /// <summary>Writes a plan.</summary>
    public static void Write(AuditRequest request, Stream output)
    {
        JsonSerializer.Serialize(output, PlanDocument.Of(request), AuditJson.Readable.PlanDocument);
        output.WriteByte((byte)'\n');
    }

    /// <summary>Reads a plan.</summary>
    /// <exception cref="AuditInputException">It cannot be read, or is none.</exception>
    public static AuditPlan Read(TableSource source)
    {
        const string Hint = "make it again: untag audit plan --output FILE";
        try
        {
            var bytes = File.ReadAllBytes(source.Location);
            var document = StrictJson.Read(bytes, AuditJson.Readable.PlanDocument);
            if (document?.Schema != PlanDocument.SchemaName)
                throw new AuditInputException($"`{source.Name}` is no plan: its schema is not {PlanDocument.SchemaName}", Hint);
            var request = document.Request();
            return new AuditPlan(request, new PlanMark(Convert.ToHexStringLower(SHA256.HashData(bytes)), Names(request)));
        }
        catch (JsonException problem)
        {
            throw new AuditInputException($"`{source.Name}` is no plan, or was cut, at line {(problem.LineNumber ?? 0) + 1}", Hint);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new AuditInputException($"cannot read `{source.Name}`: {FileProblem.InWords(problem)}", Hint);
        }
    }

    /// <summary>A request that keeps to the plan: it may ask for more outputs and decisions, which are exploratory then.</summary>
    /// <exception cref="AuditInputException">It differs in what the plan fixes, or leaves out what the plan measures.</exception>
    public AuditRequest Kept(AuditRequest request)
    {
        var (planned, asked) = (AsksPart.Of(Request), AsksPart.Of(request));
        var difference = (planned with { Outputs = [], Decisions = [], Failures = [] }).Difference(asked with { Outputs = [], Decisions = [], Failures = [] })
            ?? (Request.Cohorts.SequenceEqual(request.Cohorts) ? null : "cohorts");
        if (difference is not null)
            throw new AuditInputException($"the plan has another `{difference}`", "measure what was planned, or make a new plan before data are read");
        foreach (var name in planned.Outputs.Concat(planned.Decisions).Concat(planned.Failures).Except(asked.Outputs.Concat(asked.Decisions).Concat(asked.Failures)))
            throw new AuditInputException($"the plan measures `{name}`, and it is not asked for", "measure what was planned");
        return request with { Plan = Mark };
    }

    private static List<string> Names(AuditRequest request) =>
        [.. request.Outputs, .. request.Decisions.Concat(request.Failures).Select(decision => decision.Name), .. request.Embedding is { } embedding ? [Path.GetFileName(embedding.Name)] : Array.Empty<string>()];
}

/// <summary>What a report says of a plan.</summary>
/// <param name="Digest">SHA-256 of the file, in lower-case hexadecimal.</param>
/// <param name="Planned">Names of the outputs and decisions that it measures; all others are exploratory.</param>
public sealed record PlanMark(string Digest, IReadOnlyList<string> Planned)
{
    /// <summary>True for an output or decision that the plan does not name; a part of an output, such as its digits, is named
    /// after it.</summary>
    public bool IsExploratory(string name) =>
        !Planned.Any(planned => name == planned || name.StartsWith(planned + ", ", StringComparison.Ordinal));
}
