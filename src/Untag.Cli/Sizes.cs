using System.Globalization;

namespace Untag.Cli;

/// <summary>Sizes as people read them.</summary>
internal static class Sizes
{
    /// <summary>Such as <c>3.1 MB</c>.</summary>
    public static string Show(long bytes)
    {
        double size = bytes;
        foreach (var unit in new[] { "bytes", "kB", "MB", "GB" })
        {
            if (size < 1000 || unit == "GB")
                return unit == "bytes" ? $"{bytes} bytes" : string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {unit}");
            size /= 1000;
        }

        return $"{bytes} bytes";
    }
}
