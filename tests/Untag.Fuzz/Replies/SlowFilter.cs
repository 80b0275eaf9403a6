using System.Text.Json;
using System.Text.Json.Nodes;

namespace Untag.Fuzz.Replies;

/// <summary>What a reply must become, worked out on the whole document, one rule after the other.</summary>
/// <remarks>It says what docs/formats/guard-replies.md says and nothing of how the guard does it.</remarks>
internal static class SlowFilter
{
    private const int TextsMax = 3;

    /// <summary>A reply without its tags.</summary>
    public static JsonNode? Filter(JsonNode? reply) => Filter(reply, texts: 0);

    private static JsonNode? Filter(JsonNode? reply, int texts)
    {
        if (reply is JsonValue && TextOf(reply) is { } text)
            return Has(text, Means.SureGroup) ? null : FilterText(text, texts);
        var says = Judge(reply, isOfFood: false, texts);
        if (reply is JsonObject root && (says.IsOfTrait || IsSure(says.Label)))
            root.Clear();
        return reply;
    }

    private static Says Judge(JsonNode? value, bool isOfFood, int texts) => value switch
    {
        JsonObject fields => JudgeFields(fields, isOfFood, texts),
        JsonArray list => JudgeList(list, isOfFood, texts),
        _ => new Says(IsOfTrait: false, TextOf(value)),
    };

    private static Says JudgeFields(JsonObject fields, bool isOfFood, int texts)
    {
        var names = fields.Select(field => field.Key).ToList();
        var isOfTrait = false;
        string? label = null;
        var lengths = names.ToDictionary(name => name, name => fields[name] is JsonArray list ? list.Count : -1, StringComparer.Ordinal);
        var numbers = names.Where(name => fields[name] is JsonArray { Count: > 0 } list && list[0]?.GetValueKind() == JsonValueKind.Number).ToList();
        var takenLists = new List<int>();
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
                if (!Has(name, Means.Label | Means.Food) && Has(text, Means.SureGroup) && !isOfFood)
                    fields.Remove(name);
                else
                    fields[name] = FilterText(text, texts);
            }
            else if (value is JsonObject or JsonArray)
            {
                var wasTaken = value is JsonArray list && LosesTexts(list, isOfFood || Has(name, Means.Food));
                var says = Judge(value, isOfFood || Has(name, Means.Food), texts);
                if (value is JsonObject && (says.IsOfTrait || (IsSure(says.Label) && !isOfFood && !Has(name, Means.Food))))
                    fields.Remove(name);
                if (wasTaken)
                    takenLists.Add(lengths[name]);
            }
        }

        if (AreTag(names, isOfFood))
        {
            foreach (var name in names.Where(name => GoesWith(name, names)))
                fields.Remove(name);
        }

        foreach (var name in numbers.Where(name => takenLists.Contains(lengths[name])))
            fields.Remove(name);

        return new Says(isOfTrait, label);
    }

    private static Says JudgeList(JsonArray list, bool isOfFood, int texts)
    {
        var isPair = list.Count is > 1 and <= 4 && TextOf(list[0]) is { } first && Has(first, Means.Trait);
        var labels = new List<string?>();
        var goes = new List<bool>();
        for (var i = 0; i < list.Count; i++)
        {
            var says = Judge(list[i], isOfFood, texts);
            labels.Add(list[i] is JsonArray ? null : says.Label);
            goes.Add(says.IsOfTrait);
            if (TextOf(list[i]) is { } text)
                list[i] = FilterText(text, texts);
        }

        var known = labels.OfType<string>().ToList();
        var areTag = AreTag(known, isOfFood);
        for (var i = list.Count - 1; i >= 0; i--)
        {
            if (goes[i] || (areTag && labels[i] is { } label && GoesWith(label, known)))
                list.RemoveAt(i);
        }

        return new Says(isPair, Label: null);
    }

    // Labels, and not objects with labels, are taken from it.
    private static bool LosesTexts(JsonArray list, bool isOfFood)
    {
        var labels = list.Select(LabelOf).OfType<string>().ToList();
        return AreTag(labels, isOfFood) && list.Any(value => TextOf(value) is { } text && GoesWith(text, labels));
    }

    private static string? LabelOf(JsonNode? value)
    {
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

    private static bool AreTag(IReadOnlyList<string> words, bool isOfFood) =>
        words.Any(word => Has(word, Means.SureGroup))
        && (Groups(words) > 1 || !(isOfFood || words.Any(word => Has(word, Means.Food))));

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
