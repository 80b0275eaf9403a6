using System.Globalization;
using System.Text;
using Untag.Tests.Evidence;
using Untag.Tests.Http;
using Untag.Tests.Workflow;

namespace Untag.Tests.Cli;

/// <summary>The real program asks an authority of time stamps.</summary>
public sealed class TimestampTests : IDisposable
{
    private readonly Shell shell = new();
    private readonly TimeAuthority authority = new();

    public TimestampTests()
    {
        File.WriteAllBytes(shell.At("product.untag"), SmallBundle.Bytes);
        File.WriteAllText(shell.At("root.pem"), authority.RootPem);
    }

    public void Dispose()
    {
        authority.Dispose();
        shell.Dispose();
    }

    [Fact]
    public void An_authority_that_the_user_names_is_asked_and_its_answer_goes_into_the_bundle()
    {
        var head = "";
        using var server = new LocalServer((line, body) =>
        {
            head = line;
            return Reply(authority.Answer(body));
        });
        Assert.Equal(
            (0, "wrote stamped.untag\n"), shell.Run($"untag prove timestamp product.untag --authority {server.Address}tsr -o stamped.untag"));
        Assert.Equal(("POST /tsr HTTP/1.1", 1), (head, server.Asked));
        Assert.Contains(
            "CN=Authority of time", shell.Run("untag verify stamped.untag --timestamp-root root.pem").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_may_name_the_authority()
    {
        using var server = new LocalServer((_, body) => Reply(authority.Answer(body)));
        shell.Variables["UNTAG_AUTHORITY"] = server.Address.AbsoluteUri;
        Assert.Equal(0, shell.Run("untag prove timestamp product.untag -o stamped.untag").ExitCode);
    }

    public static TheoryData<byte[], string> Wrong => new()
    {
        { LocalServer.Http("200 OK", "hello"), "gave no time stamp: what answered is no authority of time stamps" },
        { Reply(TimeAuthority.Response(2, null)), "gave no time stamp: the authority refuses, with the status 2" },
        { LocalServer.Http("302 Found", "", "Location: http://elsewhere.example/"), "the authority gave no time stamp: it sends elsewhere, where nobody goes: name its own address" },
        { LocalServer.Http("500 Oh", ""), "the authority gave no time stamp: it answers with the status 500" },
        { "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"u8.ToArray(), "the authority gave no time stamp: its answer is cut" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Whatever_else_answers_is_told_and_nothing_is_written(byte[] answer, string words)
    {
        using var server = new LocalServer((_, _) => answer);
        var (code, output) = shell.Run($"untag prove timestamp product.untag --authority {server.Address} -o stamped.untag");
        Assert.Equal(2, code);
        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.False(File.Exists(shell.At("stamped.untag")));
    }

    [Theory]
    [InlineData("ftp://time.example/", "the address of an authority starts with https:// or http://")]
    [InlineData("https://me@time.example/", "the address of an authority has no user")]
    public void An_address_that_is_none_is_not_asked(string address, string words) =>
        Assert.Contains(words, shell.Run($"untag prove timestamp product.untag --authority {address} -o stamped.untag").Output, StringComparison.Ordinal);

    private static byte[] Reply(byte[] body) =>
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n")), .. body];
}
