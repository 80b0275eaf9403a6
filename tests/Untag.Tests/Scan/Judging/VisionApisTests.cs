using System.Text.Json;
using System.Text.RegularExpressions;
using Untag.Scan;
using Untag.Tests.Architecture;

namespace Untag.Tests.Scan.Judging;

/// <summary>The APIs of apis.json, each used in a small product as that file describes it: what asks for a trait and what
/// returns one is found, and APIs without one stay clean.</summary>
public sealed partial class VisionApisTests
{
    [Fact]
    public void A_reply_that_carries_the_trait_is_found()
    {
        var missed = new List<string>();
        foreach (var api in Apis())
        {
            if (Shape(api) is not ("named-object" or "sibling-cluster" or "value-set" or "model-id"))
                continue;
            foreach (var place in Texts(api, "returnedAt"))
            {
                if (ReplyAt(place, Labels(api)) is { } reply && !IsFound(("reply.json", reply)))
                    missed.Add($"{Id(api)}: {reply}");
            }
        }

        Assert.Empty(missed);
    }

    [Fact]
    public void A_request_that_asks_for_the_trait_is_found()
    {
        var asked = 0;
        var missed = new List<string>();
        foreach (var api in Apis())
        {
            if (Shape(api) == "none")
                continue;
            foreach (var way in Texts(api, "requestedBy"))
            {
                if (RequestBy(way) is not { } request)
                    continue;
                asked++;
                if (!IsFound(("ask.py", request)))
                    missed.Add($"{Id(api)}: {request}");
            }
        }

        Assert.Empty(missed);
        Assert.InRange(asked, 5, int.MaxValue);
    }

    [Fact]
    public void Every_key_that_must_not_leave_a_service_is_found_among_attributes_of_a_face()
    {
        var missed = new List<string>();
        foreach (var key in Texts(Document().GetProperty("rules"), "keyNames_default"))
        {
            if (key.EndsWith("(policy)", StringComparison.Ordinal))
                continue; // the owner of a product decides
            var reply = $"{{\"faces\": [{{\"age\": 31, \"gender\": \"f\", \"glasses\": 0, \"{key}\": \"x\"}}]}}";
            if (!IsFound(("reply.json", reply)))
                missed.Add(key);
        }

        Assert.Empty(missed);
    }

    [Fact]
    public void An_API_without_the_trait_stays_clean()
    {
        var noisy = new List<string>();
        foreach (var api in Apis())
        {
            if (Shape(api) != "none")
                continue;
            foreach (var place in Texts(api, "returnedAt"))
            {
                if (ReplyAt(place, []) is not { } reply)
                    continue;
                var report = Product.Scan(Product.FaceService, ("reply.json", reply));
                if (report.Findings.Count > 0)
                    noisy.Add($"{Id(api)}: {Product.Describe(report)}");
            }
        }

        Assert.Empty(noisy);
    }

    private static bool IsFound((string, string) file) =>
        Product.Scan(TraitScope.Sensitive, Product.FaceService, file).Findings
            .Any(finding => finding.Path == file.Item1 && finding.Level != Level.Note && finding.Trait is not ("age" or "gender"));

    // `faces[].attributes.{asian,black}`: objects inside each other; [] is a list of them. Where the members are a label
    // and its score, there is one object for each label. What carries the trait stands beside an age, as in all of them.
    private static string? ReplyAt(string place, List<string> labels)
    {
        var found = Place().Match(place);
        if (!found.Success)
            return null;
        var members = found.Groups["members"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(member => member.Trim('\'')).Where(member => member is not ("..." or "name" or "label" or "value" or "score")).ToList();
        string inner;
        if (members.Count > 0)
            inner = $"{{{string.Join(", ", members.Select(member => $"\"{member}\": 0.1"))}}}";
        else if (found.Groups["members"].Success && labels.Count > 0)
            inner = $"[{string.Join(", ", labels.Select(label => $"{{\"name\": \"{label}\", \"value\": 0.1}}"))}]";
        else
            inner = "\"x\"";
        var others = "\"age\": 31, \"gender\": \"f\", ";
        foreach (var name in found.Groups["path"].Value.Split('.', StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            var isList = name.EndsWith("[]", StringComparison.Ordinal) && !inner.StartsWith('[');
            inner = $"{{{others}\"{name.Replace("[]", "", StringComparison.Ordinal)}\": {(isList ? $"[{inner}]" : inner)}}}";
            others = "";
        }

        return inner.StartsWith('{') || inner.StartsWith('[') ? inner : null;
    }

    // `face_field = comma list containing 'race'`, `actions: ... (["age","race"])`, or an address with the model's id.
    private static string? RequestBy(string way)
    {
        if (Parameter().Match(way) is { Success: true } parameter)
            return $"requests.post(url, data={{'{parameter.Groups["name"]}': 'age,{parameter.Groups["value"]}'}})";
        if (Actions().Match(way) is { Success: true } actions)
            return $"requests.post(url, json={{'{actions.Groups["name"]}': {actions.Groups["list"]}}})";
        return Address().Match(way) is { Success: true } address ? $"requests.post(host + '{address.Value}', data=image)" : null;
    }

    // Values that are shown, and those that a remark quotes.
    private static List<string> Labels(JsonElement api)
    {
        var values = Texts(api, "exampleValues");
        var quoted = values.SelectMany(value => Quoted().Matches(value).Select(match => match.Groups[1].Value)).ToList();
        return quoted.Count > 0 ? quoted : [.. values.Where(value => char.IsLetter(value[0]))];
    }

    private static List<JsonElement> Apis() => [.. Document().GetProperty("apis").EnumerateArray()];

    private static JsonElement Document()
    {
        var path = Path.Join(Repository.Shared, "apis", "apis.json");
        Assert.SkipUnless(File.Exists(path), "the facts on vision APIs (../shared/apis/apis.json) are not here");
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    }

    private static string Id(JsonElement api) => api.GetProperty("id").GetString()!;

    private static string Shape(JsonElement api) => api.GetProperty("shapeClass").GetString()!;

    private static List<string> Texts(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];

    [GeneratedRegex(@"^(?<path>(?:[A-Za-z_]\w*(?:\[\])?\.?)*)\[?(?:\{(?<members>[^}]*)\})?(?![\w:*])")]
    private static partial Regex Place();

    [GeneratedRegex(@"^(?<name>\w+) = .*'(?<value>\w+)'")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^(?<name>\w+): .*(?<list>\[""[^\]]*\])")]
    private static partial Regex Actions();

    [GeneratedRegex(@"/\S*models/[\w/-]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"'([\w ]+)'")]
    private static partial Regex Quoted();
}
