using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Untag.Tests.Server.Guard.Requests;

/// <summary>Requests that ask in the ways of APIs that nobody has written down, and those that only look so.</summary>
public sealed class HostileRequestsTests
{
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";
    private const string Parts = "multipart/form-data; boundary=b";

    private static readonly string Zeros = new('0', 260);

    private static readonly string Lines = string.Concat(Enumerable.Repeat("\\n", 260));

    private static readonly string Picture = Convert.ToBase64String([.. Enumerable.Range(0, 600).Select(i => (byte)(i * 7 % 251))]);

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    /// <summary>Path, content type and body of a request that asks.</summary>
    public static TheoryData<string, string, string> Asking => new()
    {
        { "/d", Json, """{"return_race": true}""" },
        { "/stats?group_by=race", "", "" },
        { "/faces?sort=-race", "", "" },
        { "/d", Json, """{"facets": ["race"]}""" },
        { "/d", Json, """{"prompt": "这个人是什么民族？"}""" },
        { "/d", Json, """{"query": "{ detect { age race { value } } }"}""" },
        { "/d", Json, """{"expression": "race == 'asian'"}""" },
        { "/d", Json, """{"q": "race:asian AND age:30"}""" },
        { "/d", Json, """{"model": "race-classifier-v2"}""" },
        { "/d", Json, """{"candidate_labels": ["asian", "black", "white"]}""" },
        { "/d", Json, """{"texts": ["a photo of an asian person", "a photo of a black person"]}""" },
        { "/d", Json, """{"prompt": "Return JSON with age, gender, race"}""" },
        { "/d", Json, """{"question": "Is the person asian?"}""" },
        { "/d", Json, """{"query": "Indian woman at the gate"}""" },
        { "/d", Json, """{"config": "eyJhdHRyaWJ1dGVzIjpbInJhY2UiXX0="}""" },
        { "/d", Json, """{"query": "asian man with black hat"}""" },
        { "/d", Json, """{"text": "维吾尔族男子"}""" },
        { "/v1/models/race:predict", Json, "{}" },
        { "/v1/models/race_net/versions/3", Json, "{}" },
        { "/predictions/race-classifier", Json, "{}" },
        { "/a%2Fethnicity", "", "" },
        { "/a\\ethnicity", "", "" },
        { "/d?attributes=age%2brace", "", "" },
        { "/d?attributes=age%252Crace", "", "" },
        { "/d?x=1;attributes=race", "", "" },
        { "/d?params=%7B%22attributes%22:%5B%22race%22%5D%7D", "", "" },
        { "/faces?tag=uyghur", "", "" },
        { "/d", "application/x-www-form-urlencoded", "payload=%7B%22attributes%22%3A%5B%22race%22%5D%7D" },
        { "/d", "text/xml", "<q><attributes>race</attributes></q>" },
        { "/d", Parts, "--b\r\nContent-Disposition: form-data; name*=UTF-8''ethnicity\r\n\r\n1\r\n--b--\r\n" },
        { "/v1/galleries", Json, """{"name": "Uyghur watchlist"}""" },
        { "/v1/alert-rules", Json, """{"name": "Alert on Uyghur"}""" },
        { "/VIID/Dispositions", Json, """{"DispositionListObject": {"DispositionObject": [{"Title": "alert on uyghurs"}]}}""" },
    };

    /// <summary>The same of values that are as long as a picture, or as a text that nobody reads.</summary>
    public static TheoryData<string, string, string> AskingAtLength => new()
    {
        { $"/analyze?ethnicity={Zeros}1", "", "" },
        { $"/analyze?race={Zeros}1", "", "" },
        { "/d", Form, $"race={Zeros}1" },
        { "/d", Json, $$"""{"ethnicity": 1e{{Zeros}}}""" },
        { "/d", Json, $$"""{"race": 1{{Zeros}}}""" },
        { "/d", Json, $$"""{"ethnicity": "{{Zeros}}1"}""" },
        { "/d", Json, $$"""{"race": "{{Zeros}}1"}""" },
        { "/d", Json, $$"""{"attributes": ["{{Lines}}race"]}""" },
        { "/d", Json, $$"""{"attributes": ["age{{Lines}}race"]}""" },
        { "/d", Json, $$"""{"attributes": ["{{new string('=', 300)}}race"]}""" },
        { "/d", Json, $$"""{"attributes": ["{{string.Concat(Enumerable.Repeat("age\\n", 100))}}race"]}""" },
        { "/d", Form, $"attributes={string.Concat(Enumerable.Repeat("%0A", 260))}ethnicity" },
        { "/d", Parts, $"--b\r\nContent-Disposition: form-data; name=\"ethnicity\"\r\n\r\n{Zeros}1\r\n--b--\r\n" },
    };

