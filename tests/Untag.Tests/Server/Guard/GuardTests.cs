using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Untag.Check;
using Untag.Guard;
using Untag.Tests.Architecture;
using VisionApi;

namespace Untag.Tests.Server.Guard;

/// <summary>A guard before a service, over the network of this machine.</summary>
public sealed class GuardTests
{
    private const string Clean = """{"faces": [{"age": 31, "smile": {"value": 12.5}}]}""";
    private const string Tagged = """{"faces": [{"age": 31, "ethnicity": {"value": "ASIAN"}, "smile": {"value": 12.5}}]}""";

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    /// <summary>Canned replies of the sample, each with what must be left of it.</summary>
    public static TheoryData<string> Tellings =>
        ["facepp", "baidu", "kairos", "clarifai", "deepface", "uniface", "hf-image-classification", "kserve-v2", "openai-chat", "gat1400", "betaface"];

    public static TheoryData<string> Innocent =>
        ["aws-rekognition", "azure-face", "google-vision", "compreface", "tencent-iai", "aliyun-facebody", "sighthound"];

    [Fact]
    public async Task A_reply_without_a_tag_passes_byte_for_byte()
    {
        await using var guarded = await GuardedService.AnswerAsync(Clean);
        Assert.Equal(Clean, await guarded.Client.GetStringAsync("/detect", Ending));
    }

    [Fact]
    public async Task Of_a_reply_with_a_tag_all_else_passes()
    {
        await using var guarded = await GuardedService.AnswerAsync(Tagged);
        using var reply = await guarded.Client.GetAsync("/detect", Ending);
        var text = await reply.Content.ReadAsStringAsync(Ending);
        using var json = JsonDocument.Parse(text);
        var face = json.RootElement.GetProperty("faces")[0];
        Assert.Equal(["age", "smile"], face.EnumerateObject().Select(member => member.Name));
        Assert.Equal(reply.Content.Headers.ContentLength, Encoding.UTF8.GetByteCount(text));
    }

