using System.Text;
using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Reading;
using Untag.Tests.Architecture;

namespace Untag.Tests.Scan.Reading.Models;

/// <summary>What the tests of model readers ask of a fixture: what is read of it, and what a scan of a small face
/// service that ships it reports.</summary>
internal static class ModelFile
{
    public static byte[] Bytes(string fixture) => File.ReadAllBytes(Repository.File("tests", "fixtures", fixture));

    public static ReadResult Read(string fixture) => Read(fixture, Bytes(fixture));

    /// <summary>What the reader of binary formats that knows these bytes makes of them; fails when none does.</summary>
    public static ReadResult Read(string path, byte[] bytes)
    {
        var reader = Readers.OfBinary(path, bytes.AsSpan(0, Math.Min(bytes.Length, Readers.HeadBytes)));
        Assert.True(reader is not null, $"no reader of binary formats knows {path}");
        return reader.Read(path, new MemoryStream(bytes, writable: false));
    }

    /// <summary>The texts of a passage, by where it says it is.</summary>
    public static string[] Texts(ReadResult read, string inner) =>
        [.. Assert.Single(read.Passages, passage => passage.Inner == inner).Tokens.Select(token => token.Text.ToString())];

    /// <summary>The groups of the tokens of a passage: one for each list.</summary>
    public static int[] Groups(ReadResult read, string inner) =>
        [.. Assert.Single(read.Passages, passage => passage.Inner == inner).Tokens.Select(token => token.Group).Distinct()];

    /// <summary>Scans a face service that ships these fixtures.</summary>
    public static ScanReport Scan(params string[] fixtures) =>
        ScanBytes([.. fixtures.Select(fixture => (fixture, Bytes(fixture)))]);

    public static ScanReport ScanBytes(params (string Path, byte[] Bytes)[] files) => Scanner.Scan(
        new ScanRequest
        {
            Policy = TagPolicy.Default,
            Sources =
            [
                .. files.Prepend((Product.FaceService.Item1, Encoding.UTF8.GetBytes(Product.FaceService.Item2)))
                    .Select(file => new ScanSource.Piped(file.Item1, new MemoryStream(file.Item2))),
            ],
        },
        progress: null,
        TestContext.Current.CancellationToken);

    /// <summary>Asserts that a scan reports an error of this kind inside the model, at this place.</summary>
    public static void AssertTag(string fixture, FindingKind kind, string inner, string match)
    {
        var report = Scan(fixture);
        Assert.True(
            report.Findings.Any(finding => finding.Level == Level.Error && finding.Kind == kind && finding.Inner == inner
                && finding.Match == match && finding.Line is null),
            $"{string.Join('\n', report.Findings.Select(finding => $"{finding.Inner}: {finding.Kind}"))}\n{Product.Describe(report)}");
        Assert.Empty(report.Skipped);
    }

    public static void AssertClean(string fixture)
    {
        var report = Scan(fixture);
        Assert.True(report.Verdict == ScanVerdict.Clean, $"{Product.Describe(report)}{string.Join('\n', report.Skipped)}");
    }
}
