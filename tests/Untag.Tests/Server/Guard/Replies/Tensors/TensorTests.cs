using System.Text;
using Untag.Server.Guard.Replies;

namespace Untag.Tests.Server.Guard.Replies.Tensors;

public sealed class TensorTests
{
    private static readonly HashSet<string> Listed = ["age"];

    [Fact]
    public void A_tensor_that_is_not_listed_does_not_pass_whatever_its_name()
    {
        const string Reply = """{"outputs":[{"name":"output_0","shape":[1,7],"data":[0.1,0.9]},{"name":"age","shape":[1],"data":[31]}]}""";
        var filtered = Filtered.Of(Filtered.Json with { Tensors = Listed }, Encoding.UTF8.GetBytes(Reply));
        Assert.Equal("""{"outputs":[{"name":"age","shape":[1],"data":[31]}]}""", filtered.Text);
        Assert.Equal("unlisted-tensor", filtered.Strips.Single().Rules.Single());
        Assert.Equal(Reply, Filtered.Of(Reply).Text);
    }

    [Fact]
    public void A_large_tensor_that_is_not_listed_does_not_pass_either()
    {
        var numbers = string.Join(',', Enumerable.Repeat("0.125", 100));
        var reply = $$"""{"outputs":[{"name":"output_0","data":[{{numbers}}]},{"name":"age","data":[31]}]}""";
        var filtered = Filtered.Of(
            Filtered.Json with { Tensors = Listed }, Encoding.UTF8.GetBytes(reply), ReplyLimits.Default with { HoldBytes = 64 }, piece: 10);
        Assert.Equal("""{"outputs":[{"name":"age","data":[31]}]}""", filtered.Text);
    }

    [Fact]
    public void The_bytes_of_a_tensor_go_with_it_and_the_length_of_the_JSON_is_told()
    {
        var told = 0;
        var json = """{"outputs":[{"name":"race","datatype":"FP32","shape":[2],"parameters":{"binary_data_size":8}},{"name":"age","datatype":"FP32","shape":[1],"parameters":{"binary_data_size":4}}]}""";
        var left = """{"outputs":[{"name":"age","datatype":"FP32","shape":[1],"parameters":{"binary_data_size":4}}]}""";
        byte[] body = [.. Encoding.UTF8.GetBytes(json), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        var head = Filtered.Json with
        {
            MediaType = "application/octet-stream",
            InferenceHeaderBytes = json.Length,
            TellInferenceHeaderBytes = bytes => told = bytes,
        };
        byte[] expected = [.. Encoding.UTF8.GetBytes(left), 9, 10, 11, 12];
        Assert.Equal(expected, Filtered.Of(head, body, limits: null, piece: 3).Bytes);
        Assert.Equal(left.Length, told);
    }

    [Fact]
    public void Labels_in_the_bytes_of_a_tensor_are_read()
    {
        var json = """{"outputs":[{"name":"o","datatype":"BYTES","shape":[2],"parameters":{"binary_data_size":33}}]}""";
        byte[] body = [.. Encoding.UTF8.GetBytes(json), .. Label("0.9:0:asian"), .. Label("0.05:1:black"), .. new byte[2]];
        var head = Filtered.Json with { InferenceHeaderBytes = json.Length };
        var filtered = Filtered.Of(head, body);
        Assert.Equal("""{"outputs":[]}""", filtered.Text);
    }

    [Theory]
    [InlineData("{\"age\":31,\"dominant_race\":\"asian\",\"gender\":\"M\"}")]
    [InlineData("[\n {\"race\": \"x7\"}]")]
    [InlineData("race: asian; age: 31")]
    [InlineData("RACE_BLACK")]
    [InlineData("eyJyYWNlIjoieDcifQ==")]
    [InlineData("asian\u00ff", "black")]
    [InlineData("\u00ffrace: asian\u00ff\u00ff")]
    [InlineData("{\"race\": \"x7\", \"a\": \"\u00ff\"}")]
    public void A_text_in_the_bytes_of_a_tensor_is_judged_like_one_in_its_JSON(params string[] texts)
    {
        var filtered = WithTexts([.. texts.Select(Encoding.Latin1.GetBytes)]);
        Assert.Equal("""{"outputs":[]}""", filtered.Text);
        Assert.NotEmpty(filtered.Strips);
    }

    [Fact]
    public void Texts_without_a_tag_and_pictures_pass_as_bytes()
    {
        byte[] picture = [0xFF, 0xD8, .. Enumerable.Range(0, 5000).Select(i => (byte)(i * i % 256)), .. "race=3"u8, 0xFF, 0xD9];
        byte[][] texts = [picture, "{\"age\":31}"u8.ToArray(), new byte[5000], "a cat"u8.ToArray(), "0.9:0:person"u8.ToArray(), []];
        var filtered = WithTexts(texts);
        Assert.Empty(filtered.Strips);
        Assert.EndsWith(Convert.ToHexString([.. texts.SelectMany(Label)]), Convert.ToHexString(filtered.Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_do_not_fit_the_JSON_are_refused()
    {
        var json = """{"outputs":[{"name":"age","parameters":{"binary_data_size":4}}]}""";
        foreach (var bytes in new[] { 0, 3, 5 })
        {
            byte[] body = [.. Encoding.UTF8.GetBytes(json), .. new byte[bytes]];
            Assert.Equal(RefusalReason.Malformed, Filtered.Of(Filtered.Json with { InferenceHeaderBytes = json.Length }, body).Reason);
        }

        Assert.Equal(RefusalReason.Malformed, Filtered.Of(Filtered.Json with { InferenceHeaderBytes = 999 }, "{}"u8.ToArray()).Reason);
    }

    private static Filtered WithTexts(byte[][] texts)
    {
        byte[] content = [.. texts.SelectMany(Label)];
        var json = $$$"""{"outputs":[{"name":"o","datatype":"BYTES","shape":[{{{texts.Length}}}],"parameters":{"binary_data_size":{{{content.Length}}}}}]}""";
        return Filtered.Of(Filtered.Json with { InferenceHeaderBytes = json.Length }, [.. Encoding.UTF8.GetBytes(json), .. content]);
    }

    private static byte[] Label(string text) => Label(Encoding.UTF8.GetBytes(text));

    private static byte[] Label(byte[] text) => [.. BitConverter.GetBytes(text.Length), .. text];
}
