using System.Globalization;
using System.Text;

namespace Untag.GuardBench;

/// <summary>Answers <c>/clean/N</c> and <c>/tag/N</c> with about N bytes of faces, without a tag, and with one in the middle.</summary>
internal static class Service
{
    public static async Task RunAsync(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        await using var app = builder.Build();
        var replies = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var size in new[] { 3_000, 30_000, 3_000_000 })
        {
            replies[$"/clean/{size}"] = Faces(size, tagged: false);
            replies[$"/tag/{size}"] = Faces(size, tagged: true);
        }

        app.Run(context =>
        {
            if (!replies.TryGetValue(context.Request.Path.Value ?? "", out var reply))
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }

            context.Response.ContentType = "application/json";
            context.Response.ContentLength = reply.Length;
            return context.Response.Body.WriteAsync(reply).AsTask();
        });
        await app.RunAsync();
    }

    private static byte[] Faces(int size, bool tagged)
    {
        var text = new StringBuilder("""{"request_id": "7", "faces": [""");
        var isDue = tagged;
        for (var i = 0; text.Length < size - 20; i++)
        {
            text.Append(i == 0 ? "" : ", ").Append(CultureInfo.InvariantCulture, $$"""
                {"token": "{{i:x8}}", "box": [{{i}}, {{i + 1}}, 30, 40], "attributes": {"age": {"value": {{i % 90}}}, "gender": {"value": "Female"}, "smile": {"value": 12.5}
                """);
            if (isDue && text.Length > size / 2)
            {
                text.Append(""", "ethnicity": {"value": "ASIAN"}""");
                isDue = false;
            }

            text.Append("}}");
        }

        return Encoding.UTF8.GetBytes(text.Append("], \"time_used\": 11}").ToString());
    }
}
