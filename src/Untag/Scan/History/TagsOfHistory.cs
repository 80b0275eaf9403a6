using Untag.Scan.Judging;

namespace Untag.Scan.History;

/// <summary>Follows every tag through the history: which commit added it, and which took it away.</summary>
/// <remarks>A tag is the same as long as its line stands in the same file, whatever the file is called and wherever in it
/// the line stands. The same line twice in a file is one tag.</remarks>
internal sealed class TagsOfHistory
{
    private const int HashDigitsMin = 7;

    private readonly HistoryContent content;
    private readonly Judge judge;
    private readonly Dictionary<Tag, Life> lives = [];
    private readonly Dictionary<int, HashSet<Tag>> tags = [];
    private readonly int hashDigits;

    private TagsOfHistory(HistoryContent content, Judge judge)
    {
        this.content = content;
        this.judge = judge;
        hashDigits = HashDigits(content.Commits);
    }

    /// <summary>The tags that the history holds and the present product does not.</summary>
    /// <param name="content">What was read.</param>
    /// <param name="range">Which part of the history it is: a tag from before that part is none of its findings.</param>
    /// <param name="judge">Knows the product and its history.</param>
    /// <param name="present">What the product holds today, and is reported without the history.</param>
    /// <returns>Findings in no particular order.</returns>
    public static List<Finding> Find(
        HistoryContent content, HistoryRange range, Judge judge, IEnumerable<FileResult> present)
    {
        var history = new TagsOfHistory(content, judge);
        foreach (var step in content.Steps)
            history.Follow(step);
        foreach (var result in present)
        {
            foreach (var candidate in result.Candidates)
                history.lives.Remove(history.TagOf(candidate));
        }

        var findings = new List<Finding>();
        foreach (var life in history.lives.Values)
        {
            if (life.Finding is { } finding && (range is HistoryRange.All || !life.IsOlder))
                findings.Add(finding with { Added = history.NameOf(life.Added), Removed = history.NameOf(life.Removed) });
        }

        return findings;
    }

    private void Follow(Step step)
    {
        var before = TagsOf(step.Old);
        var after = TagsOf(step.New);
        foreach (var tag in after)
        {
            var life = lives[tag];
            if (before.Contains(tag))
            {
                life.IsOlder |= life.Added is null;
                continue;
            }

            if (!life.IsOlder)
                life.Added ??= step.Commit;
            life.Removed = null;
        }

        foreach (var tag in before)
        {
            if (after.Contains(tag))
                continue;
            var life = lives[tag];
            life.IsOlder |= life.Added is null;
            life.Removed = step.Commit;
        }
    }

    private HashSet<Tag> TagsOf(int version)
    {
        if (version < 0 || !content.Results.TryGetValue(version, out var result))
            return [];
        if (tags.TryGetValue(version, out var known))
            return known;
        var met = new HashSet<Tag>();
        foreach (var candidate in result.All.SelectMany(part => part.Candidates))
        {
            var tag = TagOf(candidate);
            if (!met.Add(tag))
                continue;
            if (!lives.TryGetValue(tag, out var life))
                lives[tag] = life = new Life();
            // Of all versions the gravest speaks, and of these the newest.
            if (judge.Decide([candidate]) is [var finding] && (life.Finding is null || finding.Level >= life.Finding.Level))
                life.Finding = finding;
        }

        return tags[version] = met;
    }

    private Tag TagOf(Candidate candidate)
    {
        var inside = candidate.Path.IndexOf("!/", StringComparison.Ordinal);
        var file = inside < 0 ? candidate.Path : candidate.Path[..inside];
        return new Tag(
            content.Lineages.Of(file), inside < 0 ? "" : candidate.Path[inside..], candidate.Shape, candidate.Trait,
            candidate.Inner, candidate.Surroundings);
    }

    private CommitName? NameOf(int? commit) =>
        commit is { } index and >= 0
            ? new CommitName(content.Commits[index].Id.Text(hashDigits), content.Commits[index].Date)
            : null;

    private static int HashDigits(IReadOnlyList<Commit> commits)
    {
        var sorted = commits.Select(commit => commit.Id.Text(40)).Order(StringComparer.Ordinal).ToList();
        var digits = HashDigitsMin;
        for (var i = 1; i < sorted.Count; i++)
            digits = Math.Max(digits, 1 + sorted[i - 1].AsSpan().CommonPrefixLength(sorted[i]));
        return Math.Min(digits, 40);
    }

    /// <summary>What makes a tag the same in two versions of a file.</summary>
    private readonly record struct Tag(
        int Lineage, string Inside, Shape Shape, string Trait, string? Inner, string Surroundings);

    private sealed class Life
    {
        /// <summary>The finding; null as long as no version's place was judged to be a tag.</summary>
        public Finding? Finding { get; set; }

        public int? Added { get; set; }

        public int? Removed { get; set; }

        /// <summary>True when it stood there before the part of the history that was read.</summary>
        public bool IsOlder { get; set; }
    }
}