    /// <summary>The same of what stands beside contests, animals and texts of people, and asks all the same.</summary>
    public static TheoryData<string, string, string> AskingBeside => new()
    {
        { "/d", Json, """{"race": 1, "pet": "dog"}""" },
        { "/d", Json, """{"race": "asian", "lap": 3}""" },
        { "/d", Json, """{"person": "x", "raza": "y", "animal": "perro"}""" },
        { "/d", Json, """{"filter": {"race": 3, "age": 31, "bib": 4}}""" },
        { "/d", Json, """{"a": {"race": 3}, "b": {"race": 4, "lap": 1}}""" },
        { "/d", Json, """{"text": "age,race"}""" },
        { "/d", Json, """{"attributes": "hat,race"}""" },
        { "/d", Json, """{"title": "ethnicity of this person"}""" },
        { "/d", Json, """{"question": "What race is the man with the dog?"}""" },
        { "/d", Json, """{"race": 3, "shoes": "sports", "action": "racing"}""" },
        { "/api/v1/recognition/faces?subject=asian", Json, """{"file": "aGVsbG8="}""" },
        { "/api/v1/recognition/subjects", Json, """{"subject": "Uyghur"}""" },
        { "/faces/races", "", "" },
        { "/v1/models/race/1", "", "" },
        { "/v1/race/predict", "", "" },
        { "/d?race=3&face=1&lap=2", "", "" },
    };

    /// <summary>The same of a request that asks for nothing.</summary>
    public static TheoryData<string, string, string> NotAsking => new()
    {
        { "/d", Json, """{"prompt": "Does the man wear a black or a white shirt?"}""" },
        { "/d", Json, """{"prompt": "Is this Asian food or Mexican food?"}""" },
        { "/d", Json, """{"prompt": "Is there a race car in the picture?"}""" },
        { "/d", Json, """{"candidate_labels": ["black", "white", "red"]}""" },
        { "/d", Json, """{"model": "chinese-clip-vit-base"}""" },
        { "/d", Json, """{"lang": "arabic", "race_id": 7}""" },
        { "/d", Json, """{"name": "Christian Black"}""" },
        { "/v1/collections", Json, """{"CollectionId": "asia-pacific-staff"}""" },
        { "/photos/race-2024/image.jpg", "", "" },
        { "/VIID/Dispositions", Json, """{"DispositionListObject": {"DispositionObject": [{"Title": "staff"}]}}""" },
        { "/d", Parts, "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"asian.jpg\"\r\nContent-Type: image/jpeg\r\n\r\nx\r\n--b--\r\n" },
        { "/d", Json, """{"title": "age,race", "tags": "marathon, smile, race, city"}""" },
        { "/d", Json, """{"alt_text": "A man crosses the finish line of a race"}""" },
        { "/d", Json, """{"question": "Did the man win the race?"}""" },
        { "/d", Json, """{"tier": "Hund", "rasse": "Dackel"}""" },
        { "/d", Json, """{"race": {"id": 7, "name": "Monaco GP", "laps": 78}, "image": "x"}""" },
        { "/d", Json, """{"race": "Boston Marathon 2026", "bib": 1234}""" },
        { "/d", Json, """{"cuisines": ["Asian", "Indian"], "surname": "Arab", "art style": "Asian"}""" },
        { "/d", Json, """{"prompt": "people in an asian market", "model": "m"}""" },
        { "/mascotas?raza=siames&especie=gato", "", "" },
        { "/races/12/results", "", "" },
        { "/v1/races", "", "" },
        { "/v1/race/12", "", "" },
        { "/d", Json, $$"""{"image": "{{Picture}}", "race_photo": "{{Picture}}", "attributes": ["{{Picture}}"]}""" },
        { "/d", Json, $$"""{"attributes": "{{Convert.ToBase64String(Encoding.ASCII.GetBytes(Picture), Base64FormattingOptions.InsertLineBreaks).Replace("\r\n", "\\r\\n", StringComparison.Ordinal)}}"}""" },
        { "/d", Json, $$"""{"race": "{{Picture}}", "bib": 12}""" },
        { "/d", Form, $"image={Uri.EscapeDataString(Picture)}" },
    };

