namespace Untag.Scan;

/// <summary>The names that reports and policy files use for kinds, classes and levels.</summary>
public static class WireNames
{
    private static readonly Dictionary<string, FindingKind> KindsByName =
        Enum.GetValues<FindingKind>().ToDictionary(Kind, StringComparer.Ordinal);

    /// <summary>Wire name of a kind, such as <c>label-map</c>.</summary>
    public static string Kind(FindingKind kind) => kind switch
    {
        FindingKind.ApiRequest => "api-request",
        FindingKind.ApiResponse => "api-response",
        FindingKind.LabelMap => "label-map",
        FindingKind.ModelOutput => "model-output",
        FindingKind.Dataset => "dataset",
        FindingKind.DbSchema => "db-schema",
        FindingKind.Training => "training",
        FindingKind.Ui => "ui",
        FindingKind.Docs => "docs",
        FindingKind.Binary => "binary",
        FindingKind.Config => "config",
        FindingKind.Watchlist => "watchlist",
        FindingKind.Allowance => "allowance",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The kind of a wire name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such kind.</exception>
    public static FindingKind Kind(string name) => KindsByName[name];

    /// <summary>Wire name of a class, such as <c>fairness-use</c>.</summary>
    public static string Class(FindingClass value) => value switch
    {
        FindingClass.ProductTag => "product-tag",
        FindingClass.VendorCapability => "vendor-capability",
        FindingClass.DocumentStated => "document-stated",
        FindingClass.NonBiometric => "non-biometric",
        FindingClass.FairnessUse => "fairness-use",
        FindingClass.Documentation => "documentation",
        FindingClass.Allowance => "allowance",
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    /// <summary>Wire name of a level: <c>error</c>, <c>warning</c> or <c>note</c>.</summary>
    public static string Level(Level level) => level switch
    {
        Scan.Level.Error => "error",
        Scan.Level.Warning => "warning",
        Scan.Level.Note => "note",
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };

    /// <summary>Wire name of a verdict.</summary>
    public static string Verdict(ScanVerdict verdict) => verdict switch
    {
        ScanVerdict.Clean => "clean",
        ScanVerdict.Known => "known",
        ScanVerdict.Findings => "findings",
        ScanVerdict.Partial => "partial",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };
}
