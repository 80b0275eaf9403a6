namespace Untag.Cli.Commands;

/// <summary>Guesses what a product releases: packages and model files, as patterns for <c>ships</c>.</summary>
internal static class ShipsGuess
{
    private const int DepthMax = 3;

    private static readonly string[] Endings =
    [
        ".aar", ".apk", ".engine", ".gguf", ".h5", ".ipa", ".jar", ".joblib", ".keras", ".mlmodel", ".nupkg", ".onnx", ".pb", ".pkl",
        ".pt", ".pth", ".safetensors", ".tflite", ".tgz", ".whl",
    ];

    // What is installed or built for a test is not released.
    private static readonly string[] Skipped = [".git", ".untag", ".venv", "bin", "node_modules", "obj", "test", "tests", "venv"];

    private static readonly EnumerationOptions Entries = new()
    {
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
    };

    /// <summary>Patterns such as <c>dist/*.whl</c>, in order; none when nothing looks like a release.</summary>
    public static IReadOnlyList<string> For(string folder)
    {
        var patterns = new SortedSet<string>(StringComparer.Ordinal);
        Look(new DirectoryInfo(folder), "", patterns, DepthMax);
        return [.. patterns];
    }

    private static void Look(DirectoryInfo folder, string prefix, SortedSet<string> patterns, int depth)
    {
        foreach (var file in folder.EnumerateFiles("*", Entries))
        {
            if (Endings.Contains(file.Extension.ToLowerInvariant()))
                patterns.Add($"{prefix}*{file.Extension}");
        }

        if (depth == 0)
            return;
        foreach (var inner in folder.EnumerateDirectories("*", Entries))
        {
            if (!Skipped.Contains(inner.Name))
                Look(inner, $"{prefix}{inner.Name}/", patterns, depth - 1);
        }
    }
}