    [Theory]
    [MemberData(nameof(Asking))]
    [MemberData(nameof(AskingBeside))]
    [MemberData(nameof(AskingAtLength))]
    public async Task What_asks_is_refused(string path, string contentType, string body)
    {
        await using var guarded = await GuardedService.AnswerAsync("{}");
        using var reply = await guarded.SendAsync(path, contentType, body);
        (await GuardTests.ExpectProblem(reply, 403, "tag")).Dispose();
    }

    [Theory]
    [MemberData(nameof(NotAsking))]
    public async Task What_asks_for_something_else_passes(string path, string contentType, string body)
    {
        await using var guarded = await GuardedService.AnswerAsync("{}");
        using var reply = await guarded.SendAsync(path, contentType, body);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    [Theory]
    [InlineData("Content-Transfer-Encoding: base64\r\n", "YWdlLHJhY2U=", 415, "parts")]
    [InlineData("Content-Transfer-Encoding: quoted-printable\r\n", "ra=63e", 415, "parts")]
    [InlineData("Content-Type: text/plain; charset=utf-16\r\n", "x", 415, "parts")]
    public async Task A_part_that_is_encoded_is_refused(string header, string content, int status, string reason)
    {
        await using var guarded = await GuardedService.AnswerAsync("{}");
        var body = $"--b\r\nContent-Disposition: form-data; name=\"attributes\"\r\n{header}\r\n{content}\r\n--b--\r\n";
        using var reply = await guarded.SendAsync("/d", Parts, body);
        (await GuardTests.ExpectProblem(reply, status, reason)).Dispose();
    }

    [Theory]
    [InlineData("Cookie", "attrs=ethnicity")]
    [InlineData("Prefer", "return=ethnicity")]
    [InlineData("Face-Attributes", "age, ethnicity")]
    [InlineData("X-Ethnicity", "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001")]
    public async Task A_header_asks_as_a_parameter_does(string name, string value)
    {
        await using var guarded = await GuardedService.AnswerAsync("{}");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/d");
        request.Headers.TryAddWithoutValidation(name, value);
        using var reply = await guarded.Client.SendAsync(request, Ending);
        (await GuardTests.ExpectProblem(reply, 403, "tag")).Dispose();
    }

    // To go through the document for each of them would take hours.
    [Fact]
    public async Task A_request_that_speaks_of_fifty_thousand_contests_is_gone_through_once()
    {
        await using var guarded = await GuardedService.AnswerAsync("{}");
        using var passed = await guarded.SendAsync("/d", Json, $"[{string.Join(",", Enumerable.Repeat("""{"race":3,"lap":1}""", 50_000))}]");
        Assert.Equal(HttpStatusCode.OK, passed.StatusCode);
        using var refused = await guarded.SendAsync("/d", Json, $"[{string.Join(",", Enumerable.Range(0, 20_000).Select(i => $"{{\"race {i}\":3,\"lap\":1}}"))}]");
        (await GuardTests.ExpectProblem(refused, 403, "tag")).Dispose();
    }

    [Fact]
    public async Task A_form_that_speaks_of_fifty_thousand_contests_is_gone_through_once()
    {
        await using var guarded = await GuardedService.AnswerAsync("{}");
        using var passed = await guarded.SendAsync("/d", Form, string.Join('&', Enumerable.Repeat("race=3&lap=1", 50_000)));
        Assert.Equal(HttpStatusCode.OK, passed.StatusCode);
        using var refused = await guarded.SendAsync("/d", Form, "lap=1&" + string.Join('&', Enumerable.Range(0, 20_000).Select(i => $"race+{i}=3")));
        (await GuardTests.ExpectProblem(refused, 403, "tag")).Dispose();
    }

    [Theory]
    [InlineData("//VIID/Faces")]
    [InlineData("/VIID//Faces")]
    [InlineData("/%2FVIID/Faces")]
    [InlineData("/VIID%2fFaces")]
    public async Task A_slash_too_many_is_no_other_route(string path)
    {
        await using var guarded = await EchoingService.StartAsync();
        using var reply = await guarded.SendBytesAsync(Json, """{"FaceObject": [{"FaceID": "1", "l": [{"k": "race", "v": 3}]}]}"""u8.ToArray(), path: path);
        Assert.Equal("""{"FaceObject": [{"FaceID": "1", "l": []}]}""", Encoding.UTF8.GetString(await EchoingService.EchoOf(reply)));
    }

    [Theory]
    [InlineData("image/png", "multipart/form-data; boundary=b")]
    [InlineData("multipart/form-data; boundary=b", "application/octet-stream")]
    [InlineData("application/json", "application/json")]
    public async Task A_request_of_two_content_types_is_refused(string first, string second)
    {
        await using var guarded = await GuardedService.AnswerAsync("{}");
        const string Body = "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n--b--\r\n";
        var head = $"POST /d HTTP/1.1\r\nHost: g\r\nConnection: close\r\nContent-Type: {first}\r\nContent-Type: {second}\r\nContent-Length: {Body.Length}\r\n\r\n";
        Assert.StartsWith("HTTP/1.1 415 ", await guarded.TalkAsync(head + Body), StringComparison.Ordinal);
        using var joined = await guarded.SendAsync("/d", $"{first}, {second}", Body);
        (await GuardTests.ExpectProblem(joined, 415, "content-type")).Dispose();
    }

    [Theory]
    [InlineData("application/grpc+json")]
    [InlineData("application/grpcfoo")]
    [InlineData("application/grpc-web-text")]
    public async Task Another_kind_of_gRPC_is_refused(string contentType)
    {
        await using var guarded = await GuardedService.AnswerAsync("{}");
        using var reply = await guarded.SendAsync("/p.S/M", contentType, "\0\0\0\0\u0030{\"attributes\":[\"ethnicity\"],\"model\":\"ethnicity\"}");
        (await GuardTests.ExpectProblem(reply, 415, "content-type")).Dispose();
    }

    [Fact]
    public async Task What_is_asked_at_the_end_of_a_list_of_a_million_is_refused()
    {
        await using var guarded = await GuardedService.AnswerAsync("{}");
        var ages = string.Concat(Enumerable.Repeat("age,a,7,", 250_000));
        using var passed = await guarded.SendAsync("/d", Json, $$"""{"attributes": "{{ages}}"}""");
        Assert.Equal(HttpStatusCode.OK, passed.StatusCode);
        using var refused = await guarded.SendAsync("/d", Json, $$"""{"attributes": "{{ages}}race"}""");
        (await GuardTests.ExpectProblem(refused, 403, "tag")).Dispose();
    }

    [Fact]
    public async Task What_cameras_push_loses_the_trait_whatever_routes_there_are()
    {
        await using var guarded = await GuardedService.AnswerAsync("{}", section => section with { Routes = [new Untag.Check.GuardRoute("/**", "strip", [], null, Push: false, Opaque: [])] });
        using var reply = await guarded.SendAsync("/VIID/Faces", Json, """{"FaceObject": [{"FaceID": "1", "EthicCode": "01"}]}""");
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    [Fact]
    public async Task An_escaped_slash_in_a_path_stays_as_it_is()
    {
        var target = "";
        await using var guarded = await GuardedService.StartAsync(context =>
        {
            target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
            return GuardedService.WriteAsync(context, "{}", Json);
        });
        using var reply = await guarded.SendAsync("/files/a%2Fb%20c.jpg?x=%2F", "", "");
        Assert.Equal("/files/a%2Fb%20c.jpg?x=%2F", target);
    }
}
