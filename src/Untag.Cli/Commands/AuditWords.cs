using System.CommandLine;
using Untag.Audit;
using Untag.Audit.Tables;
using Untag.Check;

namespace Untag.Cli.Commands;

/// <summary>What was typed behind <c>untag audit</c>, turned into what it means. Without a table everything that is not typed
/// comes from the section <c>audit</c> of the product file; with one nothing does.</summary>
internal static class AuditWords
{
    public static (AuditRequest Request, IReadOnlyList<TableSource> Tables) Meaning(ParseResult words, string[] typed)
    {
        if (typed.Length > 0)
            return (Request(words, new AuditSection(), "."), [.. typed.Select(TableSource.At)]);
        if (Products.Nearest(words, ".") is not { } opened)
            throw new UserError("which table is to be measured?", "name it, or write it under `audit` in untag.yaml");
        if (opened.Product.Audit is not { } section)
            throw new UserError("which table is to be measured?", "untag.yaml has no section `audit`: write it, or name a table");
        if (section.Tables.Count == 0)
            throw new UserError("untag.yaml names no table", "write `data: eval/decisions.csv` under `audit`");
        var folder = Path.GetRelativePath(Directory.GetCurrentDirectory(), opened.Product.Folder);
        var request = Request(words, section, folder);
        var tables = ProductAudit.Tables(opened.Product, section)
            .Select(table => TableSource.At(folder == "." ? table.Name : Path.Join(folder, table.Name)));
        return (request, [.. tables]);
    }

    private static AuditRequest Request(ParseResult words, AuditSection section, string folder)
    {
        var groups = Columns(words, Settings.Group, section.Groups);
        var people = Columns(words, Settings.Person, section.People);
        if (groups.Count == 0)
            throw new UserError("which column holds the group?", "name it: --group COLUMN");
        var outputs = words.GetValue(Settings.Outputs)!
            .SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct().ToList();
        var decisions = words.GetValue(Settings.Decision)!.Select(Condition.Parse).ToList();
        var embedding = words.GetValue(Settings.Embedding)
            ?? (section.Embedding is { } path ? folder == "." ? path : Path.Join(folder, path) : null);
        var request = new AuditRequest
        {
            Group = groups[0],
            SecondGroup = groups.ElementAtOrDefault(1),
            Person = people.ElementAtOrDefault(0),
            SecondPerson = people.ElementAtOrDefault(1),
            Outputs = outputs.Count > 0 ? outputs : section.Outputs,
            Embedding = embedding is null ? null : TableSource.At(embedding),
            Decisions = decisions.Count > 0 ? decisions : section.Decisions,
            Truth = words.GetValue(Settings.Truth) ?? section.Truth,
            Tolerances = section.Tolerances with
            {
                LeakAuc = words.GetValue(Settings.LeakAuc) ?? section.Tolerances.LeakAuc,
                RateGap = words.GetValue(Settings.RateGap) ?? section.Tolerances.RateGap,
            },
        };
        if (request.Outputs.Count == 0 && request.Decisions.Count == 0 && request.Embedding is null)
        {
            throw new UserError(
                "what is to be measured?", "name columns with --outputs, or what is decided: --decision \"alert = score >= 0.62\"");
        }

        return request;
    }

    private static IReadOnlyList<string> Columns(ParseResult words, Option<string[]> option, IReadOnlyList<string> standard)
    {
        IReadOnlyList<string> columns = words.GetValue(option) is { Length: > 0 } typed ? typed : standard;
        return columns.Count <= 2 ? columns : throw new UserError(
            $"{option.Name} names {columns.Count} columns", "name one or two");
    }
}
