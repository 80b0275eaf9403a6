using System.CommandLine;
using Untag.Check;

namespace Untag.Cli.Commands;

/// <summary>Finds and reads the product file that a command works with.</summary>
internal static class Products
{
    /// <summary>The product file given by <c>--config</c>, or the nearest one at or above a path; null when there is none.</summary>
    public static ProductFile? Nearest(ParseResult words, string path)
    {
        var given = words.GetValue(Settings.Config);
        if (given is not null && !File.Exists(given))
            throw new UserError($"there is no product file `{given}`", "`untag init` writes one");
        var folder = Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
        var file = given ?? (Directory.Exists(folder) ? ProductFile.Find(folder) : null);
        return file is null ? null : Read(file, words);
    }

    private static ProductFile Read(string file, ParseResult words)
    {
        // The file names the policy, and the policy tells which rules and jurisdictions the file may name.
        var policy = Policies.Open(words.GetValue(Settings.Policy));
        var (product, errors) = ProductFileReader.Read(file, policy, TimeProvider.System);
        return product ?? throw Policies.Broken("the product file", errors);
    }
}
