using System.Text;
using Untag.Http;
using Untag.Tests.Check;
using Untag.Tests.Http;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Storage;
using Untag.TransparencyLog.Tiles;
using Untag.TransparencyLog.Witnessing;

namespace Untag.Tests.TransparencyLog.Witnessing;

public sealed class WitnessClientTests : IDisposable
{
    private static readonly SigningKey Key = SigningKey.New("example.com/log", NoteAlgorithm.Ed25519);

    private readonly ProductFolder folder = new();
    private readonly SpecWitness witness = new(Key.Verifier.ToString());

    [Fact]
    public async Task A_witness_made_from_the_specification_alone_signs_a_log_as_it_grows()
    {
        foreach (var entries in new[] { 1, 6, 7, 300, 1000 })
        {
            var log = Grow("log", entries);
            var answer = await Ask(Known, log, 0);
            Assert.Null(answer.Refusal);
            Assert.Equal(entries, witness.Last.Size);
            Assert.Equal(NoteVerdict.Valid, Known.Keys[0].Check(log.Note with { Signatures = answer.Signatures }));
        }

        Assert.Equal(9, witness.Asked); // the first was right about the size 0; the others asked for it
        Assert.Null((await Ask(Known, Grow("log", 1200), 1000)).Refusal);
        Assert.Null((await Ask(Known, Grow("log", 1200), 1200)).Refusal);
        Assert.Equal(11, witness.Asked);
    }

    [Fact]
    public async Task A_witness_of_two_keys_signs_with_both_one_of_which_no_quantum_computer_breaks()
    {
        var both = Known with { Keys = [VerifierKey.Parse(witness.Key), VerifierKey.Parse(witness.PostQuantumKey)] };
        var log = Grow("log", 3);
        var answer = await Ask(both, log, 0);
        Assert.Equal([4, 6], both.Keys.Select(key => (int)key.Algorithm));
        Assert.All(both.Keys, key => Assert.Equal(NoteVerdict.Valid, key.Check(log.Note with { Signatures = answer.Signatures })));
        Assert.Single((await Ask(Known, log, 3)).Signatures); // what is of a key that nobody gave is passed over
    }

    [Fact]
    public async Task A_log_that_forked_or_was_rolled_back_since_the_witness_signed_it_is_told_as_that()
    {
        await Ask(Known, Grow("log", 10), 0);
        Assert.Contains("it has signed 10 entries, and the log has 4: the log was rolled back", (await Ask(Known, Grow("short", 4), 0)).Refusal, StringComparison.Ordinal);
        Assert.Contains("the log was forked", (await Ask(Known, Grow("fork", 12, "other"), 0)).Refusal, StringComparison.Ordinal);
        Assert.Contains("the log was forked", (await Ask(Known, Grow("fork2", 10, "other"), 10)).Refusal, StringComparison.Ordinal);
        Assert.Equal(10, witness.Last.Size);
    }

