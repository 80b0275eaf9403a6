using System.Security.Cryptography;
using Untag.Audit;
using Untag.Audit.Aggregates;
using Untag.Audit.Embeddings;
using Untag.Audit.Judging;
using Untag.Audit.Measures;
using Untag.Audit.Statistics;
using Untag.Audit.Tables;

namespace Untag.Erase;

/// <summary>Certifies that probes do not find a trait behind a map.</summary>
/// <remarks>Three sets of people that share nobody: a map is fitted on half of them; of the other half three quarters are there to fit a
/// probe, and it is measured on the last. Probed are the embeddings as they are finally consumed. A probe on people who were in the fit
/// would do worse than chance there, and certify anything.</remarks>
public static class Certifier
{
    private static readonly string[] Probes = ["linear", "non-linear", "network"];

    private static readonly double[] FalseMatches = [0.1, 0.01, 0.001];

    /// <summary>Certifies a map, or what a model gives that it was folded into.</summary>
    /// <exception cref="AuditInputException">The map or the data cannot be used.</exception>
    public static ErasureCertificate Certify(CertifyRequest request, CancellationToken cancellation)
    {
        var map = MapFile.Read(request.Map);
        if (map.Note.FittedOn == MapNote.Everybody && !request.OtherPeople)
        {
            throw new AuditInputException(
                "the map was fitted on everybody: nobody is left to certify it on",
                "fit it without --everybody, or say --other-people when the table names none of them");
        }

        var asked = request.People with { Keep = null };
        var sums = Auditor.Sums(asked.AsAudit, asked.Labels, cancellation);
        CheckGroups(map.Note, sums);
        bool IsMeasured(ulong person) => request.OtherPeople || !LabelledRows.IsFitted(person);
        var plain = new MeasuredRows(IsMeasured, rows => map.CheckFits(rows, asked.Embedding.Name));
        var consumed = new MeasuredRows(IsMeasured, rows =>
        {
            map.CheckFits(rows, asked.Embedding.Name);
            if (request.ErasedBy == ErasedBy.Map)
                map.Eraser.Apply(rows);
            request.Form.Apply(rows);
        });
        var behind = Judged(asked, sums, request.Tolerances, consumed, cancellation);
        // What a model would give without the map is not known.
        var before = request.ErasedBy == ErasedBy.Model ? null : Judged(asked, sums, request.Tolerances, plain, cancellation);
        var areasBefore = before is null ? [] : Areas(before).ToList();
        return new ErasureCertificate
        {
            Map = new CertifiedMap(DigestOf(request.Map), map.Note.Method, map.Note.Dimensions, map.Note.Directions),
            EmbeddingSha256 = DigestOf(asked.Embedding),
            ErasedBy = request.ErasedBy == ErasedBy.Map ? ErasureCertificate.ByMap : ErasureCertificate.ByModel,
            Consumed = request.Form.Steps,
            People = request.OtherPeople
                ? "it was stated that the table names nobody on whom the map was fitted; this was not verified"
                : "the map was fitted on half of the people by a hash of their name, a probe on three quarters of the others, and measured on the rest",
            Tolerance = new CertifiedTolerance(request.Tolerances.LeakAuc, request.Tolerances.Confidence),
            Groups = [.. map.Note.Groups.Select(group => new CertifiedGroup(
                group.Group, group.People, Disclosure.Rounded(ErasureLaw.AreaMost(map.Note.Dimensions, group.People))!.Value,
                ErasureLaw.PeopleNeeded(map.Note.Dimensions, request.Tolerances.LeakAuc)))],
            Probes = [.. Areas(behind).Select((line, i) => new CertifiedProbe(
                Probes[i], line.Group, i < areasBefore.Count ? areasBefore[i].Estimate : null, line.Estimate, line.Low, line.High,
                Verdicts.Name(line.Verdict!.Value)))],
            Task = request.People.Keep is { } task ? TaskOf(task, request, plain, consumed, cancellation) : null,
            Verification = asked.Person is null ? null : VerificationOf(asked, sums, request.ErasedBy, plain, consumed, cancellation),
            Verdict = Verdicts.Name(behind.Verdict!.Value),
            PeopleNeeded = behind.Settles.Select(line => line.PeopleNeeded * 2).FirstOrDefault(), // half are left out of the fit
            NotPromised = request.ErasedBy == ErasedBy.Map
                ? ErasureCertificate.NothingSaid
                : [.. ErasureCertificate.NothingSaid, ErasureCertificate.ModelNotSaid],
        };
    }

    private static IdentifyJudge Judged(
        EraseRequest request, AuditSums sums, Tolerances tolerances, MeasuredRows measured, CancellationToken cancellation) =>
        new IdentifyJudge(
            sums, tolerances, mixing: null, lots: null,
            [.. new EmbeddingAudit(request.AsAudit, request.Embedding, request.Labels, sums, measured, cancellation).Measures(ProbeKinds.WithNetwork)]).Judge();

    private static IEnumerable<IdentifyLine> Areas(IdentifyJudge judge) => judge.Lines.Where(line => line.Measure == "auc");

    // What telling people apart lost, at three rates of false matches; null when too few people have two rows.
    private static CertifiedVerification? VerificationOf(
        EraseRequest asked, AuditSums sums, ErasedBy by, MeasuredRows plain, MeasuredRows consumed, CancellationToken cancellation)
    {
        PairScores Pairs(MeasuredRows measured) => new EmbeddingAudit(asked.AsAudit, asked.Embedding, asked.Labels, sums, measured, cancellation).Pairs();
        var behind = Pairs(consumed);
        if (behind.People < Disclosure.PeopleMin)
            return null;
        var before = by == ErasedBy.Model ? null : Pairs(plain);
        return new CertifiedVerification(Disclosure.Rounded(behind.People), [.. FalseMatches.Select(rate => new CertifiedMisses(
            rate, Disclosure.Rounded(before?.Misses(rate)), Disclosure.Rounded(behind.Misses(rate))))]);
    }

    // What the task lost: how often a linear probe of its classes is right, without the map and behind it.
    private static CertifiedTask TaskOf(
        string task, CertifyRequest request, MeasuredRows plain, MeasuredRows consumed, CancellationToken cancellation)
    {
        var asked = request.People with { Group = task, Keep = null };
        var sums = Auditor.Sums(asked.AsAudit, asked.Labels, cancellation);
        Rate? Right(MeasuredRows measured) => new EmbeddingAudit(asked.AsAudit, asked.Embedding, asked.Labels, sums, measured, cancellation).Right();
        var before = request.ErasedBy == ErasedBy.Model ? null : Right(plain);
        var behind = Right(consumed);
        var interval = behind?.Interval(Normal.TwoSided(request.Tolerances.Confidence, 1));
        return new CertifiedTask(
            task, Disclosure.Rounded(before?.Estimate), Disclosure.Rounded(behind?.Estimate), Disclosure.Rounded(interval?.Low), Disclosure.Rounded(interval?.High));
    }

    // A group that the map does not know was not erased; one that is not there cannot be spoken of.
    private static void CheckGroups(MapNote note, AuditSums sums)
    {
        var fitted = note.Groups.Select(group => group.Group).Order(StringComparer.Ordinal);
        if (!fitted.SequenceEqual(sums.Groups.Select(group => group.Name)))
        {
            throw new AuditInputException(
                "the labels have other groups than the map was fitted on", $"the map knows {string.Join(", ", note.Groups.Select(group => group.Group))}");
        }
    }

    private static string DigestOf(TableSource source)
    {
        using var stream = TableFile.Open(source);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
