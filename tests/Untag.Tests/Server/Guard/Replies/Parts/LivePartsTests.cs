using System.Globalization;
using System.Text;
using Untag.Server.Guard.Replies;

namespace Untag.Tests.Server.Guard.Replies.Parts;

/// <summary>Streams of cameras.</summary>
public sealed class LivePartsTests
{
    private const string Jpeg = "\u0001\n--x\r\n\u0002\n"; // looks a little like the end of a part

    private static readonly ReplyHead Head = new()
    {
        MediaType = "multipart/x-mixed-replace",
        Boundary = "frame1",
        OpaqueParts = new HashSet<string> { "image/jpeg" },
    };

    private static readonly string Stream =
        Stated("image/jpeg", Jpeg) + Stated("application/json", "{\"race\":1,\"age\":31}") + Stated("image/jpeg", Jpeg + Jpeg)
        + Part("application/json", "{\"a\":1}") + Stated("text/plain", "ethnicity: x") + Stated("text/plain", "Code=FaceDetection\r\n") + Stated("image/jpeg", "");

    private static readonly string Expected =
        Stated("image/jpeg", Jpeg) + Part("application/json", "{\"age\":31}") + Stated("image/jpeg", Jpeg + Jpeg)
        + Part("application/json", "{\"a\":1}") + Stated("text/plain", "Code=FaceDetection\r\n") + Stated("image/jpeg", "");

    [Fact]
    public void Each_part_loses_its_tag_and_the_others_stay_as_they_are_wherever_the_stream_is_cut()
    {
        var body = Bytes(Stream + "--frame1--\r\n");
        for (var piece = 1; piece <= body.Length; piece++)
            Assert.Equal(Expected + "--frame1--\r\n", Filtered.Of(Head, body, limits: null, piece).Text);
    }

    [Fact]
    public void A_stream_that_nobody_closes_ends_where_the_connection_does_and_a_part_that_is_cut_does_not_go_on()
    {
        Assert.Equal(Expected, Filtered.Of(Head, Bytes(Stream)).Text);
        var part = Stated("image/jpeg", Jpeg);
        for (var length = 0; length < part.Length - "\r\n".Length; length++)
            Assert.Equal(Expected, Filtered.Of(Head, Bytes(Stream + part[..length])).Text);
        Assert.Equal(Expected + Part("text/plain", "x"), Filtered.Of(Head, Bytes(Stream + "--frame1\r\nContent-Type: text/plain\r\n\r\nx")).Text);
    }

    [Fact]
    public void The_last_part_of_a_stream_that_nobody_closes_is_judged_as_well()
    {
        const string Cut = "--frame1\r\nContent-Type: application/json\r\n\r\n";
        Assert.Equal(Expected + Part("application/json", "{}"), Filtered.Of(Head, Bytes(Stream + Cut + "{\"race\":1}")).Text);
        Assert.Equal(RefusalReason.Malformed, Filtered.Of(Head, Bytes(Stream + Cut + "{\"race\":")).Reason);
    }

    [Fact]
    public void A_part_that_states_its_length_does_not_wait_for_the_next_one()
    {
        using var pass = new ReplyPass(Filtered.Rules, ReplyLimits.Default, ReplyMode.Strip);
        using var filter = BodyFilters.For(Head, pass);
        Assert.True(filter.IsLive);
        var part = Stated("image/jpeg", Jpeg);
        filter.Take(Bytes(part[..^"\r\n".Length]));
        Assert.Equal(part, Encoding.UTF8.GetString(pass.Output.Span));
        filter.Take(Bytes("\r\n" + Part("text/plain", "x")));
        Assert.Equal(part, Encoding.UTF8.GetString(pass.Output.Span));
    }

