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
        var recipe = Recipe("## Without Untag").Replace(" findings.sarif product.cdx.json", "", StringComparison.Ordinal); // the small bundle has none
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

    [Fact]
    public void The_recipe_of_a_time_stamp_works_with_the_authority_of_openssl_and_openssl_verifies_it()
    {
        using var authority = new TimeAuthority();
        using var shell = new Shell(
            ("untag.yaml", "product: app\nships: [app.py]\n"), ("app.py", "print('hello')\n"),
            ("root.pem", authority.RootPem), ("tsa.pem", authority.CertificatePem), ("tsa.key", authority.KeyPem()),
            ("tsa.cnf", """
                [tsa]
                default_tsa = local
                [local]
                serial = serial
                signer_cert = tsa.pem
                signer_key = tsa.key
                signer_digest = sha256
                default_policy = 1.2.3.4
                digests = sha256
                ess_cert_id_alg = sha256

                """));
        var recipe = Recipe("## A time stamp");
        var sent = recipe.Split('\n').Single(line => line.StartsWith("curl ", StringComparison.Ordinal));
        var (code, output) = shell.Run(
            "untag keys new -o signing.pem && untag prove --quiet --key signing.pem -o product.untag\n"
            + recipe.Replace(sent, "openssl ts -reply -config tsa.cnf -queryfile product.tsq -out product.tsr", StringComparison.Ordinal));
        Assert.True(code == 0, output);
        Assert.Contains("UTC by CN=Authority of time", output, StringComparison.Ordinal);
        Assert.Contains("which leads to a root that you gave", output, StringComparison.Ordinal);
        (code, output) = shell.Run(
            Recipe("## Without Untag").Replace("product.untag", "stamped.untag", StringComparison.Ordinal)
            + Recipe("With nothing but `openssl`").Replace("root.pem", "../root.pem", StringComparison.Ordinal));
        Assert.True(code == 0, output);
        Assert.Contains("Verification: OK", output, StringComparison.Ordinal);
    }

    private static string Recipe(string heading)
    {
        var page = File.ReadAllText(Repository.File("docs", "formats", "evidence.md"));
        var start = page.IndexOf(heading, StringComparison.Ordinal);
        start = page.IndexOf("```sh\n", start, StringComparison.Ordinal) + "```sh\n".Length;
        return page[start..page.IndexOf("```\n", start, StringComparison.Ordinal)];
    }
}
