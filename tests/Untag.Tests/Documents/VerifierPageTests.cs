using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Untag.Evidence;
using Untag.Evidence.Bundles;
using Untag.Evidence.Signing;
using Untag.Evidence.Statements;
using Untag.Tests.Architecture;
using Untag.Tests.Check;
using Untag.Tests.Evidence;

namespace Untag.Tests.Documents;

/// <summary>The page that verifies a bundle in a browser: its script in node, and the page as a whole in Chromium, where they are
/// to be had.</summary>
public sealed partial class VerifierPageTests
{
    private static readonly string Page = File.ReadAllText(Repository.File("docs", "verifier", "verify.html"));
    private static readonly string[] Browsers =
        ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/google-chrome"];

    private static readonly string Today = $"{SmallBundle.Day:yyyy-MM-dd}";

    [Fact]
    public void The_script_says_of_each_bundle_what_the_library_says()
    {
        using var stranger = EvidenceKey.New();
        var files = SmallBundle.Files(SmallBundle.Bytes);
        var entries = BundleArchive.Read(SmallBundle.Bytes);
        var words = new CountersignPredicate("A. Roe", CountersignWords.Agrees, SmallBundle.Day);
        (string Name, byte[] Bundle)[] bundles =
        [
            ("good", SmallBundle.Bytes),
            ("countersigned", Countersigning.Add(SmallBundle.Bytes, words, stranger)),
            ("withheld", Redaction.Withhold(SmallBundle.Bytes, ["report.html"])),
            ("withdrawn", Countersigning.Add(SmallBundle.Bytes, words with { Says = CountersignWords.Withdraws }, SmallBundle.Key)),
            ("of a stranger", Bundler.Make(SmallBundle.Draft, stranger)),
            ("cut", SmallBundle.Bytes[..1000]),
            ("longer", [.. SmallBundle.Bytes, 0]),
            ("in another order", BundleArchive.Write([entries[0], .. entries.Skip(1).Reverse()])),
            ("with a file more", BundleArchive.Write([.. entries, new BundleEntry("more.txt", "more"u8.ToArray())])),
            ("without a document", BundleArchive.Write([.. entries.Where(entry => entry.Path != "report.html")])),
            ("with another document", SmallBundle.Repack(
                [.. files.Select(file => file.Path == "report.html" ? file with { Bytes = "<p>?</p>"u8.ToArray() } : file)])),
            ("expired", Bundler.Make(SmallBundle.Draft with { Claims = SmallBundle.Draft.Claims with { ValidUntil = SmallBundle.Day.AddDays(-1) } }, SmallBundle.Key)),
        ];
        using var folder = new ProductFolder();
        for (var i = 0; i < bundles.Length; i++)
            File.WriteAllBytes(folder.At($"{i}.untag"), bundles[i].Bundle);
        var said = Node(folder, "for (let i = 0; i < " + bundles.Length + "; i++) console.log(await say(readFileSync(`${i}.untag`)));");
        Assert.Equal(bundles.Select(bundle => $"{bundle.Name}: {Said(bundle.Bundle)}"), said.Select((line, i) => $"{bundles[i].Name}: {line}"));
    }

    [Fact]
    public void The_script_accepts_no_flipped_byte()
    {
        using var folder = new ProductFolder();
        File.WriteAllBytes(folder.At("a.untag"), SmallBundle.Bytes);
        var said = Node(folder, """
            const bytes = readFileSync('a.untag');
            let accepted = 0;
            for (let i = 0; i < bytes.length; i++) { bytes[i] ^= 1; if (await say(bytes) === 'accepted') accepted++; bytes[i] ^= 1; }
            console.log(`${bytes.length} ${accepted} ${await say(bytes)}`);
            """);
        Assert.Equal([$"{SmallBundle.Bytes.Length} 0 accepted"], said);
    }

    [Theory]
    [InlineData("en", false, "Unchanged since it was signed.", "What none of it proves")]
    [InlineData("zh", false, "自签名以来未被改动。", "产品中没有任何内容命名")]
    [InlineData("en", true, "Not accepted", "a document in the bundle is not the one that was signed")]
    [InlineData("zh", true, "不予接受", "文件不是被签名的那一份")]
    public void In_Chromium_the_page_shows_the_claims_or_why_not(string language, bool tampered, params string[] shown)
    {
        var chromium = Browsers.FirstOrDefault(File.Exists);
        Assert.SkipWhen(chromium is null, "there is no Chromium");
        var bundle = tampered
            ? SmallBundle.Repack([.. SmallBundle.Files(SmallBundle.Bytes)
                .Select(file => file.Path == "report.html" ? file with { Bytes = "<p>?</p>"u8.ToArray() } : file)])
            : SmallBundle.Bytes;
        using var folder = new ProductFolder();
        // As if the file had been dropped on the day of the bundle.
        var dropped = $$"""
            <script>
            language = '{{language}}';
            Date.prototype.toISOString = () => '{{Today}}T00:00:00Z';
            take(Uint8Array.from(atob('{{Convert.ToBase64String(bundle)}}'), c => c.charCodeAt(0)));
            </script></body>
            """;
        folder.Write("page.html", Page.Replace("</body>", dropped, StringComparison.Ordinal));
        var dom = Run(chromium!, folder.Root, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=10000", "--dump-dom", "file://" + folder.At("page.html"));
        Assert.All(shown, text => Assert.Contains(text, dom, StringComparison.Ordinal));
        Assert.Contains("sha256:" + ScriptDigest(), dom, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_reaches_nothing_and_runs_nothing_that_it_does_not_hold()
    {
        Assert.Contains("default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("innerHTML", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_digests_that_are_published_are_those_of_the_page()
    {
        var published = File.ReadAllText(Repository.File("docs", "verifier", "README.md"));
        Assert.Contains(Manifest.DigestOf(Encoding.UTF8.GetBytes(Page)), published, StringComparison.Ordinal);
        Assert.Contains(ScriptDigest(), published, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_has_words_for_every_failure_that_it_can_give()
    {
        foreach (Match match in FailureCode().Matches(Page))
            Assert.Equal(2, Page.Split($" {match.Groups[1].Value}: '").Length - 1);
    }

    private static string ScriptDigest() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Concat(Script().Matches(Page).Select(match => match.Groups[1].Value)))));

    private static string Said(byte[] bundle)
    {
        try
        {
            SmallBundle.Verify(bundle);
            return "accepted";
        }
        catch (VerifyException problem)
        {
            return $"refused {(int)problem.Failure}";
        }
    }

    private static List<string> Node(ProductFolder folder, string program)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/node") || File.Exists("/usr/local/bin/node"), "there is no node");
        folder.Write("run.mjs", $$"""
            import { readFileSync } from 'node:fs';
            {{Script().Match(Page).Groups[1].Value.Replace("'use strict';", "", StringComparison.Ordinal)}}
            const key = `{{SmallBundle.Key.PublicPem}}`;
            async function say(bytes) {
              try { await verifyBundle(new Uint8Array(bytes), key, '{{Today}}'); return 'accepted'; }
              catch (problem) { if (problem instanceof Failure) return `refused ${problem.code}`; throw problem; }
            }
            {{program}}
            """);
        return [.. Run("node", folder.Root, "run.mjs").TrimEnd('\n').Split('\n')];
    }

    private static string Run(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
#pragma warning disable RS0030 // a browser, or what runs scripts as one does
        using var process = Process.Start(start)!;
#pragma warning restore RS0030
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    [GeneratedRegex(@"<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex(@"new Failure\((\d+)")]
    private static partial Regex FailureCode();
}
