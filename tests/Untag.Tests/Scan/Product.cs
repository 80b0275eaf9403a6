using System.Text;
using Untag.Policy;
using Untag.Scan;

namespace Untag.Tests.Scan;

/// <summary>A product made of a few files, scanned in memory.</summary>
internal static class Product
{
    /// <summary>A file that makes the product one that works on faces, and holds no tag.</summary>
    public static readonly (string, string) FaceService = (
        "src/service.py",
        """
        # face detection and face recognition service
        from insightface.app import FaceAnalysis
        def handle(face_image): return FaceAnalysis().get(face_image)
        """);

    public static ScanReport Scan(params (string Path, string Text)[] files) => Scan(TraitScope.Forbidden, files);

    public static ScanReport Scan(TraitScope traits, params (string Path, string Text)[] files) =>
        Scan(TagPolicy.Default, traits, files);

    public static ScanReport Scan(TagPolicy policy, TraitScope traits, params (string Path, string Text)[] files) =>
        Scanner.Scan(
            new ScanRequest
            {
                Policy = policy,
                Traits = traits,
                Sources = [.. files.Select(file =>
                    new ScanSource.Piped(file.Path, new MemoryStream(Encoding.UTF8.GetBytes(file.Text))))],
            },
            progress: null,
            TestContext.Current.CancellationToken);

    /// <summary>The findings as lines of text, for the message of a failed test.</summary>
    public static string Describe(ScanReport report)
    {
        var text = new StringBuilder();
        foreach (var finding in report.Findings)
        {
            text.AppendLine($"{finding.Level} {finding.Rule} {finding.Path}:{finding.Line} {finding.Match}");
            foreach (var reason in finding.Why)
                text.AppendLine($"    {reason.Weight,3} {reason.Evidence}");
        }

        return text.Length == 0 ? "no findings" : text.ToString();
    }
}
