namespace Untag.Scan.Reading.Resources;

/// <summary>Reads translations in formats that also serve everything else: JSON, YAML, .properties, TOML. Their folder or
/// their name tells.</summary>
internal sealed class Translations : IReader
{
    private static readonly string[] Folders =
        ["_locales", "i18n", "l10n", "lang", "langs", "languages", "locale", "locales", "nls", "translations"];

    private static readonly string[] Stems = ["i18n", "l10n", "messages", "strings", "translation", "translations"];

    private static readonly JsonReader Json = new();
    private static readonly YamlReader Yaml = new();

    // The words of a string catalog of Xcode; the keys between them are the string and its language.
    private static readonly string[] Catalog = ["strings", "localizations", "stringUnit", "variations", "value"];

    public string Name => "translations in JSON, YAML and .properties (i18next, Rails, ARB, .xcstrings)";

    public string Reads => "keys and texts in every language, each with the path of its keys";

    /// <summary>True for a path that says that the file holds translations.</summary>
    public static bool Contain(string path)
    {
        var parts = path.Split('/');
        for (var i = 0; i < parts.Length - 1; i++)
        {
            if (Folders.Contains(parts[i], StringComparer.OrdinalIgnoreCase))
                return true;
        }

        var stem = System.IO.Path.GetFileNameWithoutExtension(path);
        var end = stem.IndexOfAny(['_', '-', '.']);
        return Stems.Contains(end < 0 ? stem : stem[..end], StringComparer.OrdinalIgnoreCase)
            || (path.EndsWith(".properties", StringComparison.OrdinalIgnoreCase) && EndsWithLanguage(stem));
    }

    public bool Recognises(string path, string text) =>
        IsCatalog(path) || IsBundle(path)
        || (Contain(path) && (Json.Recognises(path, text) || Yaml.Recognises(path, text)
            || System.IO.Path.GetExtension(path).ToLowerInvariant() is ".properties" or ".toml" or ".ini"));

    public ReadResult Read(string path, string text)
    {
        var isCatalog = IsCatalog(path);
        var read = isCatalog || IsBundle(path) || Json.Recognises(path, text) ? JsonReader.Read(text)
            : Yaml.Recognises(path, text) ? Yaml.Read(path, text)
            : KeyValueReader.ReadLines(text, "translations");
        var passages = new List<Passage>(read.Passages.Count);
        foreach (var passage in read.Passages)
            passages.Add(ResourceKeys.Name(passage with { Kind = PassageKind.Interface }, isCatalog ? Catalog : []));
        return read with { Passages = passages };
    }

    private static bool IsCatalog(string path) => path.EndsWith(".xcstrings", StringComparison.OrdinalIgnoreCase);

    private static bool IsBundle(string path) => path.EndsWith(".arb", StringComparison.OrdinalIgnoreCase);

    // `FacePanel_zh` and `FacePanel_zh_CN`.
    private static bool EndsWithLanguage(string stem)
    {
        var parts = stem.Split('_');
        return parts.Length > 1
            && (IsLanguage(parts[^1]) || (parts.Length > 2 && parts[^1].Length == 2 && IsLanguage(parts[^2])));
    }

    private static bool IsLanguage(string part) =>
        part.Length == 2 && char.IsAsciiLetterLower(part[0]) && char.IsAsciiLetterLower(part[1]);
}
