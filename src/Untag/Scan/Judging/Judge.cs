using System.Security.Cryptography;
using System.Text;
using Untag.Policy;

namespace Untag.Scan.Judging;

/// <summary>Weighs the reasons for and against each candidate, those of the product included, and gives the level.</summary>
internal sealed class Judge
{
    private const int NoteFrom = 2;

    private readonly TagPolicy policy;
    private readonly ProductContext product;
    private readonly Dictionary<string, Trait> traits;

    public Judge(TagPolicy policy, ProductContext product)
    {
        this.policy = policy;
        this.product = product;
        traits = policy.Traits.ToDictionary(trait => trait.Id, StringComparer.Ordinal);
    }

    /// <summary>The findings among the candidates of one file, in the order of line, column and rule.</summary>
    public List<Finding> Decide(IReadOnlyList<Candidate> candidates)
    {
        var decisions = new List<Decision>();
        foreach (var candidate in candidates)
        {
            var rule = RuleOf(candidate);
            var reasons = ReasonsOf(candidate);
            var points = reasons.Sum(reason => reason.Weight);
            if (LevelOf(candidate, rule, points) is { } level)
                decisions.Add(new Decision(candidate, rule, level, reasons, points));
        }

        var findings = new List<Finding>();
        var seenBefore = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var decision in ModelParts.Distinct(decisions))
            findings.Add(ToFinding(decision, seenBefore));
        findings.Sort(InReadingOrder);
        return findings;
    }

    private Rule RuleOf(Candidate candidate)
    {
        var shape = ShapeName(candidate.Shape);
        var kind = WireNames.Kind(candidate.Kind);
        foreach (var rule in policy.Rules)
        {
            if (rule.Shapes.Contains(shape) && rule.Kinds.Contains(kind))
                return rule;
        }

        throw new InvalidDataException($"the policy has no rule for a {shape} of kind {kind}");
    }

    private List<Reason> ReasonsOf(Candidate candidate)
    {
        var reasons = new List<Reason>();
        foreach (var seen in candidate.Seen)
            Add(seen.Evidence, seen.What);
        var knowsSet = candidate.Seen.Exists(seen => seen.Evidence.StartsWith("group-", StringComparison.Ordinal));
        var infers = product.InferencePlace(candidate.Trait);
        var isOfPersons = product.MayWorkOnPersons || infers is not null;
        if (!knowsSet && isOfPersons && product.TagPlace(candidate.Trait) is { } place)
            Add("product-has-tag", place);
        if (infers is not null)
            Add("product-infers-trait", infers);
        if (IsAmbiguousAlone(candidate))
            Add("ambiguous-alone", "");
        if (product.WorksOnPersons)
            Add("product-person-vision", string.Join(", ", product.Marks("person-vision").Take(4)));
        else if (product.MayWorkOnPersons && infers is null && NeedsPersons(candidate))
            Add("hint-of-persons", string.Join(", ", product.Marks("person-vision")));
        else if (infers is null && NeedsPersons(candidate))
            Add(
                !product.Computes ? "product-without-persons"
                : product.Sees ? "no-persons-but-pictures" : "no-persons-but-model",
                string.Join(", ", product.Marks(product.Sees ? "picture" : "machine-learning").Take(4)));
        reasons.Sort((a, b) => Math.Abs(b.Weight) != Math.Abs(a.Weight)
            ? Math.Abs(b.Weight).CompareTo(Math.Abs(a.Weight))
            : string.CompareOrdinal(a.Evidence, b.Evidence));
        return reasons;

        void Add(string evidence, string what)
        {
            var known = policy.Evidence[evidence];
            reasons.Add(new Reason(known.Says.Replace("{0}", what, StringComparison.Ordinal), known.Weight));
        }
    }

    // What a file or product is about does not say which meaning one word in it has; what stands near the word does.
    private bool IsAmbiguousAlone(Candidate candidate) =>
        candidate.Seen.Exists(seen => seen.Evidence == "name-ambiguous")
        && !candidate.Seen.Exists(seen => policy.Evidence[seen.Evidence].Weight > 0
            && seen.Evidence is not ("file-person-vision" or "vendor-in-file"))
        && product.TagPlace(candidate.Trait) is null;

    // An opaque id and a prompt speak of persons by themselves, a model by its name.
    private bool NeedsPersons(Candidate candidate) =>
        ClassOf(candidate) is not (FindingClass.NonBiometric or FindingClass.FairnessUse)
        && candidate.Shape is not (Shape.Identifier or Shape.Prompt)
        && !(candidate.Shape == Shape.Heads && candidate.Seen.Exists(seen => seen.Evidence == "file-person-vision"));

    private Level? LevelOf(Candidate candidate, Rule rule, int points)
    {
        var role = ClassOf(candidate);
        if (role == FindingClass.FairnessUse)
            return points >= NoteFrom ? Level.Note : null;
        if (points < rule.WarningFrom)
            return null;
        if (points < rule.ErrorFrom)
            return Level.Warning;
        var mayBeError = role is FindingClass.ProductTag or FindingClass.NonBiometric
            && traits[candidate.Trait].Status == TraitStatus.Forbidden
            && !candidate.IsRemark;
        return mayBeError ? Level.Error : Level.Warning;
    }

    private FindingClass ClassOf(Candidate candidate)
    {
        // A name that says that the trait is predicted measures nothing, whatever its file speaks of.
        if (candidate.Class == FindingClass.FairnessUse && candidate.TellsOfInference)
            return FindingClass.ProductTag;
        if (candidate.Class != FindingClass.ProductTag)
            return candidate.Class;
        if (product.MeasuresFairness(candidate))
            return FindingClass.FairnessUse;
        // A library that lies beside source code is somebody else's: what it can do is not yet what the product does.
        if (candidate.Kind == FindingKind.Binary && product.HasSource)
            return FindingClass.VendorCapability;
        return IsFromNames(candidate) ? FindingClass.NonBiometric : FindingClass.ProductTag;
    }

    // A product that computes from names needs no face to tell a trait.
    private bool IsFromNames(Candidate candidate) =>
        candidate.IsNearNames && product.WorksOnNames && !product.MayWorkOnPersons
        && candidate.Seen.Exists(seen => seen.Evidence is "inference-near" or "inference-in-name" or "group-set");

    private Finding ToFinding(Decision decision, Dictionary<string, int> seenBefore)
    {
        var (candidate, rule, level, reasons, points) = decision;
        var identity = $"{rule.Code}\n{candidate.Path}\n{candidate.Inner}\n{candidate.Surroundings}";
        // The same line twice in one file is two findings: they are told apart by their order.
        var nth = seenBefore[identity] = seenBefore.GetValueOrDefault(identity) + 1;
        return new Finding
        {
            Rule = rule.Code,
            Level = level,
            Trait = candidate.Trait,
            Kind = candidate.Kind,
            Class = ClassOf(candidate),
            Path = candidate.Path,
            Line = candidate.Line > 0 ? candidate.Line : null,
            Column = candidate.Line > 0 ? candidate.Column : null,
            Inner = candidate.Inner ?? (candidate.Line > 0 || candidate.Column == 0 ? null : $"byte {candidate.Column}"),
            Match = candidate.Match,
            Why = reasons,
            Confidence = ConfidenceOf(points, rule.WarningFrom),
            Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{identity}\n{nth}")))[..32],
        };
    }

    // A logistic curve over the points: one half at the threshold of a warning, two thirds a point above it.
    private static double ConfidenceOf(int points, int warningFrom) =>
        Math.Round(1 / (1 + Math.Exp(-0.7 * (points - warningFrom))), 2);

    private static int InReadingOrder(Finding a, Finding b)
    {
        var order = Nullable.Compare(a.Line, b.Line);
        if (order == 0)
            order = Nullable.Compare(a.Column, b.Column);
        if (order == 0)
            order = string.CompareOrdinal(a.Inner, b.Inner);
        if (order == 0)
            order = string.CompareOrdinal(a.Rule, b.Rule);
        return order != 0 ? order : string.CompareOrdinal(a.Fingerprint, b.Fingerprint);
    }

    private static string ShapeName(Shape shape) => shape switch
    {
        Shape.Name => "name",
        Shape.Set => "set",
        Shape.Identifier => "identifier",
        Shape.Prompt => "prompt",
        Shape.Watchlist => "watchlist",
        Shape.Selection => "selection",
        Shape.FileName => "file-name",
        Shape.Heads => "heads",
        Shape.Vendor => "vendor",
        _ => throw new ArgumentOutOfRangeException(nameof(shape)),
    };
}
