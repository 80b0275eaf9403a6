using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Untag.Evidence;
using Untag.Evidence.Bundles;
using Untag.Evidence.Signing;
using Untag.Evidence.Statements;
using Untag.Evidence.Timestamps;
using Untag.Tests.Architecture;
using Untag.Tests.Check;
using Untag.Tests.Evidence;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Storage;

namespace Untag.Tests.Documents;

/// <summary>The page that verifies a bundle in a browser: its script in node, and the page as a whole in Chromium, where they are
/// to be had.</summary>
public sealed partial class VerifierPageTests
{
    private static readonly string Page = File.ReadAllText(Repository.File("docs", "verifier", "verify.html"));
    private static readonly string[] Browsers =
        ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/google-chrome"];

    private static readonly string Today = $"{SmallBundle.Day:yyyy-MM-dd}";

    // A bundle, and what its reader has beside it.
    private sealed record Case(
        string Name, byte[] Bundle, string? Checkpoint = null, string? Product = null, string? Key = null, params VerifierKey[] Trusted)
    {
        public string TrustedText => string.Join('\n', Trusted.Select(key => key.ToString()));
    }

    [Fact]
    public void The_script_says_of_each_bundle_what_the_library_says()
    {
        using var folder = new ProductFolder();
        Case[] cases = [.. OfSignatures(), .. OfFiles(), .. OfDays(), .. OfLogs(folder), .. OfWitnesses(folder), .. OfProducts()];
        for (var i = 0; i < cases.Length; i++)
        {
            File.WriteAllBytes(folder.At($"{i}.untag"), cases[i].Bundle);
            folder.Write($"{i}.json", JsonSerializer.Serialize(cases[i] with { Bundle = [], Trusted = [] }));
            folder.Write($"{i}.keys", cases[i].TrustedText);
        }

        var said = Node(folder, $$"""
            for (let i = 0; i < {{cases.Length}}; i++) {
              const { Checkpoint, Product, Key } = JSON.parse(readFileSync(`${i}.json`));
              const product = Product === null ? null : async name => name === 'dist/app.py' && Product ? new TextEncoder().encode(Product) : null;
              console.log(await say(readFileSync(`${i}.untag`), Key ?? key, { checkpoint: Checkpoint ?? '', trusted: readFileSync(`${i}.keys`, 'utf8'), product }));
            }
            """);
        Assert.Equal(cases.Select(one => $"{one.Name}: {Said(one)}"), said.Select((line, i) => $"{cases[i].Name}: {line}"));
        // Nothing that a reader of the page can meet is left to chance.
        var shown = FailureCode().Matches(Page).Select(match => match.Groups[1].Value).Where(code => code != "18").ToHashSet();
        Assert.Empty(shown.Except(said.Select(line => line.Split(' ')[^1])));
    }

    private static IEnumerable<Case> OfSignatures()
    {
        using var stranger = EvidenceKey.New();
        var words = new CountersignPredicate("A. Roe", CountersignWords.Agrees, SmallBundle.Day);
        var strangers = Bundler.Make(SmallBundle.Draft, stranger);
        var trueKey = new BundleEntry(BundlePaths.Key, Encoding.UTF8.GetBytes(SmallBundle.Key.PublicPem));
        yield return new("good", SmallBundle.Bytes);
        yield return new("countersigned", Countersigning.Add(SmallBundle.Bytes, words, stranger));
        yield return new("disputed", Countersigning.Add(SmallBundle.Bytes, words with { Says = CountersignWords.Disagrees }, stranger));
        yield return new("withheld", Redaction.Withhold(SmallBundle.Bytes, ["report.html"]));
        yield return new("withdrawn", Countersigning.Add(SmallBundle.Bytes, words with { Says = CountersignWords.Withdraws }, SmallBundle.Key));
        yield return new("of another key", strangers);
        yield return new("of a stranger under the true key", SmallBundle.Repack(
            [.. SmallBundle.Files(strangers).Select(file => file.Path == BundlePaths.Key ? trueKey : file)]));
        yield return new("with a previous one", Bundler.Make(SmallBundle.Draft with { Previous = PreviousBundle.Open(SmallBundle.Bytes) }, SmallBundle.Key));
        using var authority = new TimeAuthority();
        yield return new("time-stamped", Timestamping.Add(SmallBundle.Bytes, authority.Answer(Timestamping.RequestFor(SmallBundle.Bytes))));
    }

