using Untag.Scan;

namespace Untag.Tests.Scan.Judging;

/// <summary>In each format the same trait is asked for, or given back, or stored.</summary>
public sealed class SectionRolesTests
{
    [Theory]
    [InlineData("openapi.yaml", "openapi: 3.0.0\npaths:\n  /faces:\n    get:\n      parameters:\n        - name: ethnicity\n          in: query\n", "UT0102", "GET /faces, parameter ethnicity")]
    public void A_name_is_asked_for_given_back_or_stored(string path, string text, string rule, string inner)
    {
        var report = Product.Scan(Product.FaceService, (path, text));
        var finding = Assert.Single(report.Findings);
        Assert.Equal((Level.Error, rule, inner), (finding.Level, finding.Rule, finding.Inner));
    }

    [Theory]
    [InlineData("openapi.yaml", "openapi: 3.0.0\npaths:\n  /faces:\n    get:\n      parameters:\n        - name: look\n          schema: {enum: [caucasian, mongoloid, negroid]}\n", FindingKind.ApiRequest)]
    public void Labels_are_asked_for_given_back_or_stored(string path, string text, FindingKind kind)
    {
        var report = Product.Scan(Product.FaceService, (path, text));
        Assert.Contains(report.Findings, finding => (finding.Level, finding.Kind) == (Level.Error, kind));
    }
}
