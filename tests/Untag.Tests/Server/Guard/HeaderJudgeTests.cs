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
    [InlineData("X-Face", "{\"race\":\"x7\",\"age\":3}")]
    [InlineData("X-Faces", "{\"age\":3}, {\"race\":\"x7\"}")]
    [InlineData("X-Face", "eyJyYWNlIjoieDcifQ==")]
    [InlineData("X-Face", "a=1; face=eyJyYWNlIjoieDcifQ; b=2")]
    [InlineData("X-Face", "%65yJyYWNlIjoieDcifQ==")]
    [InlineData("X-Face", "r%61ce%3Dx7")]
    [InlineData("X-Face", "%7B%22race%22%3A%22x7%22%7D")]
    [InlineData("X-Face", "\u00e6\u00b0\u0091\u00e6\u0097\u008f=\u00e6\u00b1\u0089")]
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
    [InlineData("X-Name", "caf\u00e9")]
    [InlineData("X-Name", "caf\u00c3\u00a9")]
    [InlineData("X-Face", "{\"age\":3,\"name\":\"caf%C3%A9\"}")]
    [InlineData("Set-Cookie", "session=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3In0.c2ln; HttpOnly")]
    [InlineData("Report-To", "{\"group\":\"default\",\"max_age\":1},{\"group\":\"default\"}")]
    [InlineData("X-Event", "race day")]
    [InlineData("Vary", "Accept, Origin")]
    public void Every_other_header_passes(string name, string value) => Assert.False(Judge.IsTag(name, value));
}
