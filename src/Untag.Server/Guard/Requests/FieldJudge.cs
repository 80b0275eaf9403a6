namespace Untag.Server.Guard.Requests;

/// <summary>Judges the fields of a request, one by one, wherever they stand.</summary>
/// <param name="terms">What words mean.</param>
/// <param name="replyWords">What a reply must not tell.</param>
/// <param name="namesLists">True when the request makes or changes a gallery, a list or a rule: then a name can be that of one.</param>
internal sealed class FieldJudge(AskingTerms terms, ReplyWords replyWords, bool namesLists)
{
    private const int OpaqueMin = 256;

    private static readonly char[] ListSeparators = [',', ';', '|', '&', '=', ' ', '\t', '\r', '\n', '(', ')', '[', ']', '{', '}', '"', '\'', '+', '<', '>', ':'];

    private static readonly string[] Yes = ["1", "true", "yes", "on", "y", "t"];

    private static readonly string[] No = ["0", "false", "no", "off", "n", "f", "none", "null", "", "{}", "[]"];

    private static readonly string[] Naming = ["name", "title", "label", "description", "display_name", "id"];

    private static readonly string[] Lists =
    [
        "gallery", "galleries", "list", "lists", "watchlist", "watchlists", "blacklist", "whitelist", "group", "groups", "rule", "rules", "alert",
        "alerts", "collection", "collections", "faceset", "facesets", "library", "libraries", "alarm", "alarms", "persongroups",
        "facelists", "dossier-lists", "disposition", "dispositions", "subscribe", "subscribes", "subscription", "subscriptions",
    ];

    /// <summary>True when a word names something that people are put into.</summary>
    public static bool IsList(string segment) =>
        Lists.Contains(segment, StringComparer.OrdinalIgnoreCase) || AskingTerms.Words(segment).Exists(word => Lists.Contains(word, StringComparer.Ordinal));

    /// <summary>True when a word is nothing else.</summary>
    public static bool IsListAlone(string segment) => Lists.Contains(segment, StringComparer.OrdinalIgnoreCase);

    /// <summary>True for a long run of letters and digits, such as a picture in base64: nothing is asked in it.</summary>
    public static bool IsOpaque(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("data:") && text.IndexOf(',') is > 0 and < 100 and var comma)
            text = text[(comma + 1)..];
        if (text.Length < OpaqueMin)
            return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '/' or '=' or '-' or '_' or '\r' or '\n'))
                return false;
        }

        return true;
    }

    /// <summary>Judges a field.</summary>
    /// <param name="place">Where it stands, such as <c>the query</c>.</param>
    /// <param name="name">Its name; empty for none.</param>
    /// <param name="value">Its value as a text.</param>
    /// <returns>What it asks for; null when nothing.</returns>
    public Asked? Judge(string place, string name, string value)
    {
        if (IsOpaque(value))
            return null;
        var rule = Rule(name, value);
        if (rule is null && value.Contains('%', StringComparison.Ordinal)) // escaped twice
            rule = Rule(name, Uri.UnescapeDataString(value));
        return rule is not null ? Asked.ForTrait(rule, place, name) : null;
    }

    /// <summary>Judges the name of a field that has no value of its own, such as one that holds an object.</summary>
    public Asked? JudgeName(string place, string name) =>
        NamesTrait(name) ? Asked.ForTrait(AskedRules.Asks, place, name) : null;

    private string? Rule(string name, string value)
    {
        if (NamesTrait(name) && !No.Contains(value.Trim(), StringComparer.OrdinalIgnoreCase))
        {
            return Yes.Contains(value.Trim(), StringComparer.OrdinalIgnoreCase) ? AskedRules.Asks
                : terms.MayNameGroup(value) ? AskedRules.Query
                : AskedRules.Field;
        }

        if (terms.IsPrompt(value))
            return AskedRules.Prompt;
        if (terms.NameTrait(value))
            return terms.IsIdentifier(value) ? AskedRules.Identifier : AskedRules.Asks;
        if (AsksInList(name, value))
            return AskedRules.Asks;
        if (NamesList(name) && (terms.NameGroup(value) || replyWords.NamesGroup(value)))
            return AskedRules.List;
        return WiderRule(name, value);
    }

    // By what the words of replies say.
    private string? WiderRule(string name, string value)
    {
        if (replyWords.Tells(value))
            return AskedRules.Query;
        if (terms.IsList(name) && (replyWords.IsTraitField(name) || replyWords.ComputesTrait(value)) && !No.Contains(value.Trim(), StringComparer.OrdinalIgnoreCase))
            return AskedRules.Asks;
        return replyWords.PicksGroup(name, value) ? AskedRules.Query : null;
    }

    // `filter[race]` and `attributes.race` are names with a name in them.
    private bool NamesTrait(string name) =>
        name.Length > 0
        && (terms.NameTrait(name) || name.Split(['[', ']', '.', ':', '/', ' '], StringSplitOptions.RemoveEmptyEntries).Any(terms.IsName));

    // Parsers are tolerant: brackets, quotes and blanks are taken away before a list is divided.
    private bool AsksInList(string name, string value)
    {
        var isList = terms.IsList(name) || IsQuery(value);
        var isBesideAttribute = false; // `age, gender, race`
        foreach (var item in value.Split(ListSeparators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (terms.AsksVendor(name, item) || ((isList || isBesideAttribute) && terms.IsName(item)))
                return true;
            isBesideAttribute = replyWords.IsFaceAttribute(item);
        }

        return false;
    }

    // The language of GraphQL; in JSON, names are quoted.
    private static bool IsQuery(string value) =>
        value.Contains('{', StringComparison.Ordinal) && !value.AsSpan().TrimStart("{[ \t\r\n").StartsWith("\"");

    private bool NamesList(string name) => IsList(name) || (namesLists && Naming.Contains(name, StringComparer.OrdinalIgnoreCase));
}
