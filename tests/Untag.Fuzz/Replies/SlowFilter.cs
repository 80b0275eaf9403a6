using System.Text.Json;
using System.Text.Json.Nodes;

namespace Untag.Fuzz.Replies;

/// <summary>What a reply must become, worked out on the whole document, one rule after the other.</summary>
/// <remarks>It says what docs/formats/guard-replies.md says and nothing of how the guard does it.</remarks>
internal static class SlowFilter
{
    private const string Box = "face_rectangle"; // its numbers belong to no labels
    private const int TextsMax = 3;

    /// <summary>A reply without its tags.</summary>
    public static JsonNode? Filter(JsonNode? reply) => Filter(reply, texts: 0);

    private static JsonNode? Filter(JsonNode? reply, int texts)
    {
        if (reply is JsonValue && TextOf(reply) is { } text)
            return Has(text, Means.SureGroup) ? null : FilterText(text, texts);
        var says = Judge(reply, of: 0, texts, isInList: false);
        if (reply is JsonObject root && (says.IsOfTrait || IsSure(says.Label)))
            root.Clear();
        return reply;
    }

    private static Says Judge(JsonNode? value, Means of, int texts, bool isInList) => value switch
    {
        JsonObject fields => JudgeFields(fields, of, texts),
        JsonArray list => JudgeList(list, of, texts, isInList),
        _ => new Says(IsOfTrait: false, TextOf(value)),
    };

    private static Says JudgeFields(JsonObject fields, Means of, int texts)
    {
        var names = fields.Select(field => field.Key).ToList();
        var isOfTrait = false;
        var traits = names.Select(name => TextOf(fields[name])).OfType<string>().Where(text => Has(text, Means.Trait)).ToList();
        // A word that was read, or the name of a language, can be `race`.
        var isThing = (of & Means.Thing) != 0 && traits.Count == 1 && Has(traits[0], Means.Ambiguous);
        string? label = null;
        var lost = names.Where(name => !Has(name, Means.Trait))
            .Select(name => LabelsLostIn(fields[name], of | (KnownMeanings.Of(name) & (Means.Food | Means.Thing)), isInList: false)).OfType<int>().ToList();
        var numbers = lost.SelectMany(count => NumbersIn(fields, count, intoObjects: true)).ToList();
        var found = names.Where(name => lost.Count > 0 && Has(name, Means.Found) && fields[name]?.GetValueKind() == JsonValueKind.Number).ToList();
        foreach (var name in names)
        {
            var value = fields[name];
            if (Has(name, Means.Trait))
            {
                fields.Remove(name);
            }
            else if (TextOf(value) is { } text)
            {
                isOfTrait |= Has(text, Means.SureTrait) || (Has(name, Means.Key) && Has(text, Means.Trait));
                label = Has(name, Means.Label) && !IsJson(text) ? Stronger(label, text) : label;
                if (!Has(name, Means.Label | Means.Food) && Has(text, Means.SureGroup) && of == 0)
                    fields.Remove(name);
                else
                    fields[name] = FilterText(text, texts);
            }
            else if (value is JsonObject or JsonArray)
            {
                var says = Judge(value, of | (KnownMeanings.Of(name) & (Means.Food | Means.Thing)), texts, isInList: false);
                if (value is JsonObject && (says.IsOfTrait || (IsSure(says.Label) && of == 0 && !Has(name, Means.Food))))
                    fields.Remove(name);
            }
        }

        if (AreTag(names, of))
        {
            foreach (var name in names.Where(name => GoesWith(name, names)))
                fields.Remove(name);
        }

        foreach (var name in found)
            fields.Remove(name);
        Remove(numbers);
        return new Says(isOfTrait && !isThing, label);
    }

    private static Says JudgeList(JsonArray list, Means of, int texts, bool isInList)
    {
        var labelled = isInList ? LabelledIn(list) : null;
        var numbers = list.Select(value => LabelsLostIn(value, of, isInList: true)).OfType<int>()
            .SelectMany(count => NumbersIn(list, count, intoObjects: false)).ToList();
        var answers = of != 0 ? [] : list.OfType<JsonObject>().SelectMany(fields => fields)
            .Where(field => !Has(field.Key, Means.Label | Means.Food) && TextOf(field.Value) is { } text && Has(text, Means.SureGroup))
            .Select(field => field.Key).ToHashSet(StringComparer.Ordinal);
        var isPair = list.Count is > 1 and <= 4 && TextOf(list[0]) is { } first && Has(first, Means.Trait);
        var labels = new List<string?>();
        var goes = new List<bool>();
        for (var i = 0; i < list.Count; i++)
        {
            var says = Judge(list[i], of, texts, isInList: true);
            labels.Add(says.Label);
            goes.Add(says.IsOfTrait);
            if (TextOf(list[i]) is { } text)
                list[i] = FilterText(text, texts);
        }

        var known = labels.OfType<string>().ToList();
        var areTag = labelled is null && AreTag(known, of);
        for (var i = list.Count - 1; i >= 0; i--)
        {
            if (goes[i] || (areTag && labels[i] is { } label && GoesWith(label, known)))
                list.RemoveAt(i);
        }

        Remove(numbers);
        foreach (var fields in list.OfType<JsonObject>())
        {
            foreach (var name in answers.Where(name => TextOf(fields[name]) is { } text && Has(text, Means.Group)))
                fields.Remove(name);
        }

        return new Says(isPair, labelled);
    }

