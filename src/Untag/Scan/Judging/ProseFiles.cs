namespace Untag.Scan.Judging;

/// <summary>Files that people read.</summary>
internal static class ProseFiles
{
    private static readonly HashSet<string> Endings = new(StringComparer.OrdinalIgnoreCase)
    {
        ".md", ".markdown", ".rst", ".txt", ".adoc", ".org", ".tex", ".html", ".htm", ".pdf", ".docx", ".bib",
    };

    /// <summary>True when the path ends like a document.</summary>
    public static bool Contain(string path) => Endings.Contains(System.IO.Path.GetExtension(path));
}