    private static IEnumerable<Case> OfFiles()
    {
        var files = SmallBundle.Files(SmallBundle.Bytes);
        var others = SmallBundle.Files(SmallBundle.Another);
        var entries = BundleArchive.Read(SmallBundle.Bytes);
        var other = "<p>?</p>"u8.ToArray();
        yield return new("cut", SmallBundle.Bytes[..1000]);
        yield return new("longer", [.. SmallBundle.Bytes, 0]);
        yield return new("in another order", BundleArchive.Write([entries[0], .. entries.Skip(1).Reverse()]));
        yield return new("with a file more", BundleArchive.Write([.. entries, new BundleEntry("more.txt", "more"u8.ToArray())]));
        yield return new("without a document", BundleArchive.Write([.. entries.Where(entry => entry.Path != "report.html")]));
        yield return new("with a file changed", BundleArchive.Write(
            [.. entries.Select(entry => entry.Path == "report.html" ? entry with { Bytes = other } : entry)]));
        yield return new("with another document", SmallBundle.Repack(
            [.. files.Select(file => file.Path == "report.html" ? file with { Bytes = other } : file)]));
        yield return new("without a summary", SmallBundle.Repack([.. files.Where(file => file.Path != BundlePaths.Summary)]));
        yield return new("with the summary of another", SmallBundle.Repack(
            [.. files.Select(file => file.Path == BundlePaths.Summary ? others.Find(entry => entry.Path == file.Path)! : file)]));
        yield return new("with two swapped", SmallBundle.Repack([.. files.Select(file => file.Path switch
        {
            BundlePaths.Result => file with { Bytes = files.Find(entry => entry.Path == BundlePaths.Summary)!.Bytes },
            BundlePaths.Summary => file with { Bytes = files.Find(entry => entry.Path == BundlePaths.Result)!.Bytes },
            _ => file,
        })]));
        var first = SmallBundle.Draft with
        {
            Claims = SmallBundle.Draft.Claims with
            {
                Schema = ClaimsPredicate.FirstSchemaName,
                Claims = [.. SmallBundle.Draft.Claims.Claims.Select(claim => claim with { Measures = null })],
            },
        };
        yield return new("of the first version", SmallBundle.Repack(
            [.. SmallBundle.Files(Bundler.Make(first, SmallBundle.Key)).Where(file => file.Path != BundlePaths.Summary)]));
        yield return new("of the first version with a summary", Bundler.Make(first, SmallBundle.Key));
    }

    private static IEnumerable<Case> OfDays()
    {
        byte[] Made(Func<ClaimsPredicate, ClaimsPredicate> alter) =>
            Bundler.Make(SmallBundle.Draft with { Claims = alter(SmallBundle.Draft.Claims) }, SmallBundle.Key);
        string Ending(int days) => $"valid-until: {SmallBundle.Day.AddDays(days):yyyy-MM-dd}\n{SmallBundle.Key.PublicPem}";
        yield return new("expired", Made(claims => claims with { ValidUntil = SmallBundle.Day.AddDays(-1) }));
        yield return new("of tomorrow", Made(claims => claims with { CheckedOn = SmallBundle.Day.AddDays(1) }));
        yield return new("of a key that ends today", SmallBundle.Bytes, Key: Ending(0));
        yield return new("of a key that ended", SmallBundle.Bytes, Key: Ending(-1));
        yield return new("of a key that has ended since", Made(claims => claims with { CheckedOn = SmallBundle.Day.AddDays(-9) }), Key: Ending(-5));
    }

