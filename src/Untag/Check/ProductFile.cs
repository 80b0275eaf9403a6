using Untag.Scan;

namespace Untag.Check;

/// <summary>Whether an organisation makes a product or uses one: it decides which law is shown.</summary>
public enum ProductRole
{
    /// <summary>Makes it and puts it on the market.</summary>
    Provider,

    /// <summary>Uses it.</summary>
    Deployer,
}

/// <summary>What the file <c>untag.yaml</c> says about a product.</summary>
public sealed record ProductFile
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "untag.yaml";

    /// <summary>The folder that all its paths are relative to.</summary>
    public required string Folder { get; init; }

    /// <summary>Name of the product; the folder's name when the file gives none.</summary>
    public required string Product { get; init; }

    /// <summary>Version of the product; null when the file gives none.</summary>
    public string? Version { get; init; }

    /// <summary>Path of a policy file; null for the policy that is part of Untag.</summary>
    public string? Policy { get; init; }

    /// <summary>Codes of the jurisdictions whose law is shown.</summary>
    public IReadOnlyList<string> Jurisdictions { get; init; } = [];

    /// <summary>Whether the organisation makes the product or uses it.</summary>
    public ProductRole Role { get; init; } = ProductRole.Provider;

    /// <summary>Paths and globs of what is released.</summary>
    public IReadOnlyList<string> Ships { get; init; } = [];

    /// <summary>Paths to scan.</summary>
    public IReadOnlyList<string> ScanPaths { get; init; } = ["."];

    /// <summary>Globs of paths that are not scanned.</summary>
    public IReadOnlyList<string> ScanExclude { get; init; } = [];

    /// <summary>Findings that are accepted.</summary>
    public IReadOnlyList<Allowance> Allow { get; init; } = [];

    /// <summary>The sections that the file has, such as <c>audit</c>.</summary>
    public IReadOnlySet<string> Sections { get; init; } = new HashSet<string>();

    /// <summary>The product of a folder without a file.</summary>
    public static ProductFile Of(string folder)
    {
        var full = Path.GetFullPath(folder);
        return new ProductFile { Folder = full, Product = Path.GetFileName(full.TrimEnd('/')) };
    }

    /// <summary>The nearest product file in a folder or above it; null when there is none.</summary>
    public static string? Find(string folder)
    {
        for (var current = new DirectoryInfo(Path.GetFullPath(folder)); current is not null; current = current.Parent)
        {
            var path = Path.Join(current.FullName, FileName);
            if (File.Exists(path))
                return path;
        }

        return null;
    }
}
