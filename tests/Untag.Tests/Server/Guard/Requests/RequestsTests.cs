using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CsCheck;
using Untag.Guard;
using Untag.Policy;
using Untag.Server.Guard.Replies;
using Untag.Server.Guard.Requests;
using Untag.Tests.Architecture;

namespace Untag.Tests.Server.Guard.Requests;

/// <summary>Requests that ask for a trait, as each API is asked, are refused; those that do not, pass.</summary>
public sealed class RequestsTests
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Json = "application/json";

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    /// <summary>How each API is asked for the trait: its id in the list of APIs, the path, the content type, the body, the rule.</summary>
    public static TheoryData<string, string, string, string, string> Asking => new()
    {
        { "facepp", "/facepp/v3/detect?return_attributes=gender,age,ethnicity", "", "", "UT0102" },
        { "facepp", "/facepp/v3/detect", Form, "api_key=k&return_attributes=gender%2Cethnicity", "UT0102" },
        { "facepp", "/facepp/v3/detect?return_attributes=age", Form, "return_attributes=Ethnicity", "UT0102" },
        { "facepp", "/facepp/v3/detect?return_attributes=age&return_attributes=ethnicity", "", "", "UT0102" },
        { "baidu", "/rest/2.0/face/v3/detect?access_token=t", Json, """{"image": "x", "face_field": "age,race,gender"}""", "UT0102" },
        { "baidu", "/rest/2.0/face/v2/detect", Form, "face_fields=age,race", "UT0102" },
        { "clarifai-v2", "/v2/users/clarifai/apps/main/models/ethnicity-demographics-recognition/outputs", Json, "{}", "UT0111" },
        { "clarifai-v2", "/v2/models/x/versions/b2897edbda314615856039fb0c489796/outputs", Json, "{}", "UT0111" },
        { "clarifai-v2", "/v2/workflows/results", Json, """{"workflow": {"nodes": [{"model": {"id": "c0c0ac362b03416da06ab3fa36fb58e3"}}]}}""", "UT0111" },
        { "deepface", "/analyze", Json, """{"img": "x", "actions": ["age", "race"]}""", "UT0102" },
        { "deepface", "/analyze", Json, """{"img": "x", "actions": "['age', 'race']"}""", "UT0102" },
        { "deepface", "/analyze", Json, """{"img": "x", "actions": "( age ) , race"}""", "UT0102" },
        { "deepface", "/analyze", Json, """{"img": "x", "actions": ["\u0072ace"]}""", "UT0102" },
        { "uniface", "/uniface/detect?model=FairFace&race=1", "", "", "UT0111" },
        { "hf-image-classification", "/models/cledoux42/Ethnicity_Test_v003", "image/png", "x", "UT0111" },
        { "kserve-v2", "/v2/models/face/infer", Json, """{"inputs": [], "outputs": [{"name": "age"}, {"name": "race"}]}""", "UT0102" },
        { "kserve-v2", "/v2/models/race/infer", Json, "{}", "UT0102" },
        { "openai-chat", "/v1/chat/completions", Json, """{"messages": [{"role": "user", "content": [{"type": "text", "text": "What is the ethnicity of the person?"}, {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}]}]}""", "UT0112" },
        { "openai-chat", "/v1/chat/completions", Json, """{"messages": [{"role": "user", "content": "Which race does this face have?"}]}""", "UT0112" },
        { "openai-chat", "/v1/chat/completions", Json, """{"messages": [], "response_format": {"json_schema": {"schema": {"properties": {"ethnicity": {"type": "string"}}}}}}""", "UT0102" },
        { "openai-chat", "/v1/chat/completions", Json, """{"tools": [{"function": {"name": "f", "parameters": {"properties": {"race": {"type": "string"}}}}}]}""", "UT0102" },
        { "other", "/luna/detect?estimate_ethnicities=1", "", "", "UT0102" },
        { "other", "/fc/faces/detect?attributes=all", "", "", "UT0102" },
        { "other", "/search", Json, """{"filter": {"ethnicity": "uyghur"}}""", "UT0202" },
        { "other", "/search", Json, """{"filter": {"ethnicity": {"any": [1]}}}""", "UT0102" },
        { "other", "/search?filter[race]=asian", "", "", "UT0202" },
        { "other", "/search", Json, """{"query": "{\"race\": \"asian\"}"}""", "UT0202" },
        { "other", "/galleries", Json, """{"name": "uyghurs at the gate"}""", "UT0201" },
        { "other", "/galleries/uyghurs/faces", Json, "{}", "UT0201" },
        { "other", "/enroll", Json, """{"gallery_name": "Uyghurs", "subject_id": "s1"}""", "UT0201" },
        { "other", "/detect", "text/plain", """{"face_field": "race"}""", "UT0102" },
        { "other", "/detect?return_attributes=%EF%BD%85thnicity", "", "", "UT0102" },
        { "chinese", "/detect", Json, """{"属性": ["年龄", "民族"]}""", "UT0102" },
        { "chinese", "/detect", Json, """{"返回字段": "年龄，性别,民族"}""", "UT0102" },
        { "chinese", "/detect?shuxing=nianling,minzu", "", "", "UT0102" },
        { "chinese", "/detect", Json, """{"检测项": [{"名称": "年龄"}, {"名称": "民族"}]}""", "UT0102" },
        { "chinese", "/v1/chat/completions", Json, """{"messages": [{"role": "user", "content": "请问图中这个人是什么民族"}]}""", "UT0112" },
        { "chinese", "/布控", Json, """{"名称": "维吾尔族"}""", "UT0201" },
        { "chinese", "/api/mingdan", Json, """{"biaoti": "维吾尔族"}""", "UT0201" },
        { "chinese", "/enroll", Json, """{"人员库": "维吾尔族"}""", "UT0201" },
        { "chinese", "/ISAPI/Intelligent/FDLib", Json, """{"name": "uyghurs"}""", "UT0201" },
        { "other", "/v1/chat/completions", Json, """{"messages": [{"role": "user", "content": "De quelle race est cette personne ?"}]}""", "UT0112" },
        { "other", "/v1/chat/completions", Json, """{"messages": [{"role": "user", "content": "¿De qué raza es el hombre?"}]}""", "UT0112" },
    };

    /// <summary>How APIs are asked for other things.</summary>
    public static TheoryData<string, string, string, string> NotAsking => new()
    {
        { "facepp", "/facepp/v3/detect?return_attributes=gender,age", Form, "return_landmark=1" },
        { "baidu", "/rest/2.0/face/v3/detect", Json, """{"image": "x", "face_field": "age,gender"}""" },
        { "kairos", "/detect", Json, """{"image": "x", "selector": "ROLL"}""" },
        { "deepface", "/analyze", Json, """{"img": "x", "actions": ["age", "gender"]}""" },
        { "deepface", "/analyze", Json, """{"img": "x"}""" },
        { "aws-rekognition", "/", "application/x-amz-json-1.1", """{"Image": {"Bytes": "x"}, "Attributes": ["ALL"]}""" },
        { "azure-face", "/face/v1.0/detect?returnFaceAttributes=headPose,mask", "application/octet-stream", "x" },
        { "google-vision", "/v1/images:annotate", Json, """{"requests": [{"features": [{"type": "FACE_DETECTION"}]}]}""" },
        { "compreface", "/api/v1/recognition/recognize?face_plugins=landmarks,gender,age", "", "" },
        { "tencent-iai", "/", Json, """{"NeedFaceAttributes": 1, "FaceAttributesType": "Age,Gender"}""" },
        { "aliyun-facebody", "/", Form, "Action=RecognizeFace&Age=true&Gender=true" },
        { "sighthound", "/v1/detections?faceOption=gender,landmark,age", "", "" },
        { "kserve-v2", "/v2/models/face/infer", Json, """{"inputs": [{"name": "x", "shape": [1], "data": [1]}], "outputs": [{"name": "age"}]}""" },
        { "openai-chat", "/v1/chat/completions", Json, """{"messages": [{"role": "user", "content": "How many people wear a helmet?"}]}""" },
        { "other", "/luna/detect?estimate_ethnicities=0", "", "" },
        { "other", "/events?kind=race", "", "" },
        { "other", "/search?hair_color=black&shirt=white", "", "" },
        { "other", "/detect", Json, """{"trace_id": "7", "brace": true, "origin": "https://example.com"}""" },
        { "other", "/enroll", Json, """{"gallery_name": "staff", "subject_id": "s1"}""" },
        { "other", "/search?query=birthday+party", "", "" },
        { "other", "/search", Json, """{"type": "race", "query": "horse race"}""" },
        { "chinese", "/detect", Json, """{"属性": ["年龄", "性别"], "名称": "民族团结"}""" },
        { "chinese", "/布控", Json, """{"名称": "员工"}""" },
        { "chinese", "/v1/chat/completions", Json, """{"messages": [{"role": "user", "content": "图中的楼是什么颜色的，有几层"}]}""" },
    };

    [Theory]
    [MemberData(nameof(Asking))]
    public async Task What_asks_for_the_trait_is_refused_with_the_rule(string api, string path, string contentType, string body, string rule)
    {
        await using var guarded = await StartAsync();
        using var reply = await guarded.SendAsync(path, contentType, body);
        using var problem = await GuardTests.ExpectProblem(reply, 403, "tag");
        Assert.Equal((api, rule), (api, problem.RootElement.GetProperty("rules")[0].GetString()));
        var records = await guarded.EndAsync();
        var met = Assert.Single(records.OfType<GuardRecord.Met>());
        Assert.Equal((GuardOutcome.Refused, GuardPlace.Request), (met.Outcome, met.Place));
        Assert.Equal([rule], met.Rules.Keys);
    }

    [Theory]
    [MemberData(nameof(NotAsking))]
    public async Task What_asks_for_something_else_passes(string api, string path, string contentType, string body)
    {
        await using var guarded = await StartAsync();
        using var reply = await guarded.SendAsync(path, contentType, body);
        Assert.True(reply.StatusCode == HttpStatusCode.OK, $"{api}: {await reply.Content.ReadAsStringAsync(Ending)}");
        Assert.Contains($"\"bytes\": {Encoding.UTF8.GetByteCount(body)}", await reply.Content.ReadAsStringAsync(Ending), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_api_of_the_list_is_asked()
    {
        var list = Path.Join(Repository.Shared, "apis", "apis.json");
        Assert.SkipUnless(File.Exists(list), "the list of APIs is not there");
        using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllText(list));
        var known = json.RootElement.GetProperty("apis").EnumerateArray().Select(api => api.GetProperty("id").GetString()!).Where(id => id != "grpc-any");
        var asked = Asking.Select(row => row.Data.Item1).Concat(NotAsking.Select(row => row.Data.Item1)).ToHashSet();
        Assert.Subset(asked, known.ToHashSet());
    }

    [Fact]
    public async Task A_part_of_a_form_asks_as_a_field_does_and_a_picture_beside_it_passes_whole()
    {
        await using var guarded = await StartAsync();
        using var asking = Parts(("return_attributes", "age,ethnicity"));
        using var refused = await guarded.Client.PostAsync("/facepp/v3/detect", asking, Ending);
        (await GuardTests.ExpectProblem(refused, 403, "tag")).Dispose();
        using var innocent = Parts(("return_attributes", "age"));
        var length = (await innocent.ReadAsByteArrayAsync(Ending)).Length;
        using var passed = await guarded.Client.PostAsync("/facepp/v3/detect", innocent, Ending);
        Assert.Contains($"\"bytes\": {length}", await passed.Content.ReadAsStringAsync(Ending), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/x-msgpack", "x", 415, "content-type")]
    [InlineData("application/json; charset=utf-16", "{}", 415, "charset")]
    [InlineData("application/json", "{\"a\": ", 400, "json")]
    [InlineData("application/json", "{\"a\": \"\\ud800\"}", 400, "json")]
    [InlineData("multipart/form-data", "x", 400, "parts")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\n\r\nx", 400, "parts")]
    public async Task A_request_that_cannot_be_inspected_is_refused(string contentType, string body, int status, string reason)
    {
        await using var guarded = await StartAsync();
        using var reply = await guarded.SendAsync("/detect", contentType, body);
        (await GuardTests.ExpectProblem(reply, status, reason)).Dispose();
    }

    [Fact]
    public async Task A_packed_request_is_refused_and_one_that_is_too_large_too()
    {
        await using var guarded = await StartAsync(section => section with { Limits = section.Limits with { RequestBytesMax = 10 } });
        using var packed = new StringContent("{}", Encoding.UTF8, Json);
        packed.Headers.ContentEncoding.Add("gzip");
        (await GuardTests.ExpectProblem(await guarded.Client.PostAsync("/detect", packed, Ending), 415, "encoding")).Dispose();
        (await GuardTests.ExpectProblem(await guarded.SendAsync("/detect", Json, "{\"image\": \"xxxxxxxxxxxx\"}"), 413, "limit")).Dispose();
    }

    [Fact]
    public async Task What_a_camera_pushes_reaches_the_service_without_the_trait()
    {
        var received = "";
        await using var guarded = await GuardedService.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            received = await reader.ReadToEndAsync(Ending);
            await GuardedService.WriteAsync(context, "{}", Json);
        });
        const string Face = """{"FaceListObject": {"FaceObject": [{"FaceID": "1", "EthicCode": "01", "GenderCode": "2"}]}}""";
        using var reply = await guarded.SendAsync("/VIID/Faces", Json, Face);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal("""{"FaceListObject": {"FaceObject": [{"FaceID": "1", "GenderCode": "2"}]}}""", received);
        using var elsewhere = await guarded.SendAsync("/faces", Json, Face);
        (await GuardTests.ExpectProblem(elsewhere, 403, "tag")).Dispose();
        Assert.Contains(await guarded.EndAsync(), record => record is GuardRecord.Met { Place: GuardPlace.Request, Outcome: GuardOutcome.Stripped });
    }

    [Theory]
    [InlineData("AWS4-HMAC-SHA256 Credential=k/20261130/eu-west-1/rekognition/aws4_request, SignedHeaders=host, Signature=00")]
    [InlineData("TC3-HMAC-SHA256 Credential=k/2026-11-30/iai/tc3_request, SignedHeaders=host, Signature=00")]
    [InlineData("ACS3-HMAC-SHA256 Credential=k,SignedHeaders=host,Signature=00")]
    public async Task A_signed_body_is_passed_as_it_is_or_refused_and_never_changed(string authorization)
    {
        var host = "";
        await using var guarded = await GuardedService.StartAsync(context =>
        {
            host = context.Request.Host.Host;
            return GuardedService.WriteAsync(context, "{}", Json);
        });
        using var clean = Signed("/VIID/Faces", """{"FaceID": "1"}""");
        Assert.Equal(HttpStatusCode.OK, (await guarded.Client.SendAsync(clean, Ending)).StatusCode);
        Assert.Equal("rekognition.example.com", host);
        using var tagged = Signed("/VIID/Faces", """{"FaceID": "1", "EthicCode": "01"}""");
        (await GuardTests.ExpectProblem(await guarded.Client.SendAsync(tagged, Ending), 403, "tag")).Dispose();

        HttpRequestMessage Signed(string path, string body)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, Json) };
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
            request.Headers.Host = "rekognition.example.com";
            return request;
        }
    }

    [Fact]
    public async Task A_refused_request_is_never_forwarded()
    {
        var calls = 0;
        await using var guarded = await GuardedService.StartAsync(context =>
        {
            calls++;
            return GuardedService.WriteAsync(context, "{}", Json);
        });
        using var reply = await guarded.SendAsync("/detect?face_field=race", "", "");
        Assert.Equal((HttpStatusCode.Forbidden, 0), (reply.StatusCode, calls));
    }

    [Fact]
    public void What_is_judged_after_another_field_is_judged_by_its_own_name()
    {
        var (terms, words) = (new AskingTerms(TagPolicy.Default), new ReplyWords(ReplyRules.Of(TagPolicy.Default)));
        string[] names = ["attributes", "race", "kind", "", "gallery", "name", "属性", "model_id"];
        string[] values = ["race", "1", "no", "uyghurs", "age,race", "x", "3.14", "all"];
        Gen.Select(Gen.Int[0, names.Length - 1], Gen.Int[0, values.Length - 1], (name, value) => (Name: names[name], Value: values[value])).Array[0, 20].Sample(fields =>
        {
            var one = new FieldJudge(terms, words, namesLists: true);
            foreach (var (name, value) in fields)
                Assert.Equal(new FieldJudge(terms, words, namesLists: true).Judge("the form", name, value)?.Rules, one.Judge("the form", name, value)?.Rules);
        });
    }

    // Answers how many bytes came.
    private static Task<GuardedService> StartAsync(Func<Untag.Check.GuardSection, Untag.Check.GuardSection>? configure = null) =>
        GuardedService.StartAsync(
            async context =>
            {
                var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body, Ending);
                await GuardedService.WriteAsync(context, $$"""{"bytes": {{body.Length}}}""", Json);
            },
            configure);

    private static MultipartFormDataContent Parts(params (string Name, string Value)[] fields)
    {
        var parts = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            parts.Add(new StringContent(value), name);
        var picture = new ByteArrayContent([0xff, 0xd8, 0xff, 0xe0, .. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7 % 256))]);
        picture.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        parts.Add(picture, "image_file", "face.jpg");
        return parts;
    }
}
