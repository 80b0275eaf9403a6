using System.Net;
using Yarp.ReverseProxy.Forwarder;

namespace Untag.GuardBench;

/// <summary>YARP's forwarder as the guard uses it, and nothing beside it.</summary>
internal static class BareProxy
{
    public static async Task RunAsync(string address, string upstream)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddHttpForwarder();
        builder.WebHost.UseKestrelCore().UseUrls(address);
        await using var app = builder.Build();
        using var service = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
        });
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        app.Run(async context => await forwarder.SendAsync(context, upstream, service, ForwarderRequestConfig.Empty, HttpTransformer.Default));
        await app.RunAsync();
    }
}
