using System.Net.Sockets;
using System.Text;

namespace Untag.Tests.Server.Guard;

/// <summary>Whoever is slow waits for himself alone.</summary>
public sealed class SlowClientsTests
{
    private const int Readers = 1_000, Senders = 1_000;
    private const string Tagged = """{"faces": [{"age": 31, "ethnicity": {"value": "ASIAN"}}]}""";

    // So many bytes that no buffer on the way holds them.
    private static readonly string Large = $$"""{"faces": [{{string.Join(", ", Enumerable.Repeat("""{"age": 31, "smile": 0.25}""", 200_000))}}]}""";

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_thousand_clients_that_read_and_send_slowly_do_not_stop_others()
    {
        await using var guarded = await GuardedService.StartAsync(context =>
            GuardedService.WriteAsync(context, context.Request.Path == "/large" ? Large : Tagged, "application/json"));
        var slow = new List<Socket>();
        try
        {
            for (var i = 0; i < Readers + Senders; i++)
                slow.Add(await BeginAsync(guarded.Client.BaseAddress!, i < Readers));
            for (var i = 0; i < 50; i++)
                Assert.Equal("""{"faces": [{"age": 31}]}""", await guarded.Client.GetStringAsync("/detect", Ending));
            // They were there all the time, each with a request that has not ended.
            Assert.True(slow.Count(IsConnected) > (Readers + Senders) / 2);
        }
        finally
        {
            slow.ForEach(socket => socket.Dispose());
        }
    }

    private static async Task<Socket> BeginAsync(Uri guard, bool reads)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4 << 10 };
        await socket.ConnectAsync(guard.Host, guard.Port, Ending);
        var request = reads
            ? "GET /large HTTP/1.1\r\nHost: guard\r\n\r\n"
            : "POST /detect HTTP/1.1\r\nHost: guard\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{";
        await socket.SendAsync(Encoding.ASCII.GetBytes(request), Ending);
        return socket;
    }

    // What is not read yet does not count as an end; a connection that was closed or reset does.
    private static bool IsConnected(Socket socket)
    {
        try
        {
            return !socket.Poll(0, SelectMode.SelectRead) || socket.Available > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
