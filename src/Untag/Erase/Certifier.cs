using System.Security.Cryptography;
using Untag.Audit;
using Untag.Audit.Aggregates;
using Untag.Audit.Embeddings;
using Untag.Audit.Judging;
using Untag.Audit.Tables;

namespace Untag.Erase;

/// <summary>Certifies that probes do not find a trait behind a map.</summary>
/// <remarks>Three sets of people that share nobody: a map is fitted on half of them; of the other half three quarters are there to fit a
/// probe, and it is measured on the last. Probed are the embeddings as they are finally consumed. A probe on people who were in the fit
/// would do worse than chance there, and certify anything.</remarks>
public static class Certifier
{
    private static readonly string[] Probes = ["linear", "non-linear"];

    /// <summary>Certifies a map.</summary>
    /// <param name="mapFile">The file of the map.</param>
    /// <param name="request">The people; what only a fit asks for is passed over.</param>
    /// <param name="form">What becomes of embeddings behind the map.</param>
    /// <param name="tolerances">What is tolerated.</param>
    /// <param name="others">True when the table names nobody of the fit: a statement that is written into the certificate.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="AuditInputException">The map or the data cannot be used.</exception>
    public static ErasureCertificate Certify(
        TableSource mapFile, EraseRequest request, ConsumedForm form, Tolerances tolerances, bool others, CancellationToken cancellation)
    {
        var map = MapFile.Read(mapFile);
        if (map.Note.FittedOn == MapNote.Everybody && !others)
        {
            throw new AuditInputException(
                "the map was fitted on everybody: nobody is left to certify it on",
                "fit it without --everybody, or say --other-people when the table names none of them");
        }

        var asked = request with { Keep = null };
        var sums = Auditor.Sums(asked.AsAudit, asked.Labels, cancellation);
        CheckGroups(map.Note, sums);
        bool IsMeasured(ulong person) => others || !LabelledRows.IsFitted(person);
        var before = Judged(asked, sums, tolerances, new MeasuredRows(IsMeasured, _ => { }), cancellation);
        var behind = Judged(asked, sums, tolerances, new MeasuredRows(IsMeasured, rows =>
        {
            map.CheckFits(rows, request.Embedding.Name);
            map.Eraser.Apply(rows);
            form.Apply(rows);
        }), cancellation);
        return new ErasureCertificate
        {
            Map = new CertifiedMap(DigestOf(mapFile), map.Note.Method, map.Note.Dimensions, map.Note.Directions),
            EmbeddingSha256 = DigestOf(request.Embedding),
            Consumed = form.Steps,
            People = others
                ? "it was stated that the table names nobody on whom the map was fitted; this was not verified"
                : "the map was fitted on half of the people by a hash of their name, a probe on three quarters of the others, and measured on the rest",
            Tolerance = new CertifiedTolerance(tolerances.LeakAuc, tolerances.Confidence),
            Groups = [.. map.Note.Groups.Select(group => new CertifiedGroup(
                group.Group, group.People, Disclosure.Rounded(ErasureLaw.AreaMost(map.Note.Dimensions, group.People))!.Value,
                ErasureLaw.PeopleNeeded(map.Note.Dimensions, tolerances.LeakAuc)))],
            Probes = [.. Areas(behind).Zip(Areas(before), (line, earlier) => (line, earlier)).Select((pair, i) => new CertifiedProbe(
                Probes[i], pair.line.Group, pair.earlier.Estimate, pair.line.Estimate, pair.line.Low, pair.line.High, Verdicts.Name(pair.line.Verdict!.Value)))],
            Verdict = Verdicts.Name(behind.Verdict!.Value),
            PeopleNeeded = behind.Settles.Select(line => line.PeopleNeeded * 2).FirstOrDefault(), // half are left out of the fit
            NotPromised = ErasureCertificate.NothingSaid,
        };
    }

    private static IdentifyJudge Judged(
        EraseRequest request, AuditSums sums, Tolerances tolerances, MeasuredRows measured, CancellationToken cancellation) =>
        new IdentifyJudge(
            sums, tolerances, mixing: null, lots: null, [.. new EmbeddingAudit(request.AsAudit, request.Embedding, request.Labels, sums, measured, cancellation).Measures()]).Judge();

    private static IEnumerable<IdentifyLine> Areas(IdentifyJudge judge) => judge.Lines.Where(line => line.Measure == "auc");

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
