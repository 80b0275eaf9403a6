using Untag.Policy;
using Untag.Server.Guard;
using Untag.Server.Guard.Requests;
using Untag.Tests.Server.Guard.Replies;

namespace Untag.Tests.Server.Guard;

public sealed class HeaderJudgeTests
{
    private static readonly HeaderJudge Judge = new(Filtered.Rules, new AskingTerms(TagPolicy.Default));

    [Theory]
    [InlineData("X-Race", "3")]
    [InlineData("X-Face-Race-Code", "3")]
    [InlineData("X-R%61ce", "1")]
    [InlineData("X-Attr", "asian")]
    [InlineData("X-Label", "caucasian;0.9")]
    [InlineData("X-Result", "race=asian")]
    [InlineData("X-Result", "r%61ce=asi%61n")]
    [InlineData("X-Json", "{\"race\":\"asian\"}")]
    [InlineData("Set-Cookie", "race=3; Path=/")]
    [InlineData("Link", "</faces?race=asian>; rel=\"next\"")]
    [InlineData("Location", "/faces/asian/1")]
    [InlineData("Server-Timing", "race;desc=\"asian\"")]
    [InlineData("Server", "face (race=asian)")]
    [InlineData("Cache-Control", "no-cache, race=asian")]
    [InlineData("Content-Disposition", "attachment; filename=\"asian.json\"")]
    public void A_header_that_carries_a_tag_does_not_pass(string name, string value) => Assert.True(Judge.IsTag(name, value));

    [Theory]
    [InlineData("Date", "Mon, 30 Nov 2026 14:00:00 GMT")]
    [InlineData("Server", "nginx/1.27.0")]
    [InlineData("X-Trace-Id", "4bf92f3577b34da6")]
    [InlineData("X-B3-TraceId", "80f198ee56343ba8")]
    [InlineData("Set-Cookie", "session=8f14e45f; HttpOnly; SameSite=Lax")]
    [InlineData("Location", "/v1/results/7")]
    [InlineData("X-Color", "black")]
    [InlineData("X-Event", "race day")]
    [InlineData("Vary", "Accept, Origin")]
    public void Every_other_header_passes(string name, string value) => Assert.False(Judge.IsTag(name, value));
}
