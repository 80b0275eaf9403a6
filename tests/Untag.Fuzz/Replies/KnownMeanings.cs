namespace Untag.Fuzz.Replies;

/// <summary>What a word of a random reply means.</summary>
[Flags]
internal enum Means
{
    Nothing = 0,
    Trait = 1,
    Group = 2,
    SureGroup = 4,
    Rest = 8,
    Key = 16,
    Label = 32,
    SureTrait = 64,
    Food = 128,
    Found = 256,
    Thing = 512,
    Ambiguous = 1024,
}

/// <summary>The words of random replies with their meaning, written down by hand: what judges the guard must not ask the
/// guard.</summary>
internal static class KnownMeanings
{
    private static readonly Dictionary<string, (Means Means, string Group)> Words = new(StringComparer.Ordinal)
    {
        ["race"] = (Means.Trait | Means.Ambiguous, ""),
        ["ethnicity"] = (Means.Trait | Means.SureTrait, ""),
        ["dominant_race"] = (Means.Trait | Means.SureTrait, ""),
        ["emRace"] = (Means.Trait | Means.Ambiguous, ""),
        ["r_a_c_e"] = (Means.Trait | Means.Ambiguous, ""),
        ["Ethnic Group"] = (Means.Trait | Means.SureTrait, ""),
        ["faceethnicityscore"] = (Means.Trait, ""),
        ["种族"] = (Means.Trait | Means.SureTrait, ""),
        ["rаcе"] = (Means.Trait | Means.Ambiguous, ""), // two letters are Cyrillic
        ["ｒａｃｅ"] = (Means.Trait | Means.Ambiguous, ""),
        ["asian"] = (Means.Group | Means.SureGroup, "asian"),
        ["Southeast Asian"] = (Means.Group | Means.SureGroup, "southeast-asian"),
        ["uyghur"] = (Means.Group | Means.SureGroup, "uyghur"),
        ["is_asian"] = (Means.Group | Means.SureGroup, "asian"),
        ["黑人"] = (Means.Group | Means.SureGroup, "black"),
        ["black"] = (Means.Group, "black"),
        ["white"] = (Means.Group, "white"),
        ["other"] = (Means.Rest, ""),
        ["unknown"] = (Means.Rest, ""),
        ["name"] = (Means.Key | Means.Label, ""),
        ["type"] = (Means.Key | Means.Label, ""),
        ["label"] = (Means.Key | Means.Label, ""),
        ["vocab_id"] = (Means.Key, ""),
        ["attribute"] = (Means.Key, ""),
        ["description"] = (Means.Label, ""),
        ["cuisine"] = (Means.Food | Means.Thing, ""),
        ["asian cuisine"] = (Means.Food, ""),
        ["a"] = (Means.Key, ""),
        ["prediction"] = (Means.Found, ""),
        ["score"] = (Means.Found, ""),
    };

    /// <summary>Words that mean nothing here, some of which hold a word that does.</summary>
    public static IReadOnlyList<string> Plain { get; } =
    [
        "faces", "attributes", "value", "age", "gender", "trace", "embrace", "brace_id", "smile", "face_rectangle", "",
        "hair color", "眼镜", "höhe", "male", "black hair", "race car driver suit", "x\ty", "q\"uote", "back\\slash",
    ];

    /// <summary>All words.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Words.Keys, .. Plain];

    public static Means Of(string word) => Words.GetValueOrDefault(word).Means;

    public static string GroupOf(string word) => Words[word].Group;
}
