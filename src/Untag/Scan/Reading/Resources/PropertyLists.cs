namespace Untag.Scan.Reading.Resources;

/// <summary>What the name of a property list tells: a list is also how Apple's programs keep their settings.</summary>
internal static class PropertyLists
{
    /// <summary>True for a name that property lists have.</summary>
    public static bool IsNamedSo(string path) =>
        System.IO.Path.GetExtension(path).ToLowerInvariant() is ".plist" or ".strings" or ".stringsdict" or ".nib";

    /// <summary>Interface for texts that a program shows, as those of a language are; otherwise a structure.</summary>
    public static PassageKind KindOf(string path) =>
        !path.EndsWith(".plist", StringComparison.OrdinalIgnoreCase)
        || path.EndsWith("Info.plist", StringComparison.OrdinalIgnoreCase)
        || path.Contains(".lproj/", StringComparison.OrdinalIgnoreCase)
        || path.Contains("Settings.bundle/", StringComparison.OrdinalIgnoreCase)
            ? PassageKind.Interface
            : PassageKind.Structure;
}
