using System.Text;

namespace Untag.Tests.Server.Guard.Requests;

/// <summary>Requests of the Open Inference Protocol with raw tensors behind their JSON, and those that only say so.</summary>
public sealed class TensorRequestsTests
{
    private const string Header = "Inference-Header-Content-Length";
    private const string Json = "application/json";
    private const string Bytes = "application/octet-stream";
    private const string Asks = """{"attributes": ["ethnicity"]}""";
    private const string Inputs = """{"inputs": [{"name": "x", "shape": [2], "datatype": "FP32", "parameters": {"binary_data_size": 8}}, {"name": "y", "parameters": {"binary_data_size": 3}}, {"name": "z", "data": [1]}], "outputs": [{"name": "age"}]}""";

    private const string Negative = """{"inputs": [{"parameters": {"binary_data_size": 1}}, {"parameters": {"binary_data_size": -1}}]}""";
    private const string Fraction = """{"inputs": [{"parameters": {"binary_data_size": 1.0}}]}""";

    private static readonly byte[] Tensors = [0xFF, 0x7B, 0, 1, 2, 3, 4, 0x0A, 0x80, 0x7B, 0];

    /// <summary>Content type, what the header says, and a body that asks where the header hides it.</summary>
    public static TheoryData<string, string, string> Asking => new()
    {
        { Json, "0", Asks },
        { Json, "0", "   " + Asks },
        { Bytes, "0", Asks },
        { "application/x-www-form-urlencoded", "1", "1&attributes=ethnicity&ethnicity=1" },
        { "text/plain", "2", "{}" + Asks },
        { "application/x-ndjson", "1", "1\n" + Asks },
        { "application/x-ndjson", "2", "{}\n" + Asks },
        { "multipart/form-data; boundary=b", "1", "1\r\n--b\r\nContent-Disposition: form-data; name=\"ethnicity\"\r\n\r\n1\r\n--b--\r\n" },
        { Bytes, $"{Asks.Length}", Asks },
    };

    /// <summary>Content type, what the header says, and a body of which it is not true.</summary>
    public static TheoryData<string, string, string> Untrue => new()
    {
        { Json, "1", " " + Asks },
        { Json, "1", "[" + Asks + "]" },
        { Json, "2", "{}\n" + Asks },
        { Json, "2", "  " + Asks },
        { Bytes, "4", "{}{}" + Asks },
        { Bytes, "-1", Asks },
        { Bytes, "999", Asks },
        { Bytes, $"{Inputs.Length}", Inputs + "0123456789" },
        { Bytes, $"{Negative.Length}", Negative },
        { Bytes, $"{Fraction.Length}", Fraction + "0" },
    };

    [Theory]
    [MemberData(nameof(Asking))]
    public async Task The_header_hides_nothing(string contentType, string length, string body)
    {
        await using var guarded = await EchoingService.StartAsync();
        using var reply = await guarded.SendBytesAsync(contentType, Encoding.UTF8.GetBytes(body), header: (Header, length));
        (await GuardTests.ExpectProblem(reply, 403, "tag")).Dispose();
    }

    [Theory]
    [MemberData(nameof(Untrue))]
    public async Task A_body_that_is_other_than_the_header_says_is_refused(string contentType, string length, string body)
    {
        await using var guarded = await EchoingService.StartAsync();
        using var reply = await guarded.SendBytesAsync(contentType, Encoding.UTF8.GetBytes(body), header: (Header, length));
        (await GuardTests.ExpectProblem(reply, 400, "json")).Dispose();
    }

    [Theory]
    [InlineData(Json)]
    [InlineData(Bytes)]
    [InlineData(null)]
    public async Task Tensors_behind_their_JSON_pass_as_they_are(string? contentType)
    {
        await using var guarded = await EchoingService.StartAsync();
        byte[] body = [.. Encoding.UTF8.GetBytes(Inputs), .. Tensors];
        using var reply = await guarded.SendBytesAsync(contentType, body, header: (Header, $"{Inputs.Length}"));
        Assert.Equal(body, await EchoingService.EchoOf(reply));
        using var none = await guarded.SendBytesAsync(contentType, """{"inputs": [], "outputs": [{"name": "age"}]}"""u8.ToArray(), header: (Header, "44"));
        Assert.Equal(44, (await EchoingService.EchoOf(none)).Length);
    }

    // The raw binary request of Triton: there is no JSON, and the model has one input.
    [Fact]
    public async Task A_tensor_without_JSON_passes_as_it_is()
    {
        await using var guarded = await EchoingService.StartAsync();
        foreach (byte[] tensor in new byte[][] { Tensors, [0, .. Tensors], [.. "{"u8, .. Tensors], [.. "attributes=race"u8], [.. "[[["u8] })
        {
            using var reply = await guarded.SendBytesAsync(Bytes, tensor, header: (Header, "0"));
            Assert.Equal(tensor, await EchoingService.EchoOf(reply));
        }
    }
}
