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

    private static byte[] Label(string text) => [.. BitConverter.GetBytes(text.Length), .. Encoding.UTF8.GetBytes(text)];
}
