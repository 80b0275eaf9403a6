namespace Untag.Server.Guard.Requests;

/// <summary>Judges the fields of a request, one by one, wherever they stand.</summary>
/// <param name="terms">What words mean.</param>
/// <param name="replyWords">What a reply must not tell.</param>
/// <param name="namesLists">True when the request makes or changes a gallery, a list or a rule: then a name can be that of one.</param>
internal sealed class FieldJudge(AskingTerms terms, ReplyWords replyWords, bool namesLists)
{
    private const int KnownItemsMax = 4096;

    private static readonly char[] ListSeparators = [',', ';', '|', '&', '=', ' ', '\t', '\r', '\n', '(', ')', '[', ']', '{', '}', '"', '\'', '+', '<', '>', ':'];

    // How services write that a field is on or off. It is the grammar of their parameters, as braces are that of JSON, and no knowledge about
    // traits: a policy that lacked one of these would not be stricter or milder, but wrong.
    private static readonly string[] Yes = ["1", "true", "yes", "on", "y", "t"];

    private static readonly string[] No = ["0", "false", "no", "off", "n", "f", "none", "null", "", "{}", "[]"];

    // Elements of a list have its name, one after the other.
    private FieldName last = FieldName.None;

    /// <summary>What the name of a field says.</summary>
    public FieldName ReadName(string name)
    {
        var known = last;
        return known.Text == name ? known : last = terms.ReadName(name);
    }

    /// <summary>Judges a field.</summary>
    /// <param name="place">Where it stands, such as <c>the query</c>.</param>
    /// <param name="name">Its name; empty for none.</param>
    /// <param name="value">Its value as a text.</param>
    /// <returns>What it asks for; null when nothing.</returns>
    public Asked? Judge(string place, string name, string value)
    {
        if (OpaqueText.Is(value))
            return JudgeName(place, name);
        var field = ReadName(name);
        var rule = Rule(field, value);
        if (rule is null && value.Contains('%', StringComparison.Ordinal)) // escaped twice
            rule = Rule(field, Uri.UnescapeDataString(value));
        return rule is not null ? Asked.ForTrait(rule, place, name) : null;
    }

    /// <summary>Judges the name of a field that has no value of its own, such as one that holds an object.</summary>
    public Asked? JudgeName(string place, string name) =>
        ReadName(name).NamesTrait ? Asked.ForTrait(AskedRules.Asks, place, name) : null;

    /// <summary>True for a field whose name can mean a contest or a breed, and whose value asks for nothing and names no group.</summary>
    public bool MayMeanOther(string name, string value) =>
        replyWords.IsAmbiguous(name) && (OpaqueText.Is(value) || AsksForNothing(value));

    /// <summary>True when what stands beside such a field speaks of a contest or of animals, and nothing of a person.</summary>
    public bool SayOther(IEnumerable<string> names, IEnumerable<string> values) => replyWords.SayOther(names, values);

    private bool AsksForNothing(string value) =>
        !Yes.Contains(value.Trim(), StringComparer.OrdinalIgnoreCase) && !terms.MayNameGroup(value)
        && Rule(FieldName.None, value) is null && Rule(FieldName.None, Uri.UnescapeDataString(value)) is null;

    private string? Rule(FieldName name, string value)
    {
        if (name.NamesTrait && !No.Contains(value.Trim(), StringComparer.OrdinalIgnoreCase))
        {
            return Yes.Contains(value.Trim(), StringComparer.OrdinalIgnoreCase) ? AskedRules.Asks
                : terms.MayNameGroup(value) ? AskedRules.Query
                : AskedRules.Field;
        }

        if (terms.IsPrompt(value, name.IsFree))
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
    private string? WiderRule(FieldName name, string value)
    {
        if (replyWords.Tells(value))
            return AskedRules.Query;
        if (name.Asks && (replyWords.IsTraitField(name.Text) || replyWords.ComputesTrait(value)) && !No.Contains(value.Trim(), StringComparer.OrdinalIgnoreCase))
            return AskedRules.Asks;
        return replyWords.PicksGroup(name.Text, value) ? AskedRules.Query : null;
    }

    // Parsers are tolerant: brackets, quotes and blanks are taken away before a list is divided.
    private bool AsksInList(FieldName name, string value)
    {
        var isList = name.Asks || IsQuery(value);
        var isBesideAttribute = false; // `age, gender, race`
        var others = new HashSet<string>(StringComparer.Ordinal); // items that are no names: a list may hold one a million times
        foreach (var item in value.Split(ListSeparators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (terms.AsksVendor(name.Text, item))
                return true;
            if ((isList || isBesideAttribute) && !IsPlainNumber(item) && !others.Contains(item))
            {
                if (terms.IsName(item))
                    return true;
                if (others.Count < KnownItemsMax)
                    others.Add(item);
            }

            isBesideAttribute = !name.IsFree && replyWords.IsFaceAttribute(item);
        }

        return false;
    }

    // Tables have millions of them.
    private static bool IsPlainNumber(string item) => item.All(c => char.IsAsciiDigit(c) || c is '.' or '-');

    // The language of GraphQL; in JSON, names are quoted.
    private static bool IsQuery(string value) =>
        value.Contains('{', StringComparison.Ordinal) && !value.AsSpan().TrimStart("{[ \t\r\n").StartsWith("\"");

    private bool NamesList(FieldName name) => name.IsList || (namesLists && name.IsNaming);
}
