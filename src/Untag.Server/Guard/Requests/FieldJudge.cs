namespace Untag.Server.Guard.Requests;

/// <summary>Judges the fields of a request, one by one, wherever they stand.</summary>
/// <param name="terms">What words mean.</param>
/// <param name="namesLists">True when the request makes or changes a gallery, a list or a rule: then a name can be that of one.</param>
internal sealed class FieldJudge(AskingTerms terms, bool namesLists)
{
    private const int OpaqueMin = 256;

    private static readonly char[] ListSeparators = [',', ';', '|', '&', '=', ' ', '\t', '\r', '\n', '(', ')', '[', ']', '{', '}', '"', '\''];

    // How services write that a field is on or off. It is the grammar of their parameters, as braces are that of JSON, and no knowledge about
    // traits: a policy that lacked one of these would not be stricter or milder, but wrong.
    private static readonly string[] Yes = ["1", "true", "yes", "on", "y", "t"];

    private static readonly string[] No = ["0", "false", "no", "off", "n", "f", "none", "null", "", "{}", "[]"];

    // Elements of a list have its name, one after the other.
    private FieldName last = FieldName.None;

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
        if (IsOpaque(value))
            return null;
        return Rule(ReadName(name), value) is { } rule ? Asked.ForTrait(rule, place, name) : null;
    }

    /// <summary>Judges the name of a field that has no value of its own, such as one that holds an object.</summary>
    public Asked? JudgeName(string place, string name) =>
        ReadName(name).NamesTrait ? Asked.ForTrait(AskedRules.Asks, place, name) : null;

    private string? Rule(FieldName name, string value)
    {
        if (name.NamesTrait && !No.Contains(value.Trim(), StringComparer.OrdinalIgnoreCase))
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
        return NamesList(name) && terms.NameGroup(value) ? AskedRules.List : null;
    }

    // Parsers are tolerant: brackets, quotes and blanks are taken away before a list is divided.
    private bool AsksInList(FieldName name, string value)
    {
        foreach (var item in value.Split(ListSeparators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (terms.AsksVendor(name.Text, item) || (name.Asks && terms.IsName(item)))
                return true;
        }

        return false;
    }

    private bool NamesList(FieldName name) => name.IsList || (namesLists && name.IsNaming);
}
