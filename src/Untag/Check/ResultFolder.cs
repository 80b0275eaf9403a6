using Untag.Check.Reports;
using Untag.Policy;
using Untag.Scan.Reports;

namespace Untag.Check;

/// <summary>The folder <c>.untag/</c> in a product, in which a check leaves what it found.</summary>
public static class ResultFolder
{
    /// <summary>Name of the folder.</summary>
    public const string Name = ".untag";

    /// <summary>Writes claims.json, findings.sarif and report.html, each whole or not at all.</summary>
    /// <returns>The folder.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static string Write(CheckReport report, TagPolicy policy, DateOnly date)
    {
        var folder = Path.Join(report.Product.Folder, Name);
        Directory.CreateDirectory(folder);
        WriteFile(folder, ".gitignore", output => output.Write("*\n"u8)); // results are made again, not committed
        WriteFile(folder, "claims.json", output => CheckJsonReport.Write(report, policy, date, output));
        WriteFile(folder, "findings.sarif", output => SarifReport.Write(report.Scan, policy, output));
        WriteFile(folder, "report.html", output =>
        {
            using var text = new StreamWriter(output, leaveOpen: true);
            HtmlReport.Write(report, policy, date, text);
        });
        return folder;
    }

    // Whoever reads while this writes sees the old file or the new one, never a half.
    private static void WriteFile(string folder, string name, Action<Stream> write)
    {
        var path = Path.Join(folder, name);
        var temporary = path + ".new";
        using (var output = File.Create(temporary))
            write(output);
        File.Move(temporary, path, overwrite: true);
    }
}