    private static IEnumerable<Case> OfLogs(ProductFolder folder)
    {
        var key = SigningKey.New("example.com/log", NoteAlgorithm.Ed25519);
        var logged = Logged(folder.At("log"), key, 300, out var seen);
        Logged(folder.At("longer"), key, 900, out var longer);
        Logged(folder.At("fork"), key, 2, out var fork);
        var stranger = SigningKey.New("example.com/log", NoteAlgorithm.Ed25519);
        var files = SmallBundle.Files(logged);
        byte[] With(string path, Func<byte[], byte[]> alter) => SmallBundle.Repack(
            [.. files.Select(file => file.Path == path ? file with { Bytes = alter(file.Bytes.ToArray()) } : file)]);
        yield return new("in a log", logged);
        yield return new("in a log that grew", logged, seen.ToString());
        yield return new("in a log that was rolled back", logged, longer.ToString());
        yield return new("in a log that was forked", logged, fork.ToString());
        yield return new("in another log", logged, (seen with { Signatures = [stranger.Sign(seen.Text)] }).ToString());
        yield return new("in a log with a forged checkpoint", logged, seen.ToString().Replace("\n300\n", "\n299\n", StringComparison.Ordinal));
        yield return new("in no log", SmallBundle.Bytes, seen.ToString());
        yield return new("with another entry", With("log/entry.json", bytes => [.. bytes[..^2], (byte)'0', .. bytes[^1..]]));
        yield return new("with another key of the log", With("log/log.vkey", _ => Encoding.UTF8.GetBytes($"{stranger.Verifier}\n")));
        yield return new("with a cut proof", With("log/statement.tlog-proof", bytes => bytes[..^9]));
        yield return new("with a file more in the log", SmallBundle.Repack([.. files, new BundleEntry("log/tile/7/000", default)]));
        yield return new("with another tile", With("log/tile/0/001.p/45", bytes => [.. bytes.Select(value => (byte)(value ^ 1))]), seen.ToString());
    }

    private static IEnumerable<Case> OfWitnesses(ProductFolder folder)
    {
        var log = SigningKey.New("example.com/log", NoteAlgorithm.Ed25519);
        var stranger = SigningKey.New("example.com/log", NoteAlgorithm.Ed25519);
        var witness = SigningKey.New("witness.example/w1", NoteAlgorithm.Cosignature);
        var second = SigningKey.New("witness.example/w2", NoteAlgorithm.Cosignature);
        var postQuantum = SigningKey.New("witness.example/w1", NoteAlgorithm.PostQuantumCosignature);
        var logged = Logged(folder.At("witnessed"), log, 3, out var earlier);
        var signed = Cosigned(logged, text => [witness.Cosign(text, 1_795_000_000), postQuantum.Cosign(text, 1_795_000_000)]);
        yield return new("with the key of its log", logged, Trusted: log.Verifier);
        yield return new("with the key of another log", logged, Trusted: stranger.Verifier);
        yield return new("in no log, with the key of one", SmallBundle.Bytes, Trusted: log.Verifier);
        yield return new("in no log, with a witness", SmallBundle.Bytes, Trusted: witness.Verifier);
        yield return new("with a witness", signed, Trusted: [log.Verifier, witness.Verifier, postQuantum.Verifier]);
        yield return new("with a witness that has not signed", signed, Trusted: second.Verifier);
        yield return new("with a witness that signed another checkpoint", Cosigned(logged, _ => [witness.Cosign(earlier.Text, 1_795_000_000)]), Trusted: witness.Verifier);
        yield return new("with a witness whose time was changed", Cosigned(logged, text => [Later(witness.Cosign(text, 1_795_000_000))]), Trusted: witness.Verifier);
        yield return new("with a witness whose signature is cut", Cosigned(logged, text => [Cut(witness.Cosign(text, 1_795_000_000))]), Trusted: witness.Verifier);
    }

    private static NoteSignature Later(NoteSignature signature) =>
        signature with { Bytes = signature.Bytes.ToArray().Select((value, i) => i == 7 ? (byte)(value + 1) : value).ToArray() };

    private static NoteSignature Cut(NoteSignature signature) => signature with { Bytes = signature.Bytes[..^1] };

