using Untag.Policy;
using Untag.Scan.Reading;

namespace Untag.Scan.Judging;

/// <summary>Finds the names of traits, the sets of labels and the known identifiers of one passage.</summary>
internal static class PassageCandidates
{
    private const double ClearCoverage = 0.6;

    /// <summary>Appends the candidates of a passage, in its order.</summary>
    public static void Find(Surroundings around, List<Candidate> candidates)
    {
        foreach (var set in around.Sets)
            AddSet(around, set, candidates);
        foreach (var row in around.Terms.Tags.GroupBy(met => met.Row))
        {
            var tags = row.ToList();
            AddNames(around, tags, candidates);
            AddIdentifier(around, tags, candidates);
            TargetCandidates.Find(around, tags, candidates);
        }
    }

    // One candidate a trait and row: the surest name of it, in code rather than in a remark.
    private static void AddNames(Surroundings around, List<MetTerm> row, List<Candidate> candidates)
    {
        foreach (var ofTrait in row.Where(met => met.Term.Sense.IsName()).GroupBy(met => met.Term.Owner))
        {
            if (around.Vocabulary.Traits.ContainsKey(ofTrait.Key))
                AddName(around, Surest(around, ofTrait), candidates);
        }
    }

    private static MetTerm Surest(Surroundings around, IEnumerable<MetTerm> names) =>
        names.OrderBy(met => met.Term.Sense switch { Sense.NameExact => 0, Sense.NameSoftened => 1, _ => 2 })
            .ThenBy(met => met.IsRemark)
            .ThenByDescending(met => around.Terms.InToken("inference", met).Count)
            .First();

    private static void AddName(Surroundings around, MetTerm met, List<Candidate> candidates)
    {
        var candidate = around.Start(
            Shape.Name, met, met.Term.Owner, KindChooser.OfName(around.Terms, met, around.Path), met.Spelling);
        candidate.Add(
            met.Term.Sense switch
            {
                Sense.NameExact => "name-exact",
                Sense.NameSoftened => "name-softened",
                _ => "name-ambiguous",
            },
            met.Spelling);
        AddInference(around, met, candidate);
        AddWhose(around, met, candidate);
        AddRequestList(around, met, candidate);
        around.AddFaceAttributes(candidate, met.Row, met.Row, met.Token.Group);
        if (met.Term.Sense == Sense.NameAmbiguous && !met.IsRemark && !around.Terms.IsProse
            && around.Terms.InGroup("face-attribute", met.Token.Group) is { Count: 1 } attribute)
            candidate.Add("face-attribute-together", attribute);
        around.AddGroups(candidate, met);
        around.AddReasons(candidate, met, met.Row, met.Row, Opposition.Names);
        if (candidate.Class == FindingClass.NonBiometric)
        {
            candidate.Add(
                "personal-name-near",
                around.Terms.Near("personal-name", met.Row - Surroundings.NearRows, met.Row + Surroundings.NearRows));
        }

        candidates.Add(candidate);
    }

    // `race_pred` says by its name that a model computes it; `race = model(x)` by what stands beside it.
    private static void AddInference(Surroundings around, MetTerm met, Candidate candidate)
    {
        if (around.Terms.IsProse)
        {
            if (met.Term.Sense != Sense.NameAmbiguous && around.Terms.Near("telling", met.Row, met.Row, met) is { Count: > 0 } verbs)
                candidate.Add("telling-near", verbs);
            return;
        }

        candidate.TellsOfInference = TellsOfInference(around, met, candidate);
        if (!met.IsRemark && around.Terms.InToken("inference", met).Count > 0)
        {
            candidate.Add("inference-in-name", met.Whole);
            if (around.Terms.InToken("prediction", met).Count > 0)
                candidate.Add("prediction-in-name", met.Whole);
        }
        else if (around.Terms.Near("inference", met.Row, met.Row, met) is { Count: > 0 } words)
        {
            candidate.Add("inference-near", words);
        }
    }

    // `face_race`, `face.race`, `face["race"]` say whose it is; a network has no other use for the word.
    private static void AddWhose(Surroundings around, MetTerm met, Candidate candidate)
    {
        if (around.Terms.Passage.Kind == PassageKind.Model && !met.IsRemark)
            candidate.Add("named-in-model", met.Whole);
        else if (met.Term.Sense == Sense.NameAmbiguous && !around.Terms.IsProse && !met.IsRemark
            && around.Terms.InNameOrJustBefore("face", met) is { } face)
            candidate.Add("face-in-name", face);
    }

