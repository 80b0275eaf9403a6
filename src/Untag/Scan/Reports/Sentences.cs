namespace Untag.Scan.Reports;

/// <summary>What a finding says in one sentence.</summary>
public static class Sentences
{
    /// <summary>The matched text, what the place does with the trait, and the strongest reason for it.</summary>
    public static string Of(Finding finding)
    {
        var place = finding.Inner is { } inner ? $"{finding.Trait}; {inner}" : finding.Trait;
        var reason = finding.Why.FirstOrDefault(candidate => candidate.Weight >= 0).Evidence;
        var past = Past(finding) is { Length: > 0 } commits ? "; " + commits : "";
        return $"`{finding.Match}` {Does(finding.Kind)} ({place}{past}){(reason is null ? "" : ": " + reason)}";
    }

    /// <summary>Which commits added it and took it away; empty for what is no part of a history.</summary>
    public static string Past(Finding finding) => (finding.Added, finding.Removed) switch
    {
        ({ } added, { } removed) => $"added in {added}, removed in {removed}",
        ({ } added, null) => $"added in {added}",
        (null, { } removed) => $"removed in {removed}",
        _ => "",
    };

    /// <summary>What a place of this kind does, as the rest of a sentence.</summary>
    public static string Does(FindingKind kind) => kind switch
    {
        FindingKind.ApiRequest => "asks for the trait",
        FindingKind.ApiResponse => "carries the trait",
        FindingKind.LabelMap => "labels people by group",
        FindingKind.ModelOutput => "computes the trait",
        FindingKind.Dataset => "is a data set's label for the trait",
        FindingKind.DbSchema => "stores the trait",
        FindingKind.Training => "trains on the trait",
        FindingKind.Ui => "shows the trait",
        FindingKind.Docs => "documents the trait",
        FindingKind.Binary => "names the trait inside a binary",
        FindingKind.Config => "configures the trait",
        FindingKind.Watchlist => "picks people by group",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
