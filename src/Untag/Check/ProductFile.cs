using Untag.Scan;
using Untag.Scan.Allowances;

namespace Untag.Check;

/// <summary>What a product says of itself in <c>untag.yaml</c>. docs/formats/product.md explains every key.</summary>
public sealed record ProductFile
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "untag.yaml";

    /// <summary>The folder that every path in the file is relative to.</summary>
    public required string Folder { get; init; }

    /// <summary>Path of the file; null when the product has none.</summary>
    public string? Location { get; init; }

    /// <summary>Path of the policy that the file names; null for the one in Untag.</summary>
    public string? PolicyFile { get; init; }

    /// <summary>Name of the product; the name of its folder when it states none.</summary>
    public required string Product { get; init; }

    /// <summary>Version of the product; null when it states none.</summary>
    public string? Version { get; init; }

    /// <summary>Codes of the jurisdictions whose law is printed beside a finding.</summary>
    public IReadOnlyList<string> Jurisdictions { get; init; } = [];

    /// <summary>The role that the law sees the product's owner in; null when not stated.</summary>
    public ProductRole? Role { get; init; }

    /// <summary>What ships: patterns of paths, or digests such as <c>sha256:…</c>.</summary>
    public IReadOnlyList<string> Ships { get; init; } = [];

    /// <summary>Paths to scan.</summary>
    public IReadOnlyList<string> ScanPaths { get; init; } = ["."];

    /// <summary>Patterns of paths that the scan leaves out.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Findings that the product's owner accepts.</summary>
    public IReadOnlyList<ProductAllowance> Allow { get; init; } = [];

    /// <summary>Path of the baseline, relative to <see cref="Folder"/>; null when the product has none.</summary>
    public string? Baseline { get; init; }

    /// <summary>Bounds on the work of the scan.</summary>
    public ScanLimits Limits { get; init; } = ScanLimits.Default;

    /// <summary>What an audit measures; null when not stated.</summary>
    public AuditSection? Audit { get; init; }

    /// <summary>What erases the trait; null when not stated.</summary>
    public EraseSection? Erase { get; init; }

    /// <summary>How its guard runs; null when not stated.</summary>
    public GuardSection? Guard { get; init; }

    /// <summary>How evidence would be signed; null when not stated.</summary>
    public ProveSection? Prove { get; init; }

    /// <summary>A product without a file of its own: its whole folder is scanned.</summary>
    public static ProductFile Without(string folder) => new()
    {
        Folder = folder,
        Product = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)) is { Length: > 0 } name ? name : "product",
    };

    /// <summary>The nearest product file in a folder or above it; null when there is none.</summary>
    public static string? Find(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var path = Path.Join(at.FullName, FileName);
            if (File.Exists(path))
                return path;
        }

        return null;
    }
}

/// <summary>The role that the law sees the product's owner in.</summary>
public enum ProductRole
{
    /// <summary>Makes the product or places it on the market.</summary>
    Provider,

    /// <summary>Uses the product.</summary>
    Deployer,
}

/// <summary>A finding that the product's owner accepts, with the reason and the legal basis that they state.</summary>
/// <param name="Finding">The rule, the paths, the last day, the reason and who accepted it.</param>
/// <param name="Basis">Id of an exemption of the policy's law; null when none is relied on.</param>
/// <param name="Stated">What the exemption asks for, and what was stated.</param>
public sealed record ProductAllowance(
    Allowance Finding, string? Basis, IReadOnlyDictionary<string, string> Stated);

/// <summary>What erases the trait.</summary>
/// <param name="Map">Path of the erasure map; null when not stated.</param>
/// <param name="Certificate">Path of its certificate; null when not stated.</param>
public sealed record EraseSection(string? Map, string? Certificate = null);

/// <summary>How evidence would be signed.</summary>
/// <param name="Key">Where the key is found; null when not stated.</param>
/// <param name="ValidDays">For how many days a statement holds; null when not stated.</param>
/// <param name="Attach">Files that are named by digest.</param>
public sealed record ProveSection(string? Key, int? ValidDays, IReadOnlyList<string> Attach);