    // 'age,gender,race'; where the line says that it asks, two attributes are a list too.
    private static void AddRequestList(Surroundings around, MetTerm met, Candidate candidate)
    {
        if (met.Token.Kind is not (TokenKind.Literal or TokenKind.Value) || met.IsInSentence)
            return;
        var attributes = around.Terms.InToken("face-attribute", met);
        if (attributes.Count >= 2 || (attributes.Count == 1 && around.Terms.Near("request", met.Row, met.Row, met).Count > 0))
            candidate.Add("request-list", attributes);
    }

    // In `dominant_race` the term itself says it; in a text that may be about anything, such as the name of a package,
    // something beside the term must. A file that measures speaks of predictions by race: there `race_pred` must be one
    // name.
    private static bool TellsOfInference(Surroundings around, MetTerm met, Candidate candidate)
    {
        var saysIt = met.Token.Kind switch
        {
            TokenKind.Identifier or TokenKind.Key => around.Terms.IsSaidInToken("prediction", met),
            TokenKind.Literal => !met.IsRemark && around.Terms.InToken("prediction", met).Count > 0,
            _ => false,
        };
        return saysIt
            && (candidate.Class != FindingClass.FairnessUse || around.Terms.IsOneNameWith("prediction", met))
            && (met.Term.Sense != Sense.NameAmbiguous || around.Sets.Any(set => set.DistinctExact > 0));
    }

    private static void AddSet(Surroundings around, GroupSet set, List<Candidate> candidates)
    {
        var name = around.NameNear(set);
        // Black, white and yellow are colours unless the trait is named beside them.
        if (set.DistinctExact == 0 && (set.Distinct < 3 || name is null))
            return;
        var trait = around.Vocabulary.Traits[set.Trait];
        var inProse = around.Terms.IsProse || set.First.IsInSentence;
        var inComment = set.Members.All(met => met.Token.Kind == TokenKind.Comment);
        var candidate = around.Start(
            Shape.Set, set.First, set.Trait, KindChooser.OfSet(around.Terms, set.First, around.Path), set.Shown);
        candidate.IsRemark = inComment && !set.IsClear;
        candidate.TellsOfProduct = set.IsClear && set.Coverage >= ClearCoverage && !inProse && !inComment
            && around.OtherMeanings(set.Trait, set.FirstRow, set.LastRow, Opposition.Groups).Count == 0;
        if (set.IsOfficialList(trait))
            candidate.Class = FindingClass.DocumentStated;
        candidate.Add(
            set.IsClear ? "group-set" : set.DistinctExact > 0 ? "group-pair" : "group-set-ambiguous", set.Shown);
        if (set.IsNothingElse && !inProse)
            candidate.Add("every-label-a-group", set.Shown);
        if (set.Known(trait) is { } known)
            candidate.Add("known-value-set", known.Source);
        if (set.IsPartOfLabels && !inProse)
            candidate.Add("member-of-longer-label", set.First.Whole);
        if (around.Terms.Passage.Language == SampleFiles.AnnotationsLanguage)
            candidate.Add("beside-pictures", set.Shown);
        if (name is { } near)
            candidate.Add("name-near", near.Spelling);
        around.AddFaceAttributes(candidate, set.FirstRow, set.LastRow, set.First.Token.Group);
        around.AddReasons(candidate, set.First, set.FirstRow, set.LastRow, Opposition.Groups);
        candidates.Add(candidate);
    }

    private static void AddIdentifier(Surroundings around, List<MetTerm> row, List<Candidate> candidates)
    {
        foreach (var met in row)
        {
            if (met.Term.Sense != Sense.Identifier)
                continue;
            var known = around.Vocabulary.Policy.Identifiers[met.Term.Owner];
            if (!around.Vocabulary.Traits.ContainsKey(known.Trait))
                continue;
            var kind = around.Terms.IsProse ? FindingKind.Docs : WireNames.Kind(known.Kind);
            var candidate = around.Start(Shape.Identifier, met, known.Trait, kind, met.Spelling);
            candidate.Add(kind == FindingKind.Dataset ? "known-data-set" : "known-identifier", known.Says);
            around.AddReasons(candidate, met, met.Row, met.Row, Opposition.None);
            candidates.Add(candidate);
            return;
        }
    }
}
