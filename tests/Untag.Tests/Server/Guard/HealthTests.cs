using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Untag.Check;
using Untag.Tests.Check;

namespace Untag.Tests.Server.Guard;

/// <summary><c>untag guard health</c>, as a process of its own that asks a guard with the words of its product file.</summary>
public sealed class HealthTests
{
    private const string Token = "0123456789abcdef";

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_guard_that_answers_is_ready_and_one_whose_log_cannot_be_written_is_not()
    {
        await using var guarded = await GuardedService.AnswerAsync("""{"ethnicity": "x"}""", section => section with { Admin = new GuardAdmin("127.0.0.1:0", null, null) });
        guarded.Folder.Write("untag.yaml", $"guard: {{admin: {{listen: \"127.0.0.1:{PortOf(guarded)}\"}}}}\n");
        Assert.Equal((0, "ready\n", ""), Ask(guarded.Folder));
        Directory.Move(guarded.LogFolder, guarded.LogFolder + "-lost");
        File.WriteAllText(guarded.LogFolder, "no folder");
        while ((await guarded.Client.GetAsync("/detect", Ending)).StatusCode != HttpStatusCode.ServiceUnavailable)
            await Task.Delay(50, Ending);
        Assert.Equal((1, "not ready: the log cannot be written\n", ""), Ask(guarded.Folder));
    }

    [Fact]
    public async Task It_is_asked_over_TLS_whatever_name_its_certificate_has_with_the_token_that_it_takes_and_its_policy_is_not_read()
    {
        using var files = new ProductFolder(("token", Token + "\n"), ("broken.yaml", "extends: nothing\n"));
        IssuedCertificate.Write(files, "guard");
        await using var guarded = await TlsAsync(files, new GuardAdmin("*:0", files.At("token"), null));
        files.Write("untag.yaml", "policy: broken.yaml\n" + Tls($"listen: \"*:{PortOf(guarded)}\", token: token"));
        Assert.Equal((0, "ready\n", ""), Ask(files));
        files.Write("token", Token + "0");
        ExpectError(files, "error: the guard does not take this token\n");
        files.Write("token", "a\u00e9" + Token);
        ExpectError(files, "error: the token `token` cannot be sent\n");
    }

    [Fact]
    public async Task What_shows_another_certificate_is_not_told_the_token()
    {
        using var files = new ProductFolder(("token", Token));
        IssuedCertificate.Write(files, "guard");
        await using var guarded = await TlsAsync(files, new GuardAdmin("127.0.0.1:0", files.At("token"), null));
        IssuedCertificate.Write(files, "other");
        files.Write("untag.yaml", Tls($"listen: \"127.0.0.1:{PortOf(guarded)}\", token: token", certificate: "other"));
        ExpectError(files, $"error: what listens on `127.0.0.1:{PortOf(guarded)}` shows another certificate than `other.pem`\n");
    }

    [Fact]
    public async Task Where_clients_need_a_certificate_it_brings_the_one_that_was_named()
    {
        using var files = new ProductFolder();
        IssuedCertificate.Write(files, "guard");
        using var authority = IssuedCertificate.Authority("CN=authority");
        using var stranger = IssuedCertificate.Authority("CN=other");
        using var own = IssuedCertificate.Client(authority);
        using var foreign = IssuedCertificate.Client(stranger);
        files.Write("clients.pem", authority.ExportCertificatePem());
        files.Write("own.pem", IssuedCertificate.PemOf(own));
        files.Write("foreign.pem", IssuedCertificate.PemOf(foreign));
        await using var guarded = await TlsAsync(files, new GuardAdmin("127.0.0.1:0", null, files.At("clients.pem")));
        files.Write("untag.yaml", Tls($"listen: \"127.0.0.1:{PortOf(guarded)}\", clients: clients.pem"));
        Assert.Equal((0, "ready\n", ""), Ask(files, "--certificate", "own.pem"));
        ExpectError(files, "error: the admin address asks for a certificate\n");
        ExpectError(files, $"error: the guard cannot be asked on `127.0.0.1:{PortOf(guarded)}`: ", "--certificate", "foreign.pem");
        ExpectError(files, "error: the certificate `clients.pem` cannot be used: ", "--certificate", "clients.pem");
    }

