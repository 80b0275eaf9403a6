using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading.Interfaces;

public sealed class TypeDefinitionsTests
{
    private const string Proto =
        """
        syntax = "proto3";
        // the file

        message Empty {}
        // what is seen of a face
        message Face { // behind the brace
          string race = 1;
          enum Ethnicity { ASIAN = 0; }
          message Box { option (deprecated_box) = true; float left = 1; }
          oneof more { string caste = 2; }
          float after = 3;
        }
        enum Size { LARGE = 0; }
        message DetectRequest { message Filter { string nation = 1; } bytes image = 1; }
        message Echo { string said = 1; }
        service FaceService {
          rpc Detect (acme.v1.DetectRequest) returns (stream Face);
          // sends it back
          rpc Say (stream Echo) returns (Echo) { option (google.api.http) = { get: "/v1/say" }; }
        }
        """;

    [Theory]
    [InlineData("the file", null, SectionRole.None)]
    [InlineData("what is seen of a face", "message Face", SectionRole.Response)]
    [InlineData("behind the brace", "message Face", SectionRole.Response)]
    [InlineData("race", "message Face", SectionRole.Response)]
    [InlineData("ASIAN", "enum Face.Ethnicity", SectionRole.Response)]
    [InlineData("left", "message Face.Box", SectionRole.Response)]
    [InlineData("caste", "message Face", SectionRole.Response)]
    [InlineData("after", "message Face", SectionRole.Response)]
    [InlineData("LARGE", "enum Size", SectionRole.Response)]
    public void A_name_stands_in_its_message_or_enum(string content, string? inner, SectionRole role) =>
        Assert.Equal((inner, role), Sections.Of("face.proto", Proto, content));

    [Theory]
    [InlineData("image", "message DetectRequest", SectionRole.Request)]
    [InlineData("nation", "message DetectRequest.Filter", SectionRole.Request)]
    [InlineData("said", "message Echo", SectionRole.Response)]
    public void A_message_that_calls_only_take_is_a_request(string content, string inner, SectionRole role) =>
        Assert.Equal((inner, role), Sections.Of("face.proto", Proto, content));

    [Theory]
    [InlineData("FaceService", "service FaceService", SectionRole.Response)]
    [InlineData("Detect", "rpc FaceService.Detect", SectionRole.Response)]
    [InlineData("acme", "rpc FaceService.Detect, request", SectionRole.Request)]
    [InlineData("sends it back", "rpc FaceService.Say", SectionRole.Response)]
    [InlineData("/v1/say", "rpc FaceService.Say", SectionRole.Response)]
    public void A_call_has_a_request_and_a_response(string content, string inner, SectionRole role) =>
        Assert.Equal((inner, role), Sections.Of("face.proto", Proto, content));

    [Theory]
    [InlineData("a.thrift", "struct Face { 1: string race }", "race", "struct Face", SectionRole.Response)]
    [InlineData("a.thrift", "struct Ask { 1: string race }\nservice S { list<string> find(1: Ask ask) throws (1: Broken b), void stop() }", "race", "struct Ask", SectionRole.Request)]
    [InlineData("a.thrift", "service S { list<string> find(1: Ask ask, 2: string race) throws (1: Broken b) }", "race", "rpc S.find, request", SectionRole.Request)]
    [InlineData("a.fbs", "enum Race : byte { Asian = 0 }", "Asian", "enum Race", SectionRole.Response)]
    [InlineData("a.fbs", "table Ask (original_order) { race:string; }\nrpc_service S { Find(Ask):Face; }", "race", "table Ask", SectionRole.Request)]
    [InlineData("a.avdl", "protocol P { record Face { string race; } Face find(string name); }", "race", "record Face", SectionRole.Response)]
    public void Languages_that_look_alike_are_read_alike(string path, string text, string content, string inner, SectionRole role) =>
        Assert.Equal((inner, role), Sections.Of(path, text, content));

    [Theory]
    [InlineData("message")]
    [InlineData("message A")]
    [InlineData("message A { message B { enum")]
    [InlineData("service S { rpc A (")]
    [InlineData("service S { rpc A () returns () } } }")]
    public void A_definition_that_is_cut_off_does_no_harm(string text) => Assert.Null(Read.File("a.proto", text).Problem);

    [Fact]
    public void Messages_in_messages_without_end_stand_in_the_deepest_that_is_told()
    {
        var text = string.Concat(Enumerable.Repeat("message A { ", 50_000)) + "string race = 1;";
        Assert.Equal(string.Join('.', Enumerable.Repeat('A', 33)), Sections.Of("a.proto", text, "race").Inner?["message ".Length..]);
    }
}