    [Fact]
    public void A_stream_has_no_end_and_no_number_of_parts_but_each_of_them_is_bounded()
    {
        var limits = ReplyLimits.Default with { TotalBytes = 1000, Parts = 3, TokenBytes = 200 };
        var frames = string.Concat(Enumerable.Repeat(Stated("image/jpeg", Jpeg), 500));
        Assert.Equal(frames, Filtered.Of(Head, Bytes(frames), limits, piece: 100).Text);
        Assert.Equal(RefusalReason.Limit, Filtered.Of(Head, Bytes(Stated("image/jpeg", new string('x', 201))), limits, piece: 100).Reason);
        Assert.Equal(RefusalReason.Limit, Filtered.Of(Head, Bytes(Part("image/jpeg", new string('x', 201))), limits, piece: 100).Reason);
        Assert.Equal(RefusalReason.Limit, Filtered.Of(Head, Bytes("--frame1\r\nContent-Length: 2147483647\r\n\r\n"), limits).Reason);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(int.MaxValue)]
    public void A_part_whose_header_goes_on_and_on_ends_the_stream(int piece)
    {
        var lines = string.Concat(Enumerable.Range(0, 2000).Select(i => $"X-{i}: 1\r\n"));
        Assert.Equal(RefusalReason.Limit, Filtered.Of(Head, Bytes("--frame1\r\n" + lines), limits: null, piece).Reason);
        Assert.Equal(RefusalReason.Limit, Filtered.Of(Head, Bytes("--frame1\r\n" + lines + "\r\nx\r\n--frame1--"), limits: null, piece).Reason);
    }

    [Theory]
    [InlineData("image/png", "x", RefusalReason.MediaType)]
    [InlineData("application/xml", "<race/>", RefusalReason.MediaType)]
    [InlineData("application/json", "{", RefusalReason.Malformed)]
    public void What_nobody_inspects_and_the_route_does_not_list_ends_the_stream(string type, string content, RefusalReason reason)
    {
        var filtered = Filtered.Of(Head, Bytes(Stated("image/jpeg", Jpeg) + Stated(type, content) + Stated("image/jpeg", Jpeg)), limits: null, piece: 80);
        Assert.Equal(reason, filtered.Reason);
        Assert.Equal(Stated("image/jpeg", Jpeg), filtered.Text);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void A_part_that_is_longer_or_shorter_than_it_says_ends_the_stream(int piece)
    {
        const string Begun = "--frame1\r\nContent-Type: text/plain\r\nContent-Length: ";
        Assert.Equal(RefusalReason.Malformed, Filtered.Of(Head, Bytes(Begun + "1\r\n\r\nxy\r\n--frame1\r\n"), limits: null, piece).Reason);
        Assert.Equal(RefusalReason.Malformed, Filtered.Of(Head, Bytes(Begun + "9\r\n\r\nxy\r\n--frame1\r\n"), limits: null, piece).Reason);
    }

    [Fact]
    public void The_dashes_may_stand_in_the_boundary_and_without_a_part_there_is_no_stream()
    {
        Assert.Equal(Expected, Filtered.Of(Head with { Boundary = "--frame1" }, Bytes(Stream)).Text);
        Assert.Equal(RefusalReason.Malformed, Filtered.Of(Head with { Boundary = "other" }, Bytes(Stream)).Reason);
        Assert.Equal(RefusalReason.Malformed, Filtered.Of(Head with { Boundary = null }, Bytes(Stream)).Reason);
    }

    [Fact]
    public async Task A_client_of_the_guard_has_the_first_part_before_the_service_sends_the_second()
    {
        var next = new TaskCompletionSource();
        await using var guarded = await GuardedService.StartAsync(async context =>
        {
            context.Response.ContentType = "multipart/x-mixed-replace; boundary=frame1";
            await context.Response.Body.WriteAsync(Bytes(Stated("application/json", "{\"race\":1,\"age\":31}")));
            await context.Response.Body.FlushAsync();
            await next.Task;
            await context.Response.Body.WriteAsync(Bytes(Stated("application/json", "{\"a\":1}")));
        });
        var ending = TestContext.Current.CancellationToken;
        using var reply = await guarded.Client.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead, ending);
        Assert.Equal("multipart/x-mixed-replace", reply.Content.Headers.ContentType!.MediaType);
        await using var stream = await reply.Content.ReadAsStreamAsync(ending);
        var first = new byte[Part("application/json", "{\"age\":31}").Length];
        await stream.ReadExactlyAsync(first, ending);
        Assert.Equal(Part("application/json", "{\"age\":31}"), Encoding.UTF8.GetString(first));
        next.SetResult();
        using var rest = new StreamReader(stream);
        Assert.Equal(Stated("application/json", "{\"a\":1}"), await rest.ReadToEndAsync(ending));
    }

    private static string Stated(string type, string content) => Part(
        type + "\r\nContent-Length: " + Encoding.UTF8.GetByteCount(content).ToString(CultureInfo.InvariantCulture), content);

    private static string Part(string type, string content) => $"--frame1\r\nContent-Type: {type}\r\n\r\n{content}\r\n";

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