    [Fact]
    public async Task What_is_no_guard_or_says_nothing_is_not_taken_for_one()
    {
        await using var page = await GuardedService.ServeAsync(context => GuardedService.WriteAsync(context, "welcome", "text/plain; charset=none"), HttpProtocols.Http1);
        using var folder = new ProductFolder();
        var port = new Uri(page.Urls.First()).Port;
        folder.Write("untag.yaml", $"guard: {{admin: {{listen: \"127.0.0.1:{port}\"}}}}\n");
        ExpectError(folder, $"error: what answers on `127.0.0.1:{port}` is no guard: it said 200\n");
        await page.StopAsync(Ending);
        ExpectError(folder, $"error: nothing listens on `127.0.0.1:{port}`: ");
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        port = ((IPEndPoint)silent.LocalEndpoint).Port;
        folder.Write("untag.yaml", $"guard: {{admin: {{listen: \"127.0.0.1:{port}\"}}}}\n");
        ExpectError(folder, $"error: nothing was said on `127.0.0.1:{port}` within 1 s\n", "--timeout", "1s");
    }

    [Theory]
    [InlineData("guard: {upstream: \"http://127.0.0.1:9\"}", "error: the guard tells nothing of itself: it has no `admin` address\n")]
    [InlineData("guard: {admin: {listen: \"127.0.0.1:0\"}}", "error: the port of the admin address cannot be known\n")]
    [InlineData("guard: {admin: {listen: nowhere}}", "error: `nowhere` is no address to listen on\n")]
    [InlineData("guard: {admin: {lisen: x}}", "error: the product file `untag.yaml` cannot be used\n")]
    [InlineData("guard: {admin: {listen: \"127.0.0.1:9\", token: none}}", "error: the token `none` cannot be read: ")]
    [InlineData("guard: {admin: {listen: \"127.0.0.1:9\"}, tls: {certificate: none, key: none}}", "error: the certificate `none` cannot be used: ")]
    [InlineData("", "error: there is no product file `none.yaml`\n", "--config", "none.yaml")]
    [InlineData("", "error: `soon` is no value of --timeout\n", "--timeout", "soon")]
    [InlineData("", "error: unknown option `--listen`\n", "--listen", "127.0.0.1:8080")]
    [InlineData("", "error: `--timeout` has no value\n", "--timeout")]
    public void What_it_was_told_wrong_it_says(string file, string error, params string[] words)
    {
        using var folder = new ProductFolder(("untag.yaml", file));
        ExpectError(folder, error, words);
    }

    private static Task<GuardedService> TlsAsync(ProductFolder files, GuardAdmin admin) => GuardedService.AnswerAsync("{}", section => section with
    {
        Tls = new GuardCertificate(files.At("guard.pem"), files.At("guard.key")),
        Admin = admin,
    });

    private static string Tls(string admin, string certificate = "guard") =>
        $"guard: {{tls: {{certificate: {certificate}.pem, key: {certificate}.key}}, admin: {{{admin}}}}}\n";

    private static int PortOf(GuardedService guarded) => new Uri(guarded.Guard.AdminAddress!).Port;

    // A machine that is busy with other tests answers late, and is not unhealthy.
    private static (int ExitCode, string Output, string Errors) Ask(ProductFolder folder, params string[] words) => ServerProcess.RunToEnd(
        folder.Root, words.Contains("--timeout") ? ["guard", "health", .. words] : ["guard", "health", .. words, "--timeout", "1m"]);

    private static void ExpectError(ProductFolder folder, string error, params string[] words)
    {
        var (code, output, errors) = Ask(folder, words);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith(error, errors, StringComparison.Ordinal);
    }
}
