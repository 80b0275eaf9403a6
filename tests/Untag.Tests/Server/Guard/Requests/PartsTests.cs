using System.Text;

namespace Untag.Tests.Server.Guard.Requests;

/// <summary>Forms in parts, which services read in more ways than one.</summary>
public sealed class PartsTests
{
    private const string Form = "multipart/form-data; boundary=b";
    private const string File = "Content-Disposition: form-data; name=\"img\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n";
    private const string Attributes = "Content-Disposition: form-data; name=\"attributes\"\r\n\r\n";

    private static readonly string Large = new('A', 1_100_000);

    /// <summary>The parts of a form that asks; <c>ÿ</c> is a byte that is no UTF-8.</summary>
    public static TheoryData<string> Asking =>
    [
        Named("name=\"x\"; name=\"ethnicity\"") + "1", Named("name=\"x\"; name*=UTF-8''ethnicity") + "1", Named("name*=UTF-8''%65thnicity") + "1",
        Named("name=\"ethni\\city\"") + "1", Named("NAME = ethnicity") + "1", Named("name=\"x y\" z; name=ethnicity") + "1",
        Attributes + "race,ÿ", Attributes + "ÿ,race", Attributes + "race," + new string(' ', 1 << 20),
        Attributes.Replace("\r\n\r\n", "\r\nContent-Type: image/png\r\n\r\n", StringComparison.Ordinal) + "race,ÿ",
        Named("name=\"request\"") + $$"""{"attributes":["race"],"image":"{{Large}}"}""",
        Named("name=\"request\"") + $$"""{"image":"{{Large}}","attributes":["race"]}""",
        Named("name=\"request\"") + """{"attributes":["race"],"z":"ÿ"}""", Named("name=\"request\"") + """{"z":"ÿ","attributes":["race"]}""",
        Named("name=\"request\"") + """/* x */ {"attributes":["race"]}""", Named("name=\"request\"; filename=\"blob\"") + $$"""{"image":"{{Large}}","attributes":["race"]}""",
        Named("name=\"ethnicity\"") + "ÿ1",
    ];

    /// <summary>Content types and bodies that services divide in other ways.</summary>
    public static TheoryData<string, string> DividedOtherwise => new()
    {
        { "multipart/form-data; boundary=b; boundary=c", Parts(Named("name=\"img\"") + "ÿ\r\n--c\r\n" + Attributes + "race\r\n--c--") },
        { "multipart/form-data; boundary=b; boundary*=UTF-8''c", Parts(Named("name=\"img\"") + "ÿ\r\n--c\r\n" + Attributes + "race\r\n--c--") },
        { "multipart/form-data; boundary*0=b", Parts(Attributes + "age") },
        { Form, Parts(File + "\u0089PNGÿ\n--b\nContent-Disposition: form-data; name=\"attributes\"\n\nrace") },
        { Form, Parts(File + "\u0089PNGÿ\r--b\r\n" + Attributes + "race") },
        { Form, Parts(File + "\u0089PNGÿ\n--b\r\n" + Attributes + "race") },
        { Form, Parts(File + "ÿ\r\n--b\n" + Attributes + "race") },
        { Form, "\n--b\n" + Attributes.Replace("\r", "", StringComparison.Ordinal) + "race\n" + Parts(Attributes + "age") },
        { Form, Parts(Attributes + "age") + Parts(Attributes + "race") },
        { Form, Parts(Named("name=\"x\"\r\nContent-Disposition: form-data; name=\"y\"") + "1") },
        { Form, Parts("Content-Type: text/plain\r\nContent-Type: application/json\r\n" + Attributes + "1") },
        { Form, Parts("Content-Disposition : form-data; name=\"x\"\r\n\r\n1") },
        { Form, Parts(Named("name*0=eth; name*1=nicity") + "1") },
        { Form, Parts(Named("name=\"x\"; name=\"y\"") + "1") },
        { Form, Parts(Named("name*=UTF-16''%61") + "1") },
    };

    /// <summary>The parts of a form that asks for nothing.</summary>
    public static TheoryData<string> NotAsking =>
    [
        File + "\u0089PNG\r\n\u001a\nÿ--b\r\n", File + "{ÿ\n--bÿ\r--bÿ", Named("name=\"img\"") + "\u0089PNGÿþ\r\n\n\r", File + "{\"race", File + "[[[ÿ",
        Named("name=\"img\"; filename=\"naïve.png\"; filename*=UTF-8''na%C3%AFve.png") + "ÿ", Named("name=\"img\"; filename=\"C:\\race\\a.png\"") + "ÿ",
        Named("name=\"img\"; filename=a b.png") + "ÿ", Named("name=\"img\"; filename=\"\"") + "", Named("name=\"request\"") + $$"""{"image":"{{Large}}","attributes":["age"]}""",
        Named("name=x") + "1\r\n--b\t \r\n" + Named("name=y") + "2", Named("name=\"log\"; filename=\"a.txt\"") + "attributes,raceÿ",
    ];

    [Theory]
    [MemberData(nameof(Asking))]
    public async Task A_form_in_parts_that_asks_is_refused(string part)
    {
        await using var guarded = await EchoingService.StartAsync();
        using var reply = await guarded.SendBytesAsync(Form, Encoding.Latin1.GetBytes(Parts(part)));
        (await GuardTests.ExpectProblem(reply, 403, "tag")).Dispose();
    }

    [Theory]
    [MemberData(nameof(DividedOtherwise))]
    public async Task A_form_that_can_be_divided_in_two_ways_is_refused(string contentType, string body)
    {
        await using var guarded = await EchoingService.StartAsync();
        using var reply = await guarded.SendBytesAsync(contentType, Encoding.Latin1.GetBytes(body));
        (await GuardTests.ExpectProblem(reply, 400, "parts")).Dispose();
    }

    [Theory]
    [MemberData(nameof(NotAsking))]
    public async Task A_form_in_parts_that_asks_for_nothing_passes_as_it_is(string part)
    {
        await using var guarded = await EchoingService.StartAsync();
        foreach (var end in new[] { "", "\r\n", "\n", "    " })
        {
            var body = Encoding.Latin1.GetBytes(Parts(part).TrimEnd() + end);
            using var reply = await guarded.SendBytesAsync(Form, body);
            Assert.Equal(body, await EchoingService.EchoOf(reply));
        }
    }

    // A boundary as short as this stands in one of them as it is, and what could be taken for a line of its own as good as never.
    [Theory]
    [InlineData(File)]
    [InlineData("Content-Disposition: form-data; name=\"image\"\r\n\r\n")]
    public async Task Pictures_of_any_bytes_pass(string head)
    {
        await using var guarded = await EchoingService.StartAsync();
        for (var seed = 1; seed <= 8; seed++)
        {
            var picture = new byte[1 << 20];
            new Random(seed).NextBytes(picture);
            byte[] body = [.. Encoding.Latin1.GetBytes("--b\r\n" + head), .. picture, .. "\r\n--b--\r\n"u8];
            using var reply = await guarded.SendBytesAsync(Form, body);
            Assert.Equal(body, await EchoingService.EchoOf(reply));
        }
    }

    private static string Parts(string part) => $"--b\r\n{part}\r\n--b--\r\n";

    private static string Named(string parameters) => $"Content-Disposition: form-data; {parameters}\r\n\r\n";
}