    // What whoever made the bundle can do with what a witness answered.
    private static byte[] Cosigned(byte[] bundle, Func<string, NoteSignature[]> cosign) =>
        SmallBundle.Repack([.. SmallBundle.Files(bundle).Select(file =>
        {
            if (file.Path != "log/statement.tlog-proof")
                return file;
            var proof = TlogProof.Parse(file.Bytes.Span);
            var note = cosign(proof.Note.Text).Aggregate(proof.Note, (before, signature) => before.With(signature));
            return file with { Bytes = Encoding.UTF8.GetBytes((proof with { Note = note }).ToString()) };
        })]);

    private static IEnumerable<Case> OfProducts()
    {
        yield return new("with its product", SmallBundle.Bytes, Product: SmallBundle.ShippedText);
        yield return new("with another product", SmallBundle.Bytes, Product: "print('bye')\n");
        yield return new("without its file", SmallBundle.Bytes, Product: "");
    }

    // A fork starts with other entries.
    private static byte[] Logged(string folder, SigningKey key, int before, out SignedNote note)
    {
        using var log = LogStore.Open(folder, key);
        for (var i = 0; i < before; i++)
            log.Append(BitConverter.GetBytes(folder.EndsWith("fork", StringComparison.Ordinal) ? -i : i + 1));
        note = log.Publish();
        return LogEvidence.Add(SmallBundle.Bytes, log, folder, key.Verifier, SmallBundle.Day);
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
    [InlineData("en", false, "Unchanged since it was signed.", "What none of it proves", "Figures behind the verdict (1)", "version: 1 → 2")]
    [InlineData("zh", false, "自签名以来未被改动。", "产品中没有任何内容命名", "错误级发现数 (errors)", "版本: 1 → 2", "与此日期的证据包相比的变化")]
    [InlineData("en", true, "Not accepted", "a document in the bundle is not the one that was signed")]
    [InlineData("zh", true, "不予接受", "文件不是被签名的那一份")]
    public void In_Chromium_the_page_shows_the_claims_or_why_not(string language, bool tampered, params string[] shown)
    {
        var bundle = tampered
            ? SmallBundle.Repack([.. SmallBundle.Files(SmallBundle.Bytes)
                .Select(file => file.Path == "report.html" ? file with { Bytes = "<p>?</p>"u8.ToArray() } : file)])
            : Bundler.Make(
                SmallBundle.Draft with
                {
                    Claims = SmallBundle.Draft.Claims with { Version = "2" },
                    Previous = PreviousBundle.Open(SmallBundle.Bytes),
                },
                SmallBundle.Key);
        var dom = Dropped(bundle, language);
        Assert.All(shown, text => Assert.Contains(text, dom, StringComparison.Ordinal));
        Assert.Contains("sha256:" + ScriptDigest(), dom, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "", "Witness: witness.example/w1<", "were not checked: witness.example/w2<", "its key, which you gave")]
    [InlineData("zh", "", "见证人: witness.example/w1<", "未检查的签名: witness.example/w2<", "日志公钥（即您提供的）")]
    [InlineData("en", "forged", "Not accepted", "31: the checkpoint of the log is not signed as it says: witness.example/w1<")]
    [InlineData("zh", "forged", "不予接受", "31: 日志检查点的签名与其所述不符: witness.example/w1<")]
    [InlineData("en", "not given", "none whose key you gave: self-asserted", "were not checked: witness.example/w1, witness.example/w2<")]
    [InlineData("zh", "not given", "仅为自我声明", "未检查的签名: witness.example/w1, witness.example/w2<")]
    [InlineData("en", "in an old browser", "Not verified", "this browser does not know Ed25519")]
    [InlineData("zh", "in an old browser", "未验证", "此浏览器不支持日志和见证人签名所用的 Ed25519")]
    [InlineData("en", "no key", "Not verified", "a verifier key is written name+id+base64")]
    public void In_Chromium_the_page_names_the_witnesses_whose_keys_were_given_or_why_it_cannot(string language, string how, params string[] shown)
    {
        using var folder = new ProductFolder();
        var log = SigningKey.New("example.com/log", NoteAlgorithm.Ed25519);
        var witness = SigningKey.New("witness.example/w1", NoteAlgorithm.Cosignature);
        var other = SigningKey.New("witness.example/w2", NoteAlgorithm.Cosignature);
        var bundle = Cosigned(Logged(folder.At("log"), log, 3, out var earlier), text =>
            [witness.Cosign(how == "forged" ? earlier.Text : text, 1_795_000_000), other.Cosign(text, 1_795_000_000)]);
        var trusted = how switch
        {
            "not given" => "",
            "no key" => "witness.example/w1",
            _ => $"{log.Verifier}\n{witness.Verifier}=https://witness.example/\n",
        };
        var old = how == "in an old browser"
            ? "crypto.subtle.importKey = (known => (form, bytes, kind, ...rest) => kind.name === 'Ed25519' ? Promise.reject(new DOMException('', 'NotSupportedError')) : known(form, bytes, kind, ...rest))(crypto.subtle.importKey.bind(crypto.subtle));"
            : "";
        var dom = Dropped(bundle, language, $"{old} byId('trusted').value = {JsonSerializer.Serialize(trusted)};");
        Assert.All(shown, text => Assert.Contains(text, dom, StringComparison.Ordinal));
    }

    // The page as it stands after a file was dropped on it, on the day of the bundle.
    private static string Dropped(byte[] bundle, string language, string before = "")
    {
        var chromium = Browsers.FirstOrDefault(File.Exists);
        Assert.SkipWhen(chromium is null, "there is no Chromium");
        using var folder = new ProductFolder();
        var dropped = $$"""
            <script>
            language = '{{language}}';
            Date.prototype.toISOString = () => '{{Today}}T00:00:00Z';
            {{before}}
            take(Uint8Array.from(atob('{{Convert.ToBase64String(bundle)}}'), c => c.charCodeAt(0)));
            </script></body>
            """;
        folder.Write("page.html", Page.Replace("</body>", dropped, StringComparison.Ordinal));
        return Run(chromium!, folder.Root, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=10000", "--dump-dom", "file://" + folder.At("page.html"));
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

    private static readonly string[] Parts = ["identify", "target"];

    // In both languages: a name such as cramers_v_corrected_within is put together out of its parts.
    [Fact]
    public void The_page_has_words_for_every_measure_of_an_audit()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.File("docs", "formats", "audit.schema.json")));
        var measures = Parts.SelectMany(part =>
            schema.RootElement.GetProperty("properties").GetProperty(part).GetProperty("items").GetProperty("properties").GetProperty("measure")
                .GetProperty("enum").EnumerateArray().Select(name => name.GetString()!)).ToList();
        foreach (var part in measures.SelectMany(name => MeasureEnding().Split(name).Where(part => part.Length > 0)).Distinct())
            Assert.True(Page.Split($" {part}: '").Length - 1 == 2, $"the page has no words for {part}");
    }

