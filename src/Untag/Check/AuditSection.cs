using System.Globalization;
using Untag.Audit;
using Untag.Audit.Tables;

namespace Untag.Check;

/// <summary>What the product file says of an audit. Every value is null or empty when not stated.</summary>
public sealed record AuditSection
{
    /// <summary>Path of the plan.</summary>
    public string? Plan { get; init; }

    /// <summary>Paths and patterns of the evaluation tables; they count as one table.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>One or two columns with the group that people stated of themselves.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>One or two columns that say which rows are of one person.</summary>
    public IReadOnlyList<string> People { get; init; } = [];

    /// <summary>Columns that the product outputs.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Path of the array with the embedding of each row.</summary>
    public string? Embedding { get; init; }

    /// <summary>What is decided by the outputs.</summary>
    public IReadOnlyList<Condition> Decisions { get; init; } = [];

    /// <summary>Column that says whether it was right.</summary>
    public string? Truth { get; init; }

    /// <summary>The groups that the table may state; empty for any.</summary>
    public IReadOnlyList<string> Cohorts { get; init; } = [];

    /// <summary>The largest leak tolerated, as an area under the curve.</summary>
    public double? LeakAuc { get; init; }

    /// <summary>The largest difference of rates tolerated, from 0 to 1.</summary>
    public double? RateGap { get; init; }

    /// <summary>Reads the section; what is wrong is added to the errors of the file.</summary>
    internal static AuditSection Read(YamlSection section)
    {
        var decisions = section.Section("decisions");
        var tolerance = section.Section("tolerance");
        var audit = new AuditSection
        {
            Plan = section.Text("plan"),
            Tables = section.Texts("data"),
            Groups = ReadColumns(section, "group"),
            People = ReadColumns(section, "person"),
            Outputs = section.Texts("outputs"),
            Embedding = section.Text("embedding"),
            Decisions = decisions is null ? [] : ReadDecisions(decisions),
            Truth = decisions?.Text("truth"),
            Cohorts = section.Texts("cohorts"),
            LeakAuc = ReadShare(tolerance, "leak_auc", 0.5),
            RateGap = ReadShare(tolerance, "rate_gap", 0),
        };
        foreach (var table in audit.Tables)
            ProductFileReader.CheckInside(section, "data", table);
        if (audit.Plan is { } plan)
            ProductFileReader.CheckInside(section, "plan", plan);
        if (audit.Embedding is { } embedding)
            ProductFileReader.CheckInside(section, "embedding", embedding);
        decisions?.Close();
        tolerance?.Close();
        section.Close();
        return audit;
    }

    private static IReadOnlyList<string> ReadColumns(YamlSection section, string key)
    {
        var columns = section.Texts(key);
        if (columns.Count > 2)
            section.Fail(section.LineOf(key), $"`{key}` names {columns.Count} columns", "name one or two");
        return columns;
    }

    private static List<Condition> ReadDecisions(YamlSection decisions)
    {
        var texts = decisions.Texts("alert");
        var read = new List<Condition>();
        foreach (var text in texts)
        {
            try
            {
                // `alert: alert` names a column and `alert: score >= 0.62` a condition: both are the decision "alert".
                var condition = Condition.Parse(text);
                read.Add(texts.Count == 1 && condition.Name == text.Trim() ? condition with { Name = "alert" } : condition);
            }
            catch (AuditInputException problem)
            {
                decisions.Fail(decisions.LineOf("alert"), problem.Message, problem.Hint);
            }
        }

        return read;
    }

    private static double? ReadShare(YamlSection? tolerance, string key, double above)
    {
        if (tolerance?.Number(key) is not { } share)
            return null;
        if (share > above && share < 1)
            return share;
        tolerance.Fail(
            tolerance.LineOf(key), string.Create(CultureInfo.InvariantCulture, $"`{key}: {share}` is no tolerance"),
            string.Create(CultureInfo.InvariantCulture, $"write a number above {above} and below 1"));
        return null;
    }
}