    // The one text of a list in a list, beside a number.
    private static string? LabelledIn(JsonArray list) =>
        list.Count is > 1 and <= 4 && !list.Any(value => value is JsonObject or JsonArray) && list.Count(value => TextOf(value) is not null) == 1
            ? TextOf(list.First(value => TextOf(value) is not null))
            : null;

    // How many labels a list had that loses some, or the first of its lists that does; null when none does.
    private static int? LabelsLostIn(JsonNode? value, Means of, bool isInList)
    {
        if (value is not JsonArray list)
            return null;
        return list.Select(inner => LabelsLostIn(inner, of, isInList: true)).FirstOrDefault(count => count is not null)
            ?? (!(isInList && LabelledIn(list) is not null) && LosesTexts(list, of) ? list.Count : null);
    }

    private static IEnumerable<JsonArray> NumbersIn(JsonNode container, int count, bool intoObjects)
    {
        foreach (var value in container is JsonObject fields
            ? fields.Where(field => field.Key != Box || field.Value is not JsonArray).Select(field => field.Value)
            : container.AsArray())
        {
            if (value is JsonArray { Count: > 0 } list && list.Count == count && list[0]?.GetValueKind() == JsonValueKind.Number)
                yield return list;
            else if (value is JsonArray || (intoObjects && value is JsonObject))
            {
                foreach (var inner in NumbersIn(value, count, intoObjects: false))
                    yield return inner;
            }
        }
    }

    private static void Remove(List<JsonArray> lists)
    {
        foreach (var list in lists)
        {
            if (list.Parent is JsonArray outer)
                outer.Remove(list);
            else if (list.Parent is JsonObject fields)
                fields.Remove(list.GetPropertyName());
        }
    }

    // Labels, and not objects with labels, are taken from it.
    private static bool LosesTexts(JsonArray list, Means of)
    {
        var labels = list.Select(LabelOf).OfType<string>().ToList();
        return AreTag(labels, of) && list.Any(value => TextOf(value) is { } text && GoesWith(text, labels));
    }

    private static string? LabelOf(JsonNode? value)
    {
        if (value is JsonArray list)
            return LabelledIn(list);
        if (value is not JsonObject fields)
            return TextOf(value);
        string? label = null;
        foreach (var field in fields.Where(field => Has(field.Key, Means.Label) && TextOf(field.Value) is { } text && !IsJson(text)))
            label = Stronger(label, TextOf(field.Value)!);
        return label;
    }

    private static JsonValue? FilterText(string text, int texts)
    {
        if (!IsJson(text))
            return JsonValue.Create(text);
        if (texts == TextsMax)
            throw new InvalidOperationException("random replies are not nested so deep");
        var before = JsonNode.Parse(text);
        var after = Filter(before?.DeepClone(), texts + 1);
        return JsonValue.Create(JsonNode.DeepEquals(before, after) ? text : after!.ToJsonString());
    }

    // What holds JSON is no label.
    private static bool IsJson(string text) => text.TrimStart(' ', '\t', '\r', '\n') is ['{' or '[', ..];

    private static bool AreTag(IReadOnlyList<string> words, Means of) =>
        words.Any(word => Has(word, Means.SureGroup))
        && (Groups(words) > 1 || (of == 0 && !words.Any(word => Has(word, Means.Food))))
        && ((of & Means.Thing) == 0 || words.Any(word => word is "black" or "white"));

    private static bool GoesWith(string word, IReadOnlyList<string> words) =>
        Has(word, Means.Group) || (Groups(words) > 1 && Has(word, Means.Rest));

    private static int Groups(IReadOnlyList<string> words) =>
        words.Where(word => Has(word, Means.Group)).Select(KnownMeanings.GroupOf).Distinct().Count();

    private static string Stronger(string? known, string word) => known is null || Rank(word) > Rank(known) ? word : known;

    private static int Rank(string word) =>
        Has(word, Means.SureGroup) ? 3 : Has(word, Means.Group) ? 2 : Has(word, Means.Rest) ? 1 : 0;

    private static bool IsSure(string? label) => label is not null && Has(label, Means.SureGroup);

    private static bool Has(string word, Means means) => (KnownMeanings.Of(word) & means) != 0;

    private static string? TextOf(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>What an object or a list says of itself.</summary>
    private readonly record struct Says(bool IsOfTrait, string? Label);
}
