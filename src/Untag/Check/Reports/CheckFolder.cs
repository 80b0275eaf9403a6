using System.Text;
using Untag.Policy;
using Untag.Scan.Reports;

namespace Untag.Check.Reports;

/// <summary>The folder <c>.untag</c> of a product, in which a check leaves its reports.</summary>
public static class CheckFolder
{
    /// <summary>Name of the folder.</summary>
    public const string Name = ".untag";

    /// <summary>Writes claims.json, findings.sarif and report.html, each whole or not at all.</summary>
    /// <returns>Null; or why they could not be written, as a sentence without full stop.</returns>
    public static string? Write(CheckReport report, TagPolicy policy)
    {
        var folder = new DirectoryInfo(Path.Join(report.Product.Folder, Name));
        try
        {
            // A product that is checked is not trusted: a link would let it choose which files are overwritten.
            if (folder.LinkTarget is not null)
                return $"`{Name}` is a link, which may lead anywhere";
            folder.Create();
            WriteFile(folder, ".gitignore", stream => stream.Write("*\n"u8));
            WriteFile(folder, "claims.json", stream => ClaimsReport.Write(report, stream));
            WriteFile(folder, "findings.sarif", stream => SarifReport.Write(report.Scan, policy, stream));
            WriteFile(folder, "report.html", stream =>
            {
                using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
                HtmlReport.Write(report, policy, text);
            });
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return $"`{Name}` cannot be written: {FileProblem.InWords(problem)}";
        }
    }

    private static void WriteFile(DirectoryInfo folder, string name, Action<Stream> write) =>
        WholeFile.Write(Path.Join(folder.FullName, name), write);
}
