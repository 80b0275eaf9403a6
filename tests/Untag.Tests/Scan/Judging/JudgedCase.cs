using System.Globalization;
using System.Text;
using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Containers;
using Untag.Scan.Judging;
using Untag.Tests.Policy;

namespace Untag.Tests.Scan.Judging;

/// <summary>A product of a few files that was read once and can be judged by any policy with the same terms.</summary>
internal sealed class JudgedCase
{
    private static readonly Lexicon Lexicon = new(TagPolicy.Default, TraitScope.Forbidden);

    private readonly ProductContext product = new();
    private readonly List<FileResult> files = [];

    public JudgedCase(string title, params (string Path, string Text)[] texts)
    {
        Title = title;
        foreach (var (path, text) in texts.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text));
            var read = new FileScan(Lexicon, ScanLimits.Default).Read(path, bytes, new ExpansionBudget(ScanLimits.Default));
            read.AddTo(product, Lexicon.Prefilter);
            files.Add(read);
        }
    }

    public string Title { get; }

    /// <summary>The findings, a line each, with all that the judgement decides of a report: level, rule, class, place,
    /// match, confidence and the weights of the reasons.</summary>
    /// <param name="policy">Weights and rules to judge by.</param>
    public IReadOnlyList<string> Judge(TagPolicy policy)
    {
        var judge = new Judge(policy, product);
        // What stays below every threshold is listed too: why it is silent is as much of the judgement.
        var everything = new Judge(policy.With(rules: [.. policy.Rules.Select(rule => rule with { WarningFrom = -1000 })]), product);
        var lines = new List<string>();
        foreach (var file in files)
        {
            var reported = judge.Decide(file.Candidates);
            var known = reported.Select(finding => finding.Fingerprint).ToHashSet(StringComparer.Ordinal);
            lines.AddRange(reported.Select(finding => Line(finding, finding.Level.ToString().ToLowerInvariant())));
            lines.AddRange(everything.Decide(file.Candidates)
                .Where(finding => !known.Contains(finding.Fingerprint))
                .Select(finding => Line(finding, "silent")));
        }

        return lines;
    }

    private static string Line(Finding finding, string level)
    {
        var place = finding.Line is { } line ? $"{finding.Path}:{line}" : finding.Path;
        var points = string.Join(' ', finding.Why.Select(reason => reason.Weight.ToString("+0;-0;0", CultureInfo.InvariantCulture)));
        var confidence = level == "silent" ? "" : finding.Confidence.ToString("0.00 ", CultureInfo.InvariantCulture);
        return $"{level} {finding.Rule} {WireNames.Class(finding.Class)} {place} `{finding.Match}` {confidence}({points})";
    }
}
