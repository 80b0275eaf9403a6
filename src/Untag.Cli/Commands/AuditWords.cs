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
        if (Array.Find(typed, word => word.StartsWith('-') && !Path.Exists(word)) is { } option)
            throw Misunderstanding.OfOption(option, "audit"); // the parser takes it for a table
        if (typed.Length > 0)
            return (Request(words, new AuditSection(), "."), [.. typed.SelectMany(Matching)]);
        if (Products.Nearest(words, ".") is not { } opened)
            throw new UserError("which table is to be measured?", "name it, or write it under `audit` in untag.yaml");
        if (opened.Product.Audit is not { } section)
            throw new UserError("which table is to be measured?", "untag.yaml has no section `audit`: write it, or name a table");
        if (section.Tables.Count == 0)
            throw new UserError("untag.yaml names no table", "write `data: eval/decisions.csv` under `audit`");
        var folder = Path.GetRelativePath(Directory.GetCurrentDirectory(), opened.Product.Folder);
        var request = Request(words, section, folder);
        return (request, [.. ProductAudit.Tables(opened.Product, section).Select(table => Below(folder, table.Name))]);
    }

    /// <summary>What a plan asks for: no table is named, and none is read.</summary>
    public static AuditRequest Planned(ParseResult words)
    {
        var section = Products.Nearest(words, ".")?.Product.Audit ?? new AuditSection();
        return Request(words, section with { Plan = null }, ".");
    }

    private static AuditRequest Request(ParseResult words, AuditSection section, string folder)
    {
        var asked = section with
        {
            Groups = Columns(words, Settings.Group, section.Groups),
            People = Columns(words, Settings.Person, section.People),
            Strata = Listed(words, Settings.Strata, section.Strata),
            Outputs = Listed(words, Settings.Outputs, section.Outputs),
            Consumed = Listed(words, Settings.Then, section.Consumed),
            LabelNoise = Listed(words, Settings.LabelNoise, section.LabelNoise),
            Cohorts = Listed(words, Settings.Cohorts, section.Cohorts),
            Decisions = words.GetValue(Settings.Decision) is { Length: > 0 } decisions
                ? [.. decisions.Select(Condition.Parse)]
                : section.Decisions,
            Failures = Failures(words) is { Count: > 0 } failures ? failures : section.Failures,
            Truth = words.GetValue(Settings.Truth) ?? section.Truth,
            LeakAuc = words.GetValue(Settings.LeakAuc) ?? section.LeakAuc,
            RateGap = words.GetValue(Settings.RateGap) ?? section.RateGap,
        };
        var plan = words.GetValue(Settings.Plan) is { } typed ? TableSource.At(typed)
            : section.Plan is { } path ? Below(folder, path)
            : (TableSource?)null;
        var embedding = words.GetValue(Settings.Embedding) is { } array ? TableSource.At(array)
            : section.Embedding is { } below ? Below(folder, below)
            : (TableSource?)null;
        return ProductAudit.Request(asked, plan is { } file ? AuditPlan.Read(file) : null, embedding);
    }

    private static IReadOnlyList<Condition> Failures(ParseResult words) =>
        [.. new[] { (Settings.Fte, "fte"), (Settings.Fta, "fta") }
            .Where(failure => words.GetValue(failure.Item1) is not null)
            .Select(failure => Condition.Parse(words.GetValue(failure.Item1)!) with { Name = failure.Item2 })];

    private static TableSource Below(string folder, string path) => TableSource.At(folder == "." ? path : Path.Join(folder, path));

    /// <summary>The files of a pattern that the shell has left, since it stood in quotes or matched nothing there.</summary>
    public static IEnumerable<TableSource> Matching(string typed)
    {
        if (!typed.AsSpan().ContainsAny('*', '?'))
            return [TableSource.At(typed)];
        var folder = Path.GetDirectoryName(typed) is { Length: > 0 } named ? named : ".";
        var found = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, Path.GetFileName(typed)).Order(StringComparer.Ordinal).ToList()
            : [];
        return found.Count > 0 ? found.Select(TableSource.At) : throw new UserError($"no file matches `{typed}`", "name files that are there");
    }

    private static IReadOnlyList<string> Listed(ParseResult words, Option<string[]> option, IReadOnlyList<string> standard)
    {
        var typed = words.GetValue(option)!
            .SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct().ToList();
        return typed.Count > 0 ? typed : standard;
    }

    private static IReadOnlyList<string> Columns(ParseResult words, Option<string[]> option, IReadOnlyList<string> standard)
    {
        IReadOnlyList<string> columns = words.GetValue(option) is { Length: > 0 } typed ? typed : standard;
        return columns.Count <= 2 ? columns : throw new UserError(
            $"{option.Name} names {columns.Count} columns", "name one or two");
    }
}
