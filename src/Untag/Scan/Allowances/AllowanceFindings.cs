using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Untag.Scan.Allowances;

/// <summary>Writes the findings that are about allowances.</summary>
internal sealed class AllowanceFindings
{
    private const int ShownCharactersMax = 80;

    private readonly Dictionary<string, int> seenBefore = new(StringComparer.Ordinal);

    public Finding Broken(string path, InlineAllowance comment) => Of(
        AllowanceRules.NotInForce, Level.Error, path, comment, comment.Comment.Problems);

    public Finding Expired(string path, InlineAllowance comment) => Of(
        AllowanceRules.NotInForce, Level.Error, path, comment, [ExpiredOn(comment.Comment.Until!.Value)]);

    public Finding Unused(string path, InlineAllowance comment, IReadOnlyList<string> rules) => Of(
        AllowanceRules.Unused, Level.Note, path, comment,
        [$"no finding of {string.Join(", ", rules)} on line {comment.Target}: take it away, or move it to the line of the finding"]);

    public Finding Expired(Allowance allowance) => Of(
        AllowanceRules.NotInForce, Level.Error, allowance, ExpiredOn(allowance.Until));

    public Finding Unused(Allowance allowance) => Of(
        AllowanceRules.Unused, Level.Note, allowance,
        $"no finding of {allowance.Rule} in `{allowance.Path}`: take the entry away, or mend its path");

    private static string ExpiredOn(DateOnly until) => string.Create(
        CultureInfo.InvariantCulture,
        $"it expired on {until:yyyy-MM-dd}: remove the tag, or decide again and set a new end");

    private Finding Of(
        string rule, Level level, string path, InlineAllowance comment, IReadOnlyList<string> reasons) => new()
        {
            Rule = rule,
            Level = level,
            Trait = AllowanceRules.NoTrait,
            Kind = FindingKind.Allowance,
            Class = FindingClass.Allowance,
            Path = path,
            Line = comment.Line,
            Column = comment.Column,
            Inner = comment.Inner,
            Match = Shorten(comment.Text),
            Why = [.. reasons.Select(reason => new Reason(reason, 0))],
            Confidence = 1,
            Fingerprint = FingerprintOf(rule, path, comment.Inner, comment.Text),
        };

    private Finding Of(string rule, Level level, Allowance allowance, string reason) => new()
    {
        Rule = rule,
        Level = level,
        Trait = AllowanceRules.NoTrait,
        Kind = FindingKind.Allowance,
        Class = FindingClass.Allowance,
        Path = allowance.WrittenIn,
        Line = allowance.WrittenOn,
        Match = Shorten($"allow {allowance.Rule} in {allowance.Path}"),
        Why = [new Reason(reason, 0)],
        Confidence = 1,
        Fingerprint = FingerprintOf(rule, allowance.WrittenIn, null, $"{allowance.Rule}\n{allowance.Path}"),
    };

    // The same allowance twice in one file is two findings: they are told apart by their order.
    private string FingerprintOf(string rule, string path, string? inner, string text)
    {
        var identity = $"{rule}\n{path}\n{inner}\n{text}";
        var nth = seenBefore[identity] = seenBefore.GetValueOrDefault(identity) + 1;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{identity}\n{nth}")))[..32];
    }

    private static string Shorten(string text) =>
        text.Length <= ShownCharactersMax ? text : text[..(ShownCharactersMax - 1)] + "…";
}