    [Theory]
    [MemberData(nameof(Tellings))]
    public async Task No_reply_of_an_api_that_tells_the_trait_carries_it_behind_the_guard(string api)
    {
        await using var service = CannedApi.Build("http://127.0.0.1:0");
        await service.StartAsync(Ending);
        await using var guarded = await GuardedService.BeforeAsync(service);
        var (path, file) = CannedApi.All.Single(reply => reply.Reply == api + ".json");
        using var reply = await guarded.Client.PostAsync(path, new StringContent("{}", Encoding.UTF8, "application/json"), Ending);
        var text = await reply.Content.ReadAsStringAsync(Ending);
        foreach (var word in new[] { "ethnic", "EthicCode", "race", "asian", "yellow", "caucasian", "multicultural" })
            Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase);
        if (reply.IsSuccessStatusCode)
            JsonDocument.Parse(text).Dispose();
        Assert.Contains(await guarded.EndAsync(), record => record is GuardRecord.Met { Place: GuardPlace.Reply, Outcome: not GuardOutcome.Uninspectable });
        Assert.True(File.Exists(Repository.File("samples", "vision-api", "replies", file)));
    }

    [Theory]
    [MemberData(nameof(Innocent))]
    public async Task The_reply_of_an_api_that_tells_none_passes_untouched(string api)
    {
        await using var service = CannedApi.Build("http://127.0.0.1:0");
        await service.StartAsync(Ending);
        await using var guarded = await GuardedService.BeforeAsync(service);
        var (path, file) = CannedApi.All.Single(reply => reply.Reply == api + ".json");
        using var reply = await guarded.Client.PostAsync(path, new StringContent("{}", Encoding.UTF8, "application/json"), Ending);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal(
            await File.ReadAllTextAsync(Repository.File("samples", "vision-api", "replies", file), Ending), await reply.Content.ReadAsStringAsync(Ending));
    }

    [Theory]
    [InlineData("/camera/1", true)]
    [InlineData("/elsewhere", false)]
    public async Task Pictures_of_a_stream_pass_where_the_route_lets_them(string path, bool passes)
    {
        const string Picture = "--f\r\nContent-Type: image/jpeg\r\nContent-Length: 3\r\n\r\nabc\r\n";
        const string Face = "--f\r\nContent-Type: application/json\r\n\r\n{\"age\":31,\"ethnicity\":\"x\"}\r\n";
        await using var guarded = await GuardedService.StartAsync(
            context =>
            {
                context.Response.ContentType = "multipart/x-mixed-replace; boundary=f";
                return context.Response.WriteAsync(Picture + Face + "--f--\r\n", Ending);
            },
            section => section with { Routes = [new GuardRoute("/camera/**", Mode: null, Tensors: [], Descriptors: null, Push: false, Opaque: ["image/jpeg"])] });
        using var reply = await guarded.Client.GetAsync(path, Ending);
        Assert.Equal(passes, reply.IsSuccessStatusCode);
        var text = await reply.Content.ReadAsStringAsync(Ending);
        Assert.Equal(passes, text.Contains("abc", StringComparison.Ordinal));
        Assert.DoesNotContain("ethnicity", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_states_the_length_or_digest_of_the_body_does_not_pass_nor_a_header_with_a_tag()
    {
        await using var guarded = await GuardedService.StartAsync(context =>
        {
            context.Response.Headers.ETag = "\"1\"";
            context.Response.Headers.AcceptRanges = "bytes";
            context.Response.Headers["Content-Digest"] = "sha-256=:AAAA:";
            context.Response.Headers["X-Ethnicity"] = "asian";
            context.Response.Headers["X-Result"] = "dominant_race=asian";
            context.Response.Headers["X-Request"] = "7";
            return GuardedService.WriteAsync(context, Clean, "application/json");
        });
        using var reply = await guarded.Client.GetAsync("/detect", Ending);
        Assert.Equal(["7"], reply.Headers.GetValues("X-Request"));
        foreach (var name in new[] { "ETag", "Accept-Ranges", "Content-Digest", "X-Ethnicity", "X-Result" })
            Assert.False(reply.Headers.Contains(name), name);
    }

    [Fact]
    public async Task A_header_with_bytes_beyond_ASCII_passes_as_it_came_unless_it_carries_a_tag()
    {
        const string Latin = "caf\u00e9", Utf8 = "caf\u00c3\u00a9", Tag = "\u00e6\u00b0\u0091\u00e6\u0097\u008f=1"; // each character a byte
        await using var guarded = await GuardedService.StartAsync(context =>
        {
            context.Response.Headers["X-Name"] = Latin;
            context.Response.Headers["X-Other-Name"] = Utf8;
            context.Response.Headers["X-Result"] = Tag;
            return GuardedService.WriteAsync(context, Clean, "application/json");
        });
        using var reply = await guarded.Client.GetAsync("/detect", Ending);
        Assert.Equal(Clean, await reply.Content.ReadAsStringAsync(Ending));
        Assert.Equal([Latin], reply.Headers.GetValues("X-Name"));
        Assert.Equal([Utf8], reply.Headers.GetValues("X-Other-Name"));
        Assert.False(reply.Headers.Contains("X-Result"));
    }

    [Fact]
    public async Task The_service_is_asked_for_what_can_be_inspected()
    {
        var asked = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        await using var guarded = await GuardedService.StartAsync(context =>
        {
            foreach (var (name, value) in context.Request.Headers)
                asked[name] = value.ToString();
            return GuardedService.WriteAsync(context, Clean, "application/json");
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/detect");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, br");
        request.Headers.TryAddWithoutValidation("If-None-Match", "\"1\"");
        request.Headers.TryAddWithoutValidation("X-Trace", "7");
        using var reply = await guarded.Client.SendAsync(request, Ending);
        Assert.Equal("identity", asked["Accept-Encoding"]);
        Assert.False(asked.ContainsKey("If-None-Match"));
        Assert.Equal("7", asked["X-Trace"]);
    }

    [Theory]
    [InlineData("Range", "bytes=0-10", 416, "range")]
    [InlineData("Upgrade", "websocket", 501, "upgrade")]
    public async Task A_request_whose_reply_could_not_be_inspected_is_refused(string header, string value, int status, string reason)
    {
        await using var guarded = await GuardedService.AnswerAsync(Tagged);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/detect");
        request.Headers.TryAddWithoutValidation(header, value);
        using var reply = await guarded.Client.SendAsync(request, Ending);
        await ExpectProblem(reply, status, reason);
        var met = Assert.Single((await guarded.EndAsync()).OfType<GuardRecord.Met>());
        Assert.Equal((GuardOutcome.Uninspectable, GuardPlace.Request, reason), (met.Outcome, met.Place, met.Reason));
    }

    [Theory]
    [InlineData("application/x-msgpack", 415, "content-type")]
    [InlineData("application/json; charset=utf-16", 415, "charset")]
    [InlineData("application/json; charset=utf-8; charset=utf-16", 415, "charset")]
    [InlineData("application/json; charset*=utf-8''utf-16", 415, "charset")]
    [InlineData("multipart/mixed; boundary=a; boundary=b", 502, "malformed")]
    [InlineData("multipart/mixed; boundary=a; boundary*0=b", 502, "malformed")]
    public async Task A_reply_in_a_form_that_cannot_be_inspected_is_refused(string contentType, int status, string reason)
    {
        await using var guarded = await GuardedService.StartAsync(context => GuardedService.WriteAsync(context, Tagged, contentType));
        using var reply = await guarded.Client.GetAsync("/detect", Ending);
        await ExpectProblem(reply, status, reason);
        var met = Assert.Single((await guarded.EndAsync()).OfType<GuardRecord.Met>());
        Assert.Equal((GuardOutcome.Uninspectable, GuardPlace.Reply, reason), (met.Outcome, met.Place, met.Reason));
    }

    [Fact]
    public async Task A_part_of_a_reply_is_refused()
    {
        await using var guarded = await GuardedService.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status206PartialContent;
            return GuardedService.WriteAsync(context, Clean, "application/json");
        });
        using var reply = await guarded.Client.GetAsync("/detect", Ending);
        await ExpectProblem(reply, 502, "malformed");
    }

    [Fact]
    public async Task A_service_that_is_not_there_gives_a_problem_and_no_other_words()
    {
        var service = await GuardedService.ServeAsync(_ => Task.CompletedTask, Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols.Http1);
        await using var guarded = await GuardedService.BeforeAsync(service);
        await service.StopAsync(Ending);
        using var reply = await guarded.Client.GetAsync("/detect", Ending);
        await ExpectProblem(reply, 502, "upstream");
        Assert.Equal(1, TotalsOf(await guarded.EndAsync(), GuardOutcome.Failed));
    }

    [Fact]
    public async Task A_service_that_dies_in_the_middle_of_a_reply_leaves_a_reply_that_is_seen_to_be_cut()
    {
        await using var guarded = await GuardedService.StartAsync(async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("{\"faces\": [" + string.Concat(Enumerable.Repeat("{\"age\": 31},", 100_000)), Ending);
            await context.Response.Body.FlushAsync(Ending);
            context.Abort();
        });
        await Assert.ThrowsAsync<HttpRequestException>(() => guarded.Client.GetStringAsync("/detect", Ending));
        Assert.Equal(1, TotalsOf(await guarded.EndAsync(), GuardOutcome.Failed));
    }

    [Fact]
    public async Task A_reply_that_blocks_is_refused_whole_where_the_guard_blocks()
    {
        await using var guarded = await GuardedService.AnswerAsync(Tagged, section => section with { Mode = "block" });
        using var reply = await guarded.Client.GetAsync("/detect", Ending);
        var problem = await ExpectProblem(reply, 502, "tag");
        Assert.NotEmpty(problem.RootElement.GetProperty("rules").EnumerateArray());
        problem.Dispose();
    }

    [Fact]
    public async Task A_guard_that_only_observes_changes_nothing_and_says_so_in_its_log()
    {
        await using var guarded = await GuardedService.AnswerAsync(Tagged, section => section with { Mode = "observe" });
        Assert.Equal(Tagged, await guarded.Client.GetStringAsync("/detect?return_attributes=ethnicity", Ending));
        var records = await guarded.EndAsync();
        Assert.Contains(records, record => record is GuardRecord.Met { Outcome: GuardOutcome.Observed });
        Assert.False(records.OfType<GuardRecord.InForce>().Single().Enforces);
        Assert.Equal(1, TotalsOf(records, GuardOutcome.Observed));
    }

    [Fact]
    public async Task Routes_say_what_is_different_on_some_paths()
    {
        await using var guarded = await GuardedService.AnswerAsync(Tagged, section => section with
        {
            Routes = [new Untag.Check.GuardRoute("/strict/**", "block", [], null, Push: false, Opaque: [])],
        });
        Assert.Equal(HttpStatusCode.OK, (await guarded.Client.GetAsync("/detect", Ending)).StatusCode);
        Assert.Equal(HttpStatusCode.BadGateway, (await guarded.Client.GetAsync("/strict/detect", Ending)).StatusCode);
    }

    [Fact]
    public async Task A_large_reply_is_filtered_while_it_comes()
    {
        var faces = string.Join(", ", Enumerable.Range(0, 20_000).Select(i => $$"""{"age": {{i % 90}}, "race": "asian"}"""));
        await using var guarded = await GuardedService.AnswerAsync($$"""{"faces": [{{faces}}]}""");
        using var json = JsonDocument.Parse(await guarded.Client.GetStringAsync("/detect", Ending));
        var left = json.RootElement.GetProperty("faces").EnumerateArray().ToList();
        Assert.Equal(20_000, left.Count);
        Assert.All(left, face => Assert.Equal(["age"], face.EnumerateObject().Select(member => member.Name)));
        var records = await guarded.EndAsync();
        Assert.Single(records.OfType<GuardRecord.Met>());
        Assert.Equal(20_000, records.OfType<GuardRecord.Totals>().Sum(totals => totals.Places));
    }

    [Fact]
    public async Task With_a_contract_what_it_does_not_declare_does_not_pass()
    {
        using var folder = new Untag.Tests.Check.ProductFolder(("openapi.yaml", """
            openapi: 3.1.0
            paths:
              /detect:
                get:
                  responses:
                    '200':
                      content:
                        application/json:
                          schema: {type: object, properties: {faces: {type: array, items: {type: object, properties: {age: {type: integer}}}}}}
            """));
        await using var service = await GuardedService.ServeAsync(
            context => GuardedService.WriteAsync(context, Clean, "application/json"), Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols.Http1);
        await using var guarded = await GuardedService.BeforeAsync(service, section => section with { Contract = "openapi.yaml" }, folder.Root);
        using var json = JsonDocument.Parse(await guarded.Client.GetStringAsync("/detect", Ending));
        Assert.Equal(["age"], json.RootElement.GetProperty("faces")[0].EnumerateObject().Select(member => member.Name));
        using var undeclared = await guarded.Client.GetAsync("/other", Ending);
        (await ExpectProblem(undeclared, 415, "content-type")).Dispose();
    }

    internal static long TotalsOf(IEnumerable<GuardRecord> records, GuardOutcome outcome) =>
        records.OfType<GuardRecord.Totals>().Sum(totals => totals.Decided[outcome]);

    internal static async Task<JsonDocument> ExpectProblem(HttpResponseMessage reply, int status, string reason)
    {
        var text = await reply.Content.ReadAsStringAsync(Ending);
        Assert.Equal((status, "application/problem+json"), ((int)reply.StatusCode, reply.Content.Headers.ContentType?.MediaType));
        var problem = JsonDocument.Parse(text);
        Assert.Equal($"urn:untag:guard:{reason}", problem.RootElement.GetProperty("type").GetString());
        return problem;
    }
}
