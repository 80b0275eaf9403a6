using System.Net.Mime;

namespace VisionApi;

/// <summary>Answers as vision APIs do, in the shapes in which they carry a tag. What it is sent is read to its end and forgotten.</summary>
public static class CannedApi
{
    private static readonly (string Path, string Reply)[] Replies =
    [
        ("/facepp/v3/detect", "facepp.json"),
        ("/rest/2.0/face/v3/detect", "baidu.json"),
        ("/detect", "kairos.json"),
        ("/v2/models/general/outputs", "clarifai.json"),
        ("/analyze", "deepface.json"),
        ("/uniface/detect", "uniface.json"),
        ("/models/face-labels", "hf-image-classification.json"),
        ("/v2/models/face/infer", "kserve-v2.json"),
        ("/v1/chat/completions", "openai-chat.json"),
        ("/rekognition", "aws-rekognition.json"),
        ("/face/v1.0/detect", "azure-face.json"),
        ("/v1/images:annotate", "google-vision.json"),
        ("/api/v1/recognition/recognize", "compreface.json"),
        ("/iai", "tencent-iai.json"),
        ("/facebody", "aliyun-facebody.json"),
        ("/v1/detections", "sighthound.json"),
        ("/VIID/Faces", "gat1400.json"),
        ("/betaface/v2/media", "betaface.json"),
    ];

    /// <summary>The paths, each with the name of the file that it answers.</summary>
    public static IReadOnlyList<(string Path, string Reply)> All => Replies;

    /// <summary>A service at an address; it is not started yet.</summary>
    public static WebApplication Build(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        var app = builder.Build();
        app.Run(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            if (Array.Find(Replies, reply => reply.Path == context.Request.Path.Value) is not { Reply: { } file })
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            context.Response.ContentType = MediaTypeNames.Application.Json;
            await context.Response.SendFileAsync(Path.Join(AppContext.BaseDirectory, "replies", file));
        });
        return app;
    }
}
