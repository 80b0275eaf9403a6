using Untag.Scan;

namespace Untag.Tests.Scan.Judging;

/// <summary>In each format the same trait is asked for, or given back, or stored.</summary>
public sealed class SectionRolesTests
{
    [Theory]
    [InlineData("openapi.yaml", "openapi: 3.0.0\npaths:\n  /faces:\n    get:\n      parameters:\n        - name: ethnicity\n          in: query\n", "UT0102", "GET /faces, parameter ethnicity")]
    [InlineData("face.proto", "message Ask { string ethnicity = 1; }\nservice S { rpc Find(Ask) returns (Faces); }", "UT0102", "message Ask")]
    [InlineData("schema.graphql", "type Query { faces(ethnicity: String): Int }", "UT0102", "Query.faces, argument ethnicity")]
    [InlineData("faces.gql", "query GetFaces { faces { ethnicity } }", "UT0102", "query GetFaces")]
    [InlineData("face.proto", "message Face { string ethnicity = 1; }", "UT0103", "message Face")]
    [InlineData("schema.graphql", "type Face { ethnicity: String }", "UT0103", "type Face")]
    [InlineData("faces.sql", "CREATE TABLE faces (ethnicity text)", "UT0106", "column faces.ethnicity")]
    [InlineData("models.py", "class Face(models.Model):\n    ethnicity = models.CharField()\n", "UT0106", "model Face")]
    [InlineData("schema.prisma", "model Face {\n  ethnicity String\n}", "UT0106", "model Face")]
    public void A_name_is_asked_for_given_back_or_stored(string path, string text, string rule, string inner)
    {
        var report = Product.Scan(Product.FaceService, (path, text));
        var finding = Assert.Single(report.Findings);
        Assert.Equal((Level.Error, rule, inner), (finding.Level, finding.Rule, finding.Inner));
    }

    [Theory]
    [InlineData("openapi.yaml", "openapi: 3.0.0\npaths:\n  /faces:\n    get:\n      parameters:\n        - name: look\n          schema: {enum: [caucasian, mongoloid, negroid]}\n", FindingKind.ApiRequest)]
    [InlineData("face.proto", "message Ask { enum Look { CAUCASIAN = 0; MONGOLOID = 1; NEGROID = 2; } }\nservice S { rpc Find(Ask) returns (Faces); }", FindingKind.ApiRequest)]
    [InlineData("faces.gql", "query A { faces(looks: [CAUCASIAN, MONGOLOID, NEGROID]) { id } }", FindingKind.ApiRequest)]
    [InlineData("schema.graphql", "enum Look { CAUCASIAN MONGOLOID NEGROID }", FindingKind.ApiResponse)]
    [InlineData("schema.prisma", "enum Look { CAUCASIAN MONGOLOID NEGROID }", FindingKind.DbSchema)]
    public void Labels_are_asked_for_given_back_or_stored(string path, string text, FindingKind kind)
    {
        var report = Product.Scan(Product.FaceService, (path, text));
        Assert.Contains(report.Findings, finding => (finding.Level, finding.Kind) == (Level.Error, kind));
    }
}
