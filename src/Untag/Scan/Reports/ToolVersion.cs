using System.Reflection;

namespace Untag.Scan.Reports;

/// <summary>The name and version that reports carry.</summary>
public static class ToolVersion
{
    /// <summary>Name of the tool.</summary>
    public const string Name = "untag";

    /// <summary>Version of the library, such as <c>0.1.0</c>.</summary>
    public static string Version { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            .Split('+')[0] ?? "0";
}
