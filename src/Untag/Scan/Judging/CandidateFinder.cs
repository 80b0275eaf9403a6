using Untag.Policy;
using Untag.Scan.Matching;
using Untag.Scan.Reading;

namespace Untag.Scan.Judging;

/// <summary>Finds the places of one file that may be tags, and gives every reason that the file itself holds.</summary>
internal sealed class CandidateFinder(TagPolicy policy, TraitScope scope)
{
    private readonly Vocabulary vocabulary = new(policy, scope);

    /// <summary>The candidates of one file, in the order of the file.</summary>
    public List<Candidate> Find(string path, IReadOnlyList<PassageTerms> passages, FileFacts facts)
    {
        var candidates = new List<Candidate>();
        foreach (var passage in passages)
        {
            var around = new Surroundings(vocabulary, path, passage, facts);
            PassageCandidates.Find(around, candidates);
            VendorCandidates.Find(around, candidates);
            HeadCandidates.FindSlices(vocabulary, path, passage, facts, candidates);
        }

        return candidates;
    }

    /// <summary>The candidate that the outputs of a model are, if they have the sizes of a known tag; null otherwise.</summary>
    /// <param name="path">Path of the model.</param>
    /// <param name="heads">Its outputs.</param>
    /// <param name="words">The words of contexts in a text: an output called after another attribute is that.</param>
    public Candidate? FindHeads(string path, IReadOnlyList<OutputHead> heads, ContextWords words) =>
        HeadCandidates.Find(vocabulary, path, heads, words);

    /// <summary>The candidate that a model's file name is, if it names a trait; null otherwise.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="hits">The terms in its name.</param>
    public Candidate? FindInName(string path, IReadOnlyList<TermHit> hits)
    {
        foreach (var hit in hits)
        {
            if (hit.Term.Sense.IsName() && vocabulary.Traits.ContainsKey(hit.Term.Owner))
                return OfFileName(path, hit.Term);
            if (hit.Term.Sense == Sense.Identifier && policy.Identifiers[hit.Term.Owner] is { } known
                && WireNames.Kind(known.Kind) == FindingKind.ModelOutput && vocabulary.Traits.ContainsKey(known.Trait))
                return OfKnownFile(path, known);
        }

        return null;
    }

    private static Candidate OfFileName(string path, Term term)
    {
        var candidate = OfFile(path, Shape.FileName, term.Owner);
        candidate.Add(term.Sense == Sense.NameAmbiguous ? "name-ambiguous" : "name-exact", term.Text);
        candidate.Add("file-name", NameOf(path));
        return candidate;
    }

    private static Candidate OfKnownFile(string path, KnownIdentifier known)
    {
        var candidate = OfFile(path, Shape.Identifier, known.Trait);
        candidate.Add("known-identifier", known.Says);
        return candidate;
    }

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static Candidate OfFile(string path, Shape shape, string trait) =>
        new()
        {
            Shape = shape,
            Trait = trait,
            Kind = FindingKind.ModelOutput,
            Class = VendorFolders.Contain(path) ? FindingClass.VendorCapability : FindingClass.ProductTag,
            Path = path,
            Line = 0,
            Column = 0,
            Inner = "file name",
            Match = MetTerm.Shorten(NameOf(path)),
            Surroundings = "",
        };
}
