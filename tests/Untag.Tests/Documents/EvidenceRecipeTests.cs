using Untag.Evidence.Bundles;
using Untag.Tests.Architecture;
using Untag.Tests.Evidence;
using Untag.Tests.Workflow;

namespace Untag.Tests.Documents;

/// <summary>The recipe without Untag in docs/formats/evidence.md, with the real openssl.</summary>
public sealed class EvidenceRecipeTests
{
    [Fact]
    public void The_recipe_verifies_a_bundle_and_refuses_one_whose_statement_was_changed()
    {
        using var shell = new Shell();
        var recipe = Recipe().Replace(" findings.sarif product.cdx.json", "", StringComparison.Ordinal); // the small bundle has none
        File.WriteAllBytes(shell.At("product.untag"), SmallBundle.Bytes);
        var (code, output) = shell.Run(recipe);
        Assert.Equal(0, code);
        Assert.Contains("Verified OK", output, StringComparison.Ordinal);
        Assert.Contains(SmallBundle.Key.Fingerprint, output, StringComparison.Ordinal);
        foreach (var document in SmallBundle.Verify(SmallBundle.Bytes).Claims.Documents)
            Assert.Contains(document.Digest.Sha256, output, StringComparison.Ordinal);

        Directory.Delete(shell.At("bundle"), recursive: true);
        var files = SmallBundle.Files(SmallBundle.Bytes);
        var text = System.Text.Encoding.UTF8.GetString(files[0].Bytes.Span);
        var payload = text.IndexOf("\"payload\": \"", StringComparison.Ordinal) + 40;
        files[0] = files[0] with { Bytes = System.Text.Encoding.UTF8.GetBytes(text[..payload] + (text[payload] == 'A' ? 'B' : 'A') + text[(payload + 1)..]) };
        File.WriteAllBytes(shell.At("product.untag"), BundleArchive.Write(files));
        (code, output) = shell.Run(recipe);
        Assert.NotEqual(0, code);
        Assert.DoesNotContain("Verified OK", output, StringComparison.Ordinal);
    }

    private static string Recipe()
    {
        var page = File.ReadAllText(Repository.File("docs", "formats", "evidence.md"));
        var start = page.IndexOf("```sh\n", StringComparison.Ordinal) + "```sh\n".Length;
        return page[start..page.IndexOf("```\n", start, StringComparison.Ordinal)];
    }
}
