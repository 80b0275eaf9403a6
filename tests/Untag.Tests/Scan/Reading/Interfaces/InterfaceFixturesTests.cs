using Untag.Scan;

namespace Untag.Tests.Scan.Reading.Interfaces;

/// <summary>The interface and the tables of one small product, with a tag and without, by the tools of each format.</summary>
public sealed class InterfaceFixturesTests
{
    public static TheoryData<string, string[]> Tagged => new()
    {
        {
            "face.proto",
            [
                "api-response message FaceAttributes", "api-response enum FaceAttributes.Ethnicity",
                "api-response enum FaceAttributes.Ethnicity", "api-request message DetectRequest",
            ]
        },
        {
            "face.binpb",
            [
                "api-response enum FaceAttributes.Ethnicity", "api-response enum FaceAttributes.Ethnicity",
                "api-request message DetectRequest", "api-response message FaceAttributes",
            ]
        },
        {
            "schema.graphql",
            [
                "api-response enum Ethnicity", "api-response enum Ethnicity", "api-response type Face",
                "api-request input FaceFilter", "api-request Query.faces, argument ethnicity",
            ]
        },
        {
            "faces.sql",
            [
                "db-schema column face_events.ethnicity", "db-schema column face_events.ethnicity",
                "db-schema view face_report", "db-schema index face_events_by_ethnicity",
            ]
        },
        { "django_models.py", ["db-schema table face_events", "db-schema table face_events"] },
        { "django_migration.py", ["db-schema model Face", "db-schema model Face"] },
        { "alchemy_models.py", ["db-schema table face_events"] },
        { "alembic_migration.py", ["db-schema table face_events"] },
    };

    public static TheoryData<string> Names => [.. Tagged.Select(row => row.Data.Item1)];

    [Theory]
    [MemberData(nameof(Tagged))]
    public void A_tag_is_an_error_that_says_where_it_stands_and_in_which_role(string file, string[] places)
    {
        var report = Fixture.Scan($"interfaces/{file}");
        Assert.Empty(report.Skipped);
        Assert.Contains(report.Findings, finding => finding.Level == Level.Error);
        Assert.Equal(places, report.Findings.Select(finding => $"{WireNames.Kind(finding.Kind)} {finding.Inner}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_without_the_tag_is_clean(string file)
    {
        var report = Fixture.Scan($"interfaces/{Path.GetFileNameWithoutExtension(file)}-without-tag{Path.GetExtension(file)}");
        Assert.Empty(report.Skipped);
        Assert.Empty(report.Findings);
    }
}
