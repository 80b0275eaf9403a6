using System.Text;
using CsCheck;
using Untag.Http;

namespace Untag.Tests.Http;

public sealed class HttpReplyTests
{
    private static readonly byte[][] Whole =
    [
        LocalServer.Http("200 OK", "— witness.example/w1 AAAAAQE=\n", "Server: a", "Date: b"),
        Encoding.ASCII.GetBytes("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x\r\n0123456789\r\n0\r\n\r\n"),
        Encoding.ASCII.GetBytes("HTTP/1.0 409 Conflict\r\nContent-Type: text/x.tlog.size\r\n\r\n12\n"),
    ];

    private static readonly Gen<byte[]> Damaged =
        from which in Gen.Int[0, Whole.Length - 1]
        let whole = Whole[which]
        from flips in Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Array[0, 4]
        from length in Gen.Int[0, whole.Length]
        select flips.Aggregate(whole, (bytes, flip) => [.. bytes[..flip.Item1], flip.Item2, .. bytes[(flip.Item1 + 1)..]])[..length];

    [Fact]
    public void Whatever_comes_is_an_answer_or_none() => Damaged.Sample(bytes =>
    {
        try
        {
            var reply = HttpReply.Read(new MemoryStream(bytes), CancellationToken.None).GetAwaiter().GetResult();
            Assert.InRange(reply.Status, 200, 999);
            Assert.InRange(reply.Body.Length, 0, bytes.Length);
        }
        catch (IOException)
        {
            // None.
        }
    });

    [Fact]
    public async Task Pieces_are_put_together_and_lengths_are_kept()
    {
        var bodies = new List<string>();
        foreach (var whole in Whole)
            bodies.Add(Encoding.UTF8.GetString((await HttpReply.Read(new MemoryStream(whole), TestContext.Current.CancellationToken)).Body));
        Assert.Equal(["— witness.example/w1 AAAAAQE=\n", "abc0123456789", "12\n"], bodies);
    }
}
