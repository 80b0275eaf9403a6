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

    /// <summary>Columns that tell strata, such as the camera.</summary>
    public IReadOnlyList<string> Strata { get; init; } = [];

    /// <summary>Columns that the product outputs.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Path of the array with the embedding of each row.</summary>
    public string? Embedding { get; init; }

    /// <summary>What becomes of the embedding before it is compared, stored or sent; empty for nothing.</summary>
    public IReadOnlyList<string> Consumed { get; init; } = [];

    /// <summary>What is decided by the outputs.</summary>
    public IReadOnlyList<Condition> Decisions { get; init; } = [];

    /// <summary>When a row failed to be enrolled or acquired.</summary>
    public IReadOnlyList<Condition> Failures { get; init; } = [];

    /// <summary>Column that says whether it was right.</summary>
    public string? Truth { get; init; }

    /// <summary>How often a stated group is wrong; empty when nobody has said.</summary>
    public IReadOnlyList<string> LabelNoise { get; init; } = [];

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
        var failures = section.Section("failures");
        var audit = new AuditSection
        {
            Plan = section.Text("plan"),
            Tables = section.Texts("data"),
            Groups = ReadColumns(section, "group"),
            People = ReadColumns(section, "person"),
            Strata = section.Texts("strata"),
            Outputs = section.Texts("outputs"),
            Embedding = section.Text("embedding"),
            Consumed = ReadConsumed(section),
            Decisions = decisions is null ? [] : ReadDecisions(decisions),
            Failures = failures is null ? [] : [.. ReadFailure(failures, "fte"), .. ReadFailure(failures, "fta")],
            Truth = decisions?.Text("truth"),
            LabelNoise = ReadNoise(section),
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
        failures?.Close();
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

    private static IReadOnlyList<string> ReadConsumed(YamlSection section)
    {
        try
        {
            return ConsumedForm.Of(section.Texts("consumed")).Steps;
        }
        catch (AuditInputException problem)
        {
            section.Fail(section.LineOf("consumed"), problem.Message, problem.Hint);
            return [];
        }
    }

    private static IReadOnlyList<string> ReadNoise(YamlSection section)
    {
        var stated = section.Texts("label_noise");
        try
        {
            _ = new LabelNoise(stated);
            return stated;
        }
        catch (AuditInputException problem)
        {
            section.Fail(section.LineOf("label_noise"), problem.Message, problem.Hint);
            return [];
        }
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

    private static IEnumerable<Condition> ReadFailure(YamlSection failures, string name)
    {
        if (failures.Text(name) is not { } text)
            return [];
        try
        {
            return [Condition.Parse(text) with { Name = name }];
        }
        catch (AuditInputException problem)
        {
            failures.Fail(failures.LineOf(name), problem.Message, problem.Hint);
            return [];
        }
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