    [Fact]
    public async Task A_witness_that_does_not_know_the_log_or_its_key_says_so()
    {
        var otherName = SigningKey.New("example.com/other", NoteAlgorithm.Ed25519);
        Assert.Contains("does not know the log example.com/other", (await Ask(Known, Grow("a", 1, key: otherName), 0)).Refusal, StringComparison.Ordinal);
        var otherKey = SigningKey.New("example.com/log", NoteAlgorithm.Ed25519);
        Assert.Contains("does not trust the key", (await Ask(Known, Grow("b", 1, key: otherKey), 0)).Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("405 Method Not Allowed", "", "the status 405")]
    [InlineData("400 Bad Request", "", "does not understand")]
    [InlineData("503 Service Unavailable", "", "is busy")]
    [InlineData("409 Conflict", "", "names none")]
    [InlineData("409 Conflict", "0\n", "names none")]
    [InlineData("409 Conflict", "-1\n", "names none")]
    [InlineData("409 Conflict", "99999999999999999999999\n", "names none")]
    [InlineData("409 Conflict", "5\n", "the log was rolled back")]
    [InlineData("200 OK", "", "cannot be read")]
    [InlineData("200 OK", "hello\n", "cannot be read")]
    [InlineData("200 OK", "— witness.example/w2 AAAAAQE=\n", "no key that was given")]
    public async Task What_a_witness_answers_beside_a_signature_has_a_sentence(string status, string body, string reason)
    {
        using var server = new LocalServer((_, _) => LocalServer.Http(status, body));
        Assert.Contains(reason, (await Ask(Known with { Address = server.Address }, Grow("log", 1), 0)).Refusal, StringComparison.Ordinal);
        Assert.Equal(1, server.Asked);
    }

    [Theory]
    [InlineData("SSH-2.0-server\r\n\r\n", "does not speak HTTP")]
    [InlineData("", "its answer is cut")]
    [InlineData("HTTP/1.1 200 OK\r\n", "its answer is cut")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort", "its answer is cut")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -9\r\n\r\n", "no length that is one")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", "an unknown way")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n", "do not fit")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", "no length that is one")]
    public async Task An_answer_that_is_none_is_told_as_that(string bytes, string reason)
    {
        using var server = new LocalServer((_, _) => Encoding.ASCII.GetBytes(bytes));
        Assert.Contains(reason, (await Ask(Known with { Address = server.Address }, Grow("log", 1), 0)).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        using var elsewhere = new LocalServer((_, _) => LocalServer.Http("200 OK", ""));
        using var server = new LocalServer((_, _) => LocalServer.Http("307 Temporary Redirect", "", $"Location: {elsewhere.Address}"));
        Assert.Contains("sends elsewhere", (await Ask(Known with { Address = server.Address }, Grow("log", 1), 0)).Refusal, StringComparison.Ordinal);
        Assert.Equal(0, elsewhere.Asked);
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read_to_the_end()
    {
        var large = new string('a', 3 << 20);
        using var long200 = new LocalServer((_, _) => LocalServer.Http("200 OK", large));
        using var chunked = new LocalServer((_, _) => Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{large.Length:x}\r\n{large}\r\n0\r\n\r\n"));
        using var line = new LocalServer((_, _) => Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nX: {large}\r\n\r\n"));
        using var headers = new LocalServer((_, _) => Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("X: y\r\n", 10_000))));
        using var goOn = new LocalServer((_, _) => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 10_000))));
        var log = Grow("log", 1);
        foreach (var (server, reason) in new[] { (long200, "larger"), (chunked, "larger"), (line, "without end"), (headers, "too many"), (goOn, "never comes") })
            Assert.Contains(reason, (await Ask(Known with { Address = server.Address }, log, 0)).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pieces_a_first_word_to_go_on_and_an_answer_that_ends_with_the_connection_are_understood()
    {
        var log = Grow("log", 1);
        await Ask(Known, log, 0);
        var signature = (await Ask(Known, log, 1)).Signatures.Single();
        var body = (log.Note with { Signatures = [signature] }).ToString()[(log.Note.Text.Length + 1)..];
        var half = Encoding.UTF8.GetBytes(body)[..50];
        var rest = Encoding.UTF8.GetBytes(body)[50..];
        byte[] pieces =
        [
            .. "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n32;x=y\r\n"u8, .. half,
            .. Encoding.ASCII.GetBytes($"\r\n{rest.Length:X}\r\n"), .. rest, .. "\r\n0\r\n\r\n"u8,
        ];
        using var chunked = new LocalServer((_, _) => pieces);
        using var closing = new LocalServer((_, _) => [.. "HTTP/1.0 200\r\n\r\n"u8, .. Encoding.UTF8.GetBytes(body)]);
        foreach (var server in new[] { chunked, closing })
            Assert.Equal(signature.Bytes.ToArray(), (await Ask(Known with { Address = server.Address }, log, 0)).Signatures.Single().Bytes.ToArray());
    }

    [Fact]
    public async Task No_changed_byte_of_an_answer_is_taken_for_a_signature()
    {
        var log = Grow("log", 1);
        await Ask(Known, log, 0);
        var signature = (await Ask(Known, log, 1)).Signatures.Single();
        var body = Encoding.UTF8.GetBytes((log.Note with { Signatures = [signature] }).ToString()[(log.Note.Text.Length + 1)..]);
        var changed = body;
        using var server = new LocalServer((_, _) => [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {changed.Length}\r\n\r\n"), .. changed]);
        for (var i = 0; i < body.Length; i++)
        {
            changed = [.. body];
            changed[i] ^= 1;
            Assert.NotNull((await Ask(Known with { Address = server.Address }, log, 0)).Refusal);
        }
    }

    [Fact]
    public async Task A_witness_that_signs_another_text_or_without_a_time_has_not_signed()
    {
        var liar = SigningKey.New("liar.example", NoteAlgorithm.Cosignature);
        var log = Grow("log", 1);
        var body = "";
        using var server = new LocalServer((_, _) => LocalServer.Http("200 OK", body));
        var asked = new Witness(server.Address, [liar.Verifier]);
        foreach (var (signature, prefix, reason) in new[]
        {
            (liar.Cosign(log.Note.Text, 7), "— x AAAAAQE=\n\n", "another text"), // an empty line more, before which the text would end
            (liar.Cosign(log.Note.Text.Replace("example.com/log", "example.com/lag", StringComparison.Ordinal), 7), "", "not of its key"),
            (liar.Cosign(log.Note.Text, 0), "", "no time"),
        })
        {
            body = prefix + new SignedNote("", [signature]).ToString()[1..];
            Assert.Contains(reason, (await Ask(asked, log, 0)).Refusal, StringComparison.Ordinal);
        }

        body = new SignedNote("", [liar.Cosign(log.Note.Text, 7)]).ToString()[1..];
        Assert.Null((await Ask(asked, log, 0)).Refusal);
    }

    [Fact]
    public async Task A_witness_that_is_silent_or_not_there_is_not_waited_for()
    {
        var log = Grow("log", 1);
        using var silent = new LocalServer((_, _) => null);
        var asked = Known with { Address = silent.Address, Patience = TimeSpan.FromMilliseconds(200) };
        Assert.Equal("it gives no whole answer within 0.2 s", (await Ask(asked, log, 0)).Refusal);
        silent.Dispose();
        Assert.Equal("nothing listens there", (await Ask(asked with { Patience = TimeSpan.FromSeconds(10) }, log, 0)).Refusal);
        using var ended = new CancellationTokenSource();
        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WitnessClient.Ask(Known, log, 0, ended.Token));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        using var certificate = SelfSigned.For("localhost");
        using var server = new LocalServer((_, _) => LocalServer.Http("200 OK", ""), certificate);
        Assert.Contains("no certificate", (await Ask(Known with { Address = server.Address }, Grow("log", 1), 0)).Refusal, StringComparison.Ordinal);
        Assert.Equal(0, server.Asked);
    }

    [Theory]
    [InlineData("ftp://witness.example/")]
    [InlineData("witness.example")]
    [InlineData("https://")]
    [InlineData("https://user@witness.example/")]
    [InlineData("https://witness.example/?a=b")]
    [InlineData("https://witness.example/#a")]
    [InlineData("https://wítness.example/")]
    public void An_address_that_is_not_plainly_one_is_refused(string text) =>
        Assert.Throws<FormatException>(() => PeerAddress.Parse(text, "a witness"));

    [Fact]
    public void Keys_of_one_address_are_of_one_witness()
    {
        var (one, two) = (PeerAddress.Parse("https://one.example/w", "a witness"), PeerAddress.Parse("https://two.example/w", "a witness"));
        var (first, second) = (VerifierKey.Parse(witness.Key), VerifierKey.Parse(witness.PostQuantumKey));
        Assert.Equal([2, 1], Witness.Of([(first, one), (first, two), (second, one)]).Select(found => found.Keys.Count));
    }

    public void Dispose()
    {
        witness.Dispose();
        folder.Dispose();
    }

    private Witness Known => new(witness.Address, [VerifierKey.Parse(witness.Key)]);

    private static Task<WitnessAnswer> Ask(Witness witness, TiledLog log, ulong known) =>
        WitnessClient.Ask(witness, log, known, TestContext.Current.CancellationToken);

    private TiledLog Grow(string name, int entries, string text = "entry", SigningKey? key = null)
    {
        using (var log = LogStore.Open(folder.At(name), key ?? Key))
        {
            for (var i = (int)log.Size; i < entries; i++)
                log.Append(Encoding.UTF8.GetBytes($"{text} {i}"));
            log.Publish();
        }

        return TiledLog.Open(folder.At(name));
    }
}
