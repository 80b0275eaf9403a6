using Untag.Scan.Files;

namespace Untag.Scan.Allowances;

/// <summary>Turns findings that somebody accepts into notes, and reports every allowance that is not in force or that
/// accepted nothing. Both kinds of allowances, in comments and in the product file, are treated alike.</summary>
internal sealed class Accepter
{
    private readonly DateOnly today;
    private readonly List<(Allowance Allowance, Glob Path)> inForce = [];
    private readonly List<Allowance> expired = [];
    private readonly HashSet<Allowance> used = new(ReferenceEqualityComparer.Instance);

    public Accepter(IReadOnlyList<Allowance> allowances, DateOnly today)
    {
        this.today = today;
        foreach (var allowance in allowances)
        {
            if (allowance.Until < today)
                expired.Add(allowance);
            else
                inForce.Add((allowance, new Glob(allowance.Path)));
        }
    }

    /// <summary>The findings of one file, those that are accepted as notes, with findings about its allowances.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="findings">What was found in it.</param>
    /// <param name="comments">Its comments that accept findings.</param>
    public IEnumerable<Finding> Accept(
        string path, IReadOnlyList<Finding> findings, IReadOnlyList<InlineAllowance> comments)
    {
        var desk = new CommentDesk(path, comments, today);
        foreach (var finding in findings)
            yield return desk.Accept(finding) ?? AcceptByProductFile(finding) ?? finding;
        foreach (var about in desk.Reports())
            yield return about;
    }

    /// <summary>Findings about the allowances of the product file.</summary>
    /// <param name="read">Paths of all files that were read.</param>
    /// <param name="isWhole">True when the whole product was read: then an allowance for a file that is not there is
    /// superfluous.</param>
    public IEnumerable<Finding> Reports(IReadOnlySet<string> read, bool isWhole)
    {
        var reported = new AllowanceFindings();
        foreach (var allowance in expired)
            yield return reported.Expired(allowance);
        foreach (var (allowance, path) in inForce)
        {
            if (!used.Contains(allowance) && (isWhole || read.Any(one => path.Matches(one))))
                yield return reported.Unused(allowance);
        }
    }

    /// <summary>The finding as a note; null when no entry of the product file accepts it.</summary>
    public Finding? AcceptByProductFile(Finding finding)
    {
        foreach (var (allowance, path) in inForce)
        {
            if (allowance.Rule != finding.Rule || !path.Matches(finding.Path))
                continue;
            used.Add(allowance);
            return Accepted(finding, new Acceptance(
                allowance.Until, allowance.Reason, allowance.Approver, AllowancePlace.ProductFile,
                $"{allowance.WrittenIn}:{allowance.WrittenOn}"));
        }

        return null;
    }

    /// <summary>The finding as a note that says who accepts it. Its class stays.</summary>
    public static Finding Accepted(Finding finding, Acceptance acceptance) => finding with
    {
        Level = Level.Note,
        Accepted = acceptance,
        Why = [new Reason(acceptance.InWords, 0), .. finding.Why],
    };
}
