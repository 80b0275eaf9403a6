using System.Text;
using Untag.Server.Guard.Replies;

namespace Untag.Tests.Server.Guard.Replies.Parts;

public sealed class MultipartTests
{
    private static readonly ReplyHead Head = new() { MediaType = "multipart/mixed", Boundary = "b1" };

    [Fact]
    public void Each_part_loses_its_tag_and_the_others_stay_as_they_are()
    {
        var body = Text(
            "Content-Type: application/json\r\nContent-Length: 20\r\n\r\n{\"race\":1,\"age\":31}",
            "Content-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":1}",
            "Content-Type: text/plain\r\n\r\nethnicity: x",
            "\r\nplain");
        var expected = Text(
            "Content-Type: application/json\r\n\r\n{\"age\":31}",
            "Content-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":1}",
            "\r\nplain");
        for (var piece = 1; piece <= body.Length; piece++)
            Assert.Equal(Encoding.UTF8.GetString(expected), Filtered.Of(Head, body, limits: null, piece).Text);
    }

    [Fact]
    public void A_part_that_nobody_inspects_passes_only_where_the_route_lists_its_type()
    {
        var body = Text("Content-Type: image/jpeg\r\n\r\n\u0001\u0002");
        Assert.Equal(RefusalReason.MediaType, Filtered.Of(Head, body).Reason);
        Assert.Equal(body, Filtered.Of(Head with { OpaqueParts = new HashSet<string> { "image/jpeg" } }, body).Bytes);
    }

    [Fact]
    public void A_reply_that_ends_within_a_part_is_refused_and_without_a_boundary_none_begins()
    {
        Assert.Equal(RefusalReason.Malformed, Filtered.Of(Head, "--b1\r\n\r\nplain\r\n"u8.ToArray()).Reason);
        Assert.Equal(RefusalReason.Malformed, Filtered.Of(Head with { Boundary = null }, Text("\r\nplain")).Reason);
    }

    // What reads it as a text of the part would have it unjudged.
    [Fact]
    public void Nothing_stands_in_the_line_that_divides_parts() =>
        Assert.Equal(RefusalReason.Malformed, Filtered.Of(Head, "--b1\r\n\r\nx\r\n--b1 ethnicity: asian\r\n\r\ny\r\n--b1--\r\n"u8.ToArray()).Reason);

    private static byte[] Text(params string[] parts) =>
        Encoding.UTF8.GetBytes(string.Concat(parts.Select(part => $"--b1\r\n{part}\r\n")) + "--b1--\r\n");
}
