using System.Buffers;
using System.Globalization;
using Untag.Policy;

namespace Untag.Scan.Allowances;

/// <summary>What a comment says that accepts findings: <c>untag:allow UT0101 until=2027-06-30 reason="…"</c>.</summary>
/// <param name="Rules">Codes of the rules, as written.</param>
/// <param name="Until">Last day on which it holds; null when it states none, or none that exists.</param>
/// <param name="Reason">Why; null when it does not say.</param>
/// <param name="Approver">Who accepted it; null when it does not say.</param>
/// <param name="Problems">What is wrong with it, each with what to write instead; empty when nothing is.</param>
internal sealed record AllowComment(
    IReadOnlyList<string> Rules, DateOnly? Until, string? Reason, string? Approver, IReadOnlyList<string> Problems)
{
    private const string Example = "`untag:allow UT0101 until=2027-06-30 reason=\"…\"`";
    private static readonly string[] Fields = ["until", "reason", "by"];

    private static readonly SearchValues<char> Word =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Reads what follows the mark.</summary>
    /// <param name="text">The rest of the comment.</param>
    /// <param name="policy">Knows the rules.</param>
    public static AllowComment Read(ReadOnlySpan<char> text, TagPolicy policy)
    {
        var problems = new List<string>();
        var rest = text.Trim();
        var rules = ReadRules(ref rest, policy, problems);
        var values = ReadFields(rest, problems);
        return new AllowComment(
            rules, ReadUntil(values, problems), ReadReason(values, problems), values.GetValueOrDefault("by"), problems);
    }

    private static List<string> ReadRules(ref ReadOnlySpan<char> rest, TagPolicy policy, List<string> problems)
    {
        var rules = new List<string>();
        while (true)
        {
            var length = rest.IndexOfAnyExcept(Word);
            var rule = length < 0 ? rest : rest[..length];
            if (rule.IsEmpty || (length > 0 && rest[length] == '='))
                break;
            rules.Add(rule.ToString());
            rest = rest[rule.Length..].TrimStart();
            if (!rest.StartsWith(","))
                break;
            rest = rest[1..].TrimStart();
        }

        if (rules.Count == 0)
            problems.Add($"it names no rule: write {Example}");
        foreach (var rule in rules)
            CheckRule(rule, policy, problems);
        return rules;
    }

    private static void CheckRule(string rule, TagPolicy policy, List<string> problems)
    {
        if (AllowanceRules.IsAboutAllowances(rule))
            problems.Add($"{rule} is about allowances and cannot be accepted: mend the allowance instead");
        else if (!policy.Rules.Any(known => known.Code == rule))
            problems.Add($"there is no rule `{rule}`: {Spelling.Hint(rule, [.. policy.Rules.Select(known => known.Code)])}");
    }

    private static Dictionary<string, string> ReadFields(ReadOnlySpan<char> rest, List<string> problems)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        while (!IsEnd(rest))
        {
            var cut = rest.IndexOfAny('=', ' ');
            if (cut <= 0 || rest[cut] != '=')
            {
                var word = cut < 0 ? rest : rest[..Math.Max(1, cut)];
                problems.Add($"`{word}` is not understood: put the reason into quotes, as in {Example}");
                break;
            }

            var key = rest[..cut].ToString();
            rest = rest[(cut + 1)..];
            if (ReadValue(ref rest) is not { } value)
                problems.Add($"the quotes of `{key}` are not closed: write the allowance on one line, as in {Example}");
            else if (!Fields.Contains(key))
                problems.Add($"`{key}` is not understood: {Spelling.Hint(key, Fields)}");
            else if (!values.TryAdd(key, value))
                problems.Add($"`{key}` stands there twice: keep one of the two");
            rest = rest.TrimStart();
        }

        return values;
    }

    // What closes a comment in some syntaxes, such as --> or */, says nothing.
    private static bool IsEnd(ReadOnlySpan<char> rest)
    {
        foreach (var c in rest)
        {
            if (char.IsLetterOrDigit(c))
                return false;
        }

        return true;
    }

    // The value, or null when its quotes do not end; what is read is taken off the rest.
    private static string? ReadValue(ref ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty || rest[0] is not ('"' or '\''))
        {
            var blank = rest.IndexOf(' ');
            var word = blank < 0 ? rest : rest[..blank];
            rest = rest[word.Length..];
            return word.ToString();
        }

        var quote = rest[0];
        var end = rest[1..].IndexOf(quote);
        if (end < 0)
        {
            rest = [];
            return null;
        }

        var value = rest.Slice(1, end).Trim().ToString();
        rest = rest[(end + 2)..];
        return value;
    }

    private static DateOnly? ReadUntil(Dictionary<string, string> values, List<string> problems)
    {
        if (!values.TryGetValue("until", out var text))
        {
            problems.Add("it has no `until`: say until when the finding is accepted, such as `until=2027-06-30`");
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var until))
            return until;
        problems.Add($"`until={text}` is not a day of the calendar: write year, month and day, such as `until=2027-06-30`");
        return null;
    }

    private static string? ReadReason(Dictionary<string, string> values, List<string> problems)
    {
        if (values.GetValueOrDefault("reason") is { Length: > 0 } reason)
            return reason;
        problems.Add("it has no `reason`: say why the finding is accepted, such as `reason=\"bias measurement on consented test data\"`");
        return null;
    }
}
