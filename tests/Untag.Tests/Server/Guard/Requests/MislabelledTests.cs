using System.Text;

namespace Untag.Tests.Server.Guard.Requests;

/// <summary>Bodies that are another thing than their content type says, as many services read them.</summary>
public sealed class MislabelledTests
{
    private const string Asks = """{"attributes": ["age", "ethnicity"]}""";

    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, .. Encoding.UTF8.GetBytes(Asks)];

    /// <summary>Content types of what is not inspected.</summary>
    public static TheoryData<string> Unread => ["image/jpeg", "IMAGE/PNG; q=1", "video/mp4", "audio/wav", "application/octet-stream"];

    /// <summary>Bodies that ask.</summary>
    public static TheoryData<string> Asking =>
    [
        Asks, " \r\n\t" + Asks, "\uFEFF" + Asks, "\uFEFF \n" + Asks, new string(' ', 5000) + Asks, $"[{Asks}]", "{} " + Asks, Asks + "\n",
        $"{{\"image\": \"{new string('A', 100_000)}\", \"x\": {Asks}}}", $"{{\"x\": NaN, \"y\": {Asks}}}", Asks[..^1] + ",}",
        "/**/" + Asks, "/* x */ // y\n" + Asks, "//" + new string('x', 2000) + "\r\n" + Asks, "# x\n" + Asks, "\uFEFF\uFEFF" + Asks, "\f\v" + Asks, "\u001E" + Asks, "\u2028\u00A0" + Asks,
    ];

    [Theory]
    [MemberData(nameof(Unread))]
    public async Task A_body_of_JSON_is_looked_through_whatever_its_content_type_says(string contentType)
    {
        await using var guarded = await EchoingService.StartAsync();
        foreach (var body in Asking.Select(row => row.Data))
            await ExpectProblem(guarded, contentType, Encoding.UTF8.GetBytes(body), 403, "tag");
        var innocent = """{"attributes": ["age"], "image": "aGVsbG8="}"""u8.ToArray();
        Assert.Equal(innocent, await PassedAsync(guarded, contentType, innocent));
    }

    [Fact]
    public async Task A_body_of_JSON_is_looked_through_without_a_content_type_too()
    {
        await using var guarded = await EchoingService.StartAsync();
        foreach (var body in new[] { Asks, " \r\n\t" + Asks, "\uFEFF" + Asks, $"[{Asks}]" })
            await ExpectProblem(guarded, contentType: null, Encoding.UTF8.GetBytes(body), 403, "tag");
    }

    // As small as these, the bytes behind made them no text.
    [Theory]
    [MemberData(nameof(Unread))]
    public async Task What_stands_behind_JSON_does_not_make_a_picture_of_it(string contentType)
    {
        await using var guarded = await EchoingService.StartAsync();
        byte[][] bodies =
        [
            [.. Encoding.UTF8.GetBytes(Asks), 0xFF, 0xFE], [.. Encoding.UTF8.GetBytes("/**/" + Asks), 0], [.. Encoding.UTF8.GetBytes("{}\n" + Asks), 0x80],
            [.. "[{\"a\": \""u8, 0xFF, .. "\"}, "u8, .. Encoding.UTF8.GetBytes(Asks), .. "]"u8],
        ];
        foreach (var body in bodies.SkipLast(1))
            await ExpectProblem(guarded, contentType, body, 403, "tag");
        await ExpectProblem(guarded, contentType, bodies[^1], 400, "json");
        byte[] innocent = [.. """{"attributes": ["age"]}"""u8, 0xFF, 0xFE];
        Assert.Equal(innocent, await PassedAsync(guarded, contentType, innocent));
    }

    [Fact]
    public async Task What_is_pushed_under_the_type_of_a_picture_is_no_way_around_the_filter()
    {
        await using var guarded = await EchoingService.StartAsync();
        const string Face = """{"FaceObject":[{"EthicCode":"01"}]}""";
        foreach (byte[] body in new byte[][] { [.. Encoding.UTF8.GetBytes(Face), 0xFF, 0xFE], Encoding.UTF8.GetBytes("/**/" + Face), Encoding.UTF8.GetBytes("\f" + Face) })
        {
            using var reply = await guarded.SendBytesAsync("image/jpeg", body, path: "/VIID/Faces");
            (await GuardTests.ExpectProblem(reply, 415, "content-type")).Dispose();
        }

        using var picture = await guarded.SendBytesAsync("image/jpeg", Jpeg, path: "/VIID/Images");
        Assert.Equal(Jpeg, await EchoingService.EchoOf(picture));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(700)]
    public async Task It_is_looked_through_in_whatever_pieces_it_comes(int piece)
    {
        await using var guarded = await EchoingService.StartAsync();
        var body = Encoding.UTF8.GetBytes("\uFEFF " + new string(' ', 600) + Asks);
        await ExpectProblem(guarded, "image/jpeg", body, 403, "tag", piece);
        Assert.Equal(Jpeg, await PassedAsync(guarded, "image/jpeg", Jpeg, piece));
    }

    // One that is larger than what is read of a request would be refused.
    [Theory]
    [MemberData(nameof(Unread))]
    public async Task A_picture_passes_as_it_is_however_large_and_whatever_stands_in_it(string contentType)
    {
        await using var guarded = await EchoingService.StartAsync(section => section with { Limits = section.Limits with { RequestBytesMax = 4096 } });
        byte[][] pictures =
        [
            Jpeg, [0xFF, 0xD8], [0xEF], [0xEF, 0xBB, 0xBF], [.. " \n"u8], [0x89, .. "PNG\r\n\u001A\n"u8, .. Encoding.UTF8.GetBytes(Asks)],
            [.. Jpeg, .. new byte[100_000]], [.. "{\""u8, .. new byte[100_000]], [.. "[["u8, 0x80, 0x3F, .. new byte[100_000]], [.. "{"u8, 0xFF, 0xD8],
            [.. "[]"u8, .. new byte[100_000]], [.. "{}"u8, 0xFF, .. new byte[100_000]], [.. "[7]"u8, 0, .. new byte[100_000]], [.. "//"u8, 0xFF, 0x0A, .. new byte[100_000]],
            [.. "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n"u8, .. new byte[100_000]], [.. "/*"u8, 0xFF, .. "*/"u8, .. new byte[100_000]], new byte[100_000],
        ];
        foreach (var picture in pictures)
            Assert.Equal(picture, await PassedAsync(guarded, contentType, picture));
    }

    [Fact]
    public async Task JSON_that_cannot_be_inspected_does_not_pass_as_a_picture()
    {
        await using var guarded = await EchoingService.StartAsync(section => section with { Limits = section.Limits with { RequestBytesMax = 4096 } });
        await ExpectProblem(guarded, "image/jpeg", Encoding.UTF8.GetBytes(new string('[', 1000) + Asks + new string(']', 1000)), 400, "json");
        await ExpectProblem(guarded, "image/jpeg", Encoding.UTF8.GetBytes($"[{new string(' ', 5000)}{Asks}]"), 413, "limit");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public async Task JSON_in_wide_characters_does_not_pass_as_a_picture(int piece)
    {
        await using var guarded = await EchoingService.StartAsync();
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, new UTF32Encoding(bigEndian: true, byteOrderMark: true) })
        {
            foreach (var json in new[] { Asks, " \n" + Asks, $"[\"{new string('é', 2000)}\", {Asks}]" })
            {
                await ExpectProblem(guarded, "image/jpeg", encoding.GetBytes(json), 415, "charset", piece);
                await ExpectProblem(guarded, "application/octet-stream", [.. encoding.GetPreamble(), .. encoding.GetBytes(json)], 415, "charset", piece);
            }
        }
    }

    [Fact]
    public async Task Numbers_that_look_like_the_first_bracket_of_wide_JSON_pass()
    {
        await using var guarded = await EchoingService.StartAsync();
        byte[][] tensors =
        [
            [.. Numbers<int>(91, 35, 35, 123)], [.. Numbers<int>(Enumerable.Range(0, 5000).Select(i => 91 + (i % 20)).ToArray())], [.. Numbers<short>(123, 0, 7, 9, 32)],
            [0, 0, 0, 0x20, .. "ftypisom"u8], [0xFF, 0xFE, 0x90, 0x64, 0, 0, 0, 0], [0, 0, 0, 0], [(byte)'[', 0], [0xFE],
        ];
        foreach (var tensor in tensors)
            Assert.Equal(tensor, await PassedAsync(guarded, "application/octet-stream", tensor));
    }

    private static byte[] Numbers<T>(params T[] numbers)
        where T : unmanaged => System.Runtime.InteropServices.MemoryMarshal.AsBytes<T>(numbers).ToArray();

    private static async Task<byte[]> PassedAsync(GuardedService guarded, string contentType, byte[] body, int piece = int.MaxValue)
    {
        using var reply = await guarded.SendBytesAsync(contentType, body, piece);
        return await EchoingService.EchoOf(reply);
    }

    private static async Task ExpectProblem(GuardedService guarded, string? contentType, byte[] body, int status, string reason, int piece = int.MaxValue)
    {
        using var reply = await guarded.SendBytesAsync(contentType, body, piece);
        (await GuardTests.ExpectProblem(reply, status, reason)).Dispose();
    }
}