    [GeneratedRegex("(_gap|_ratio|_corrected|_denoised|_within)(?=_|$)")]
    private static partial Regex MeasureEnding();

    private static string ScriptDigest() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Concat(Script().Matches(Page).Select(match => match.Groups[1].Value)))));

    private static string Said(Case one)
    {
        using var product = new ProductFolder(("a", ""));
        if (one.Product is { Length: > 0 } text)
            product.Write("dist/app.py", text);
        using var key = one.Key is null ? null : EvidenceKey.Parse(one.Key);
        try
        {
            Verifier.Verify(SmallBundle.Request(one.Bundle) with
            {
                Key = key ?? SmallBundle.Key,
                Checkpoint = one.Checkpoint is { } seen ? SignedNote.Parse(Encoding.UTF8.GetBytes(seen)) : null,
                ProductFolder = one.Product is null ? null : product.Root,
                LogKey = one.Trusted.FirstOrDefault(trusted => trusted.Algorithm == NoteAlgorithm.Ed25519),
                Witnesses = [.. one.Trusted.Where(trusted => trusted.Algorithm != NoteAlgorithm.Ed25519)],
            });
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
            async function say(bytes, given = key, beside = {}) {
              try { await verifyBundle(new Uint8Array(bytes), given, '{{Today}}', beside); return 'accepted'; }
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
