using Untag.Scan;

namespace Untag.Tests.Scan.Reading.Tables;

public sealed class JsonRecordsTests
{
    [Fact]
    public void Of_JSON_Lines_the_keys_are_read_once_and_no_record()
    {
        var text = Records(i => $$"""{"name": "Anna {{i}}", "race": "{{(i % 2 == 0 ? "asian" : "white")}}"}""", 40, "\n");
        Assert.Equal(["name", "race", "asian", "white"], Read.Tokens("a.jsonl", text).Select(token => token.Text.ToString()));
        Assert.All(Read.Tokens("a.jsonl", text), token => Assert.Equal(1, token.Line));
    }

    [Fact]
    public void One_finding_for_the_key_and_one_for_its_labels_whatever_the_number_of_records()
    {
        var text = Records(i => $$"""{"image": "{{i}}.jpg", "age": 3, "race": "{{(i % 2 == 0 ? "asian" : "white")}}"}""", 400, "\n");
        var report = Product.Scan(Product.FaceService, ("labels.jsonl", text));
        Assert.Equal(["asian, white", "race"], report.Findings.Select(finding => finding.Match).Order());
        Assert.All(report.Findings, finding => Assert.Equal(1, finding.Line));
    }

    [Fact]
    public void Records_of_pictures_in_an_array_are_read_like_a_table()
    {
        var text = "{\"version\": \"race 1\", \"samples\": ["
            + Records(i => $$$"""{"img_path": "{{{i}}}.jpg", "face": {"race": "asian", "tags": ["a{{{i}}}", "x"]}}""", 8, ",\n") + "]}";
        Assert.Equal(
            ["version", "race 1", "samples", "img_path", "face", "race", "asian", "tags"],
            Read.Tokens("a.json", text).Select(token => token.Text.ToString()));
    }

    [Fact]
    public void A_list_of_labels_is_read_whole()
    {
        var text = "{\"categories\": [" + Records(i => $$"""{"id": {{i}}, "name": "label {{i}}"}""", 80, ",") + "]}";
        Assert.Equal(241, Read.Tokens("a.json", text).Count);
    }

    [Fact]
    public void A_short_list_of_settings_is_read_whole() =>
        Assert.Equal(
            ["name", "race", "type", "enum", "name", "age", "type", "int"],
            Read.Tokens("a.json", """[{"name": "race", "type": "enum"}, {"name": "age", "type": "int"}]""").Select(token => token.Text.ToString()));

    [Fact]
    public void Names_of_persons_that_repeat_are_no_labels()
    {
        var text = Records(i => $$"""{"image": "{{i}}.jpg", "name": "Anna White"}""", 100, "\n");
        Assert.Equal(["image", "name"], Read.Tokens("a.jsonl", text).Select(token => token.Text.ToString()));
    }

    [Fact]
    public void The_categories_of_COCO_are_found_and_its_annotations_are_not_repeated()
    {
        var text = """{"info": {"description": "faces"}, "images": ["""
            + Records(i => $$"""{"id": {{i}}, "file_name": "anna_{{i}}.jpg"}""", 60, ",")
            + """], "categories": [{"id": 1, "name": "Asian"}, {"id": 2, "name": "Black"}, {"id": 3, "name": "White"}], "annotations": ["""
            + Records(i => $$$"""{"id": {{{i}}}, "image_id": {{{i}}}, "category_id": 1, "attributes": {"race": "asian"}}""", 60, ",") + "]}";
        var report = Product.Scan(Product.FaceService, ("instances.json", text));
        Assert.Contains(report.Findings, finding => finding is { Level: Level.Error, Match: "Asian, Black, White, asian" });
        Assert.Single(report.Findings, finding => finding.Match == "race");
        Assert.DoesNotContain("anna", string.Join(' ', Read.Tokens("a.json", text).Select(token => token.Text)), StringComparison.Ordinal);
    }

    private static string Records(Func<int, string> record, int count, string between) =>
        string.Join(between, Enumerable.Range(0, count).Select(record));
}
