using System.Reflection;

namespace Untag;

/// <summary>The name and version that every report carries.</summary>
public static class Tool
{
    /// <summary>Name of the program.</summary>
    public const string Name = "untag";

    /// <summary>Version as in the package, without the commit that the build appends.</summary>
    public static string Version { get; } = ReadVersion();

    private static string ReadVersion()
    {
        var version = typeof(Tool).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        var commit = version.IndexOf('+', StringComparison.Ordinal);
        return commit < 0 ? version : version[..commit];
    }
}
