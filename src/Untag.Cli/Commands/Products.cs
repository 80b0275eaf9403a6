using System.CommandLine;
using Untag.Check;
using Untag.Policy;

namespace Untag.Cli.Commands;

/// <summary>A product and the policy that it is judged by.</summary>
internal sealed record OpenedProduct(ProductFile Product, TagPolicy Policy);

/// <summary>Finds and reads the product file that a command works with.</summary>
internal static class Products
{
    /// <summary>The product of <c>--config</c>, or of the nearest file in a folder or above it; null when there is none.</summary>
    public static OpenedProduct? Nearest(ParseResult words, string folder)
    {
        var given = words.GetValue(Settings.Config);
        if (given is not null && !File.Exists(given))
            throw new UserError($"there is no product file `{given}`", "`untag init` writes one");
        var file = given ?? ProductFile.Find(Path.GetFullPath(folder));
        return file is null ? null : Read(file, words);
    }

    /// <summary>The policy of <c>--policy</c>; null when the words name none.</summary>
    public static TagPolicy? ChosenPolicy(ParseResult words)
    {
        if (words.GetValue(Settings.Policy) is not { } path)
            return null;
        var (policy, errors) = TagPolicy.Read(path);
        return policy ?? throw new UserError(
            $"the policy `{path}` cannot be used",
            [.. errors.Distinct()],
            "docs/formats/policy.md of the repository shows every section");
    }

    private static OpenedProduct Read(string file, ParseResult words)
    {
        var read = ProductFileReader.Read(file, ChosenPolicy(words));
        if (read is { Product: { } product, Policy: { } policy })
            return new OpenedProduct(product, policy);
        var shown = Path.GetRelativePath(Directory.GetCurrentDirectory(), file);
        throw new UserError(
            $"the product file `{shown}` cannot be used",
            [.. read.Errors.Select(error => $"{shown}:{error.Line}: {error.Message}: {error.Fix}")],
            "`untag help config` shows every key, with an example");
    }
}
