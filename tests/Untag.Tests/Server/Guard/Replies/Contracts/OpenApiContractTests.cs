using System.Text;
using Untag.Server.Guard.Replies;
using Untag.Server.Guard.Replies.Contracts;

namespace Untag.Tests.Server.Guard.Replies.Contracts;

public sealed class OpenApiContractTests
{
    private const string Definition = """
        openapi: 3.0.0
        paths:
          /faces/{id}:
            get:
              responses:
                '200':
                  content:
                    application/json:
                      schema: {$ref: '#/components/schemas/Face'}
                4XX: {$ref: '#/components/responses/Problem'}
          /faces/all:
            get:
              responses:
                default:
                  content:
                    application/json:
                      schema: {type: array, items: {$ref: '#/components/schemas/Face'}}
        components:
          responses:
            Problem: {content: {application/problem+json: {schema: {type: object, properties: {title: {type: string}}}}}}
          schemas:
            Face:
              type: object
              properties:
                age: {type: integer}
                race: {type: string}
                box: {type: array, items: {type: number}}
                parent: {$ref: '#/components/schemas/Face'}
                extra: {type: object, additionalProperties: {type: string}}
                either:
                  oneOf: [{type: string}, {type: object, properties: {a: {type: boolean}}}]
        """;

    private static readonly OpenApiContract Contract = OpenApiContract.Read(Definition).Contract!;

    [Theory]
    [InlineData("""{"age":31,"cluster_7":3,"box":[1,2]}""", """{"age":31,"box":[1,2]}""")]
    [InlineData("""{"age":31,"race":"x"}""", """{"age":31}""")]
    [InlineData("""{"age":"thirty"}""", """{}""")]
    [InlineData("""{"age":null}""", """{"age":null}""")]
    [InlineData("""{"box":[1,"x",{"a":1}]}""", """{"box":[1]}""")]
    [InlineData("""{"parent":{"parent":{"age":1,"x":2}}}""", """{"parent":{"parent":{"age":1}}}""")]
    [InlineData("""{"extra":{"any":"text","ethnicity":"x","n":1}}""", """{"extra":{"any":"text"}}""")]
    [InlineData("""{"either":"x"}""", """{"either":"x"}""")]
    [InlineData("""{"either":{"a":true,"b":false}}""", """{"either":{"a":true}}""")]
    public void What_is_not_declared_does_not_pass(string reply, string expected)
    {
        var contract = Contract.Of("GET", "/faces/17", 200);
        foreach (var hold in new[] { 8, ReplyLimits.Default.HoldBytes })
        {
            var filtered = Filtered.Of(
                Filtered.Json with { Contract = contract }, Encoding.UTF8.GetBytes(reply), ReplyLimits.Default with { HoldBytes = hold }, piece: 3);
            Assert.Equal(expected, filtered.Text);
        }
    }

    [Fact]
    public void A_path_written_out_goes_before_one_with_a_variable()
    {
        var list = Contract.Of("get", "/faces/all", 200);
        Assert.Equal("""[{"age":1}]""", Filtered.Of(Filtered.Json with { Contract = list }, """[{"age":1,"x":2}]"""u8.ToArray()).Text);
        Assert.Equal(RefusalReason.Malformed, Filtered.Of(Filtered.Json with { Contract = list }, """{"age":1}"""u8.ToArray()).Reason);
    }

    [Fact]
    public void What_is_declared_nowhere_is_told_by_null()
    {
        Assert.Null(Contract.Of("POST", "/faces/17", 200));
        Assert.Null(Contract.Of("GET", "/faces", 200));
        Assert.Null(Contract.Of("GET", "/faces/17", 201));
        Assert.NotNull(Contract.Of("GET", "/faces/17", 404));
    }

    [Theory]
    [InlineData("a: [", "this is not YAML")]
    [InlineData("openapi: 3.0.0", "paths")]
    [InlineData("paths: {/a: {get: {responses: {'200': {schema: {$ref: '#/nowhere'}}}}}}", "leads nowhere")]
    public void What_is_wrong_with_a_definition_is_said(string definition, string words)
    {
        var (contract, errors) = OpenApiContract.Read(definition);
        Assert.Null(contract);
        Assert.Contains(words, errors.Single(), StringComparison.Ordinal);
    }
}
