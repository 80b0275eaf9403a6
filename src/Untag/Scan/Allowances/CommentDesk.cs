namespace Untag.Scan.Allowances;

/// <summary>The comments of one file that accept findings, and what each of them accepted.</summary>
internal sealed class CommentDesk
{
    private readonly string path;
    private readonly IReadOnlyList<InlineAllowance> comments;
    private readonly DateOnly today;
    private readonly Dictionary<(string Rule, int Line, string? Inner), InlineAllowance> byPlace = [];
    private readonly HashSet<(InlineAllowance Comment, string Rule)> used = [];

    public CommentDesk(string path, IReadOnlyList<InlineAllowance> comments, DateOnly today)
    {
        this.path = path;
        this.comments = comments;
        this.today = today;
        foreach (var comment in comments)
        {
            if (comment.Comment.Problems.Count > 0 || comment.Comment.Until < today)
                continue;
            foreach (var rule in comment.Comment.Rules)
                byPlace.TryAdd((rule, comment.Target, comment.Inner), comment);
        }
    }

    /// <summary>The finding as a note; null when no comment accepts it.</summary>
    public Finding? Accept(Finding finding)
    {
        // A comment in a cell speaks of its cell, any other of its whole line, whatever sections stand on it.
        if (finding.Line is not { } line
            || !(byPlace.TryGetValue((finding.Rule, line, finding.Inner), out var found)
                || byPlace.TryGetValue((finding.Rule, line, null), out found)))
            return null;
        used.Add((found, finding.Rule));
        return Accepter.Accepted(finding, new Acceptance(
            found.Comment.Until!.Value, found.Comment.Reason!, found.Comment.Approver, AllowancePlace.Comment,
            $"{path}:{found.Line}"));
    }

    /// <summary>Findings about the comments themselves.</summary>
    public IEnumerable<Finding> Reports()
    {
        var reported = new AllowanceFindings();
        foreach (var comment in comments)
        {
            if (comment.Comment.Problems.Count > 0)
                yield return reported.Broken(path, comment);
            else if (comment.Comment.Until < today)
                yield return reported.Expired(path, comment);
            else if (comment.Comment.Rules.Where(rule => !used.Contains((comment, rule))).ToList() is { Count: > 0 } idle)
                yield return reported.Unused(path, comment, idle);
        }
    }
}
