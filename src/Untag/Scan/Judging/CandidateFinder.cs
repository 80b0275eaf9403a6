using System.Text;
using Untag.Policy;
using Untag.Scan.Matching;
using Untag.Scan.Reading;

namespace Untag.Scan.Judging;

/// <summary>Finds the places of one file that may be tags and gives every reason that the file itself holds.</summary>
internal sealed class CandidateFinder
{
    private const int NearLines = 4;
    private const int SentenceWords = 7;
    private const int PromptCharactersMax = 200;
    private const int FairnessWordsMin = 3;

    private readonly TagPolicy policy;
    private readonly Dictionary<string, Trait> traits;
    private readonly List<Context> opposing;

    public CandidateFinder(TagPolicy policy, TraitScope scope)
    {
        this.policy = policy;
        traits = policy.Traits
            .Where(trait => trait.Status == TraitStatus.Forbidden || scope == TraitScope.Sensitive)
            .ToDictionary(trait => trait.Id, StringComparer.Ordinal);
        opposing = [.. policy.Contexts.Where(context => context.Opposes != Opposition.None)];
    }

    /// <summary>The candidates of one file, in the order of the file.</summary>
    public List<Candidate> Find(string path, IReadOnlyList<PassageTerms> passages, FileFacts facts)
    {
        var candidates = new List<Candidate>();
        foreach (var passage in passages)
            new InPassage(this, path, passage, facts, candidates).Find();
        return candidates;
    }

    /// <summary>The candidate that a model's file name is, if it names a trait; null otherwise.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="hits">The terms in its name.</param>
    public Candidate? FindInName(string path, IReadOnlyList<TermHit> hits)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        foreach (var hit in hits)
        {
            if (!IsName(hit.Term.Sense) || !traits.ContainsKey(hit.Term.Owner))
                continue;
            var candidate = new Candidate
            {
                Shape = Shape.FileName,
                Trait = hit.Term.Owner,
                Kind = FindingKind.ModelOutput,
                Class = VendorFolders.Contain(path) ? FindingClass.VendorCapability : FindingClass.ProductTag,
                Path = path,
                Line = 0,
                Column = 0,
                Inner = "file name",
                Match = Shorten(name),
                Surroundings = "",
            };
            candidate.Add(hit.Term.Sense == Sense.NameAmbiguous ? "name-ambiguous" : "name-exact", hit.Term.Text);
            candidate.Add("file-name", name);
            return candidate;
        }

        return null;
    }

    /// <summary>The work on one passage.</summary>
    private sealed class InPassage(
        CandidateFinder finder, string path, PassageTerms terms, FileFacts facts, List<Candidate> candidates)
    {
        private readonly List<GroupSet> sets =
            [.. GroupSet.FindAll(terms).Where(set => finder.traits.ContainsKey(set.Trait))];

        public void Find()
        {
            foreach (var set in sets)
                AddSet(set);
            foreach (var line in terms.Tags.GroupBy(met => met.Row))
                AddLine([.. line]);
        }

        private void AddLine(List<MetTerm> line)
        {
            AddNames(line);
            AddIdentifiers(line);
            foreach (var met in line)
            {
                if (met.Term.Group is null || !finder.traits.ContainsKey(met.Term.Owner))
                    continue;
                if (AddWatchlist(met) || AddSelection(met, line) || AddPrompt(met) || AddGroupScore(met))
                    break;
            }
        }

        private void AddNames(List<MetTerm> line)
        {
            foreach (var names in line.Where(met => IsName(met.Term.Sense) && finder.traits.ContainsKey(met.Term.Owner))
                         .GroupBy(met => met.Term.Owner))
                AddName(names.OrderBy(met => met.Term.Sense).ThenByDescending(met => Rank(met.Token.Kind)).First());
        }

        private void AddName(MetTerm met)
        {
            var candidate = Start(Shape.Name, met, met.Term.Owner, KindChooser.OfName(terms, met, path), met.Spelling);
            candidate.Add(
                met.Term.Sense switch
                {
                    Sense.NameExact => "name-exact",
                    Sense.NameSoftened => "name-softened",
                    _ => "name-ambiguous",
                },
                met.Spelling);

            var inToken = terms.InToken("inference", met);
            var isSentence = IsSentence(met.Token);
            if (inToken.Count > 0 && !isSentence && !terms.IsProse && met.Token.Kind != TokenKind.Comment)
            {
                candidate.Add("inference-in-name", Shorten(met.Token.Text.ToString()));
                candidate.TellsOfInference = candidate.Class != FindingClass.FairnessUse
                    && terms.InToken("prediction", met).Count > 0
                    && met.Token.Kind is TokenKind.Identifier or TokenKind.Key or TokenKind.Literal
                    && (met.Term.Sense != Sense.NameAmbiguous || sets.Exists(set => set.DistinctExact > 0));
            }
            else if (terms.Near("inference", met.Row, met.Row, met) is { Count: > 0 } inference && !terms.IsProse)
                candidate.Add("inference-near", inference);

            var attributesHere = terms.InToken("face-attribute", met);
            if (attributesHere.Count >= 2 && met.Token.Kind is TokenKind.Literal or TokenKind.Value && !isSentence)
                candidate.Add("request-list", attributesHere);
            AddAttributesNear(candidate, met.Row, met.Row, met.Token.Group);
            if (!AddSetNear(candidate, met) && GroupBeside(met) is { } group)
                candidate.Add("group-near", group.Spelling);
            AddSurroundings(candidate, met, met.Row, met.Row, Opposition.Names);
            if (candidate.Class == FindingClass.NonBiometric)
                candidate.Add("personal-name-near", terms.Near("personal-name", met.Row - NearLines, met.Row + NearLines));
            candidates.Add(candidate);
        }

        private void AddSet(GroupSet set)
        {
            var name = NameNear(set);
            // Black, white and yellow are colours unless the trait is named beside them.
            if (set.DistinctExact == 0 && (set.Distinct < 3 || name is null))
                return;
            var clear = set.DistinctExact > 0 && set.Distinct >= 3;
            var inComment = set.Members.All(met => met.Token.Kind == TokenKind.Comment);
            var opposed = Opposing(set.FirstRow, set.LastRow, Opposition.Groups);
            var inProse = terms.IsProse || IsSentence(set.First.Token);
            var candidate = Start(
                Shape.Set, set.First, set.Trait, KindChooser.OfSet(terms, set.First, path), set.Shown,
                clear && set.Coverage >= 0.6 && opposed.Count == 0 && !inProse && !inComment,
                isRemark: inComment && !clear,
                @class: set.IsOfficialList(finder.traits[set.Trait]) ? FindingClass.DocumentStated : null);
            candidate.Add(
                clear ? "group-set" : set.DistinctExact > 0 ? "group-pair" : "group-set-ambiguous", set.Shown);
            if (set.DistinctExact >= 3 && set.Coverage >= 0.9 && !inProse)
                candidate.Add("every-label-a-group", set.Shown);
            if (set.Known(finder.traits[set.Trait]) is { } known)
                candidate.Add("known-value-set", known.Source);
            if (set.Coverage < 0.5 && !inProse)
                candidate.Add("member-of-longer-label", set.First.Token.Text.ToString());
            if (name is { } near)
                candidate.Add("name-near", near.Spelling);
            AddAttributesNear(candidate, set.FirstRow, set.LastRow, set.First.Token.Group);
            AddSurroundings(candidate, set.First, set.FirstRow, set.LastRow, Opposition.Groups);
            candidates.Add(candidate);
        }

        private void AddIdentifiers(List<MetTerm> line)
        {
            foreach (var met in line)
            {
                if (met.Term.Sense != Sense.Identifier)
                    continue;
                var known = finder.policy.Identifiers[met.Term.Owner];
                if (!finder.traits.ContainsKey(known.Trait))
                    continue;
                var kind = terms.IsProse ? FindingKind.Docs : WireNames.Kind(known.Kind);
                var candidate = Start(Shape.Identifier, met, known.Trait, kind, met.Spelling);
                candidate.Add(kind == FindingKind.Dataset ? "known-data-set" : "known-identifier", known.Says);
                AddSurroundings(candidate, met, met.Row, met.Row, Opposition.None);
                candidates.Add(candidate);
                return;
            }
        }

        private bool AddWatchlist(MetTerm met)
        {
            if (terms.IsProse || met.Token.Kind is TokenKind.Comment or TokenKind.Run || IsSentence(met.Token)
                || !NamesPeople(met))
                return false;
            var words = terms.InToken("watchlist", met);
            if (words.Count == 0)
                words = terms.Near("watchlist", met.Row, met.Row, met);
            if (words.Count == 0 && terms.Passage.Kind == PassageKind.Structure)
                words = terms.InGroup("watchlist", met.Token.Group);
            if (words.Count == 0 && terms.Passage.Kind == PassageKind.Structure)
                words = terms.Near("watchlist", met.Row - 2 * NearLines, met.Row + 2 * NearLines, met);
            if (words.Count == 0)
                return false;
            var candidate = Start(Shape.Watchlist, met, met.Term.Owner, FindingKind.Watchlist, met.Token.Text.ToString());
            candidate.Add("group-in-watchlist", $"`{met.Spelling}` with {string.Join(", ", words)}");
            AddSurroundings(candidate, met, met.Row, met.Row, Opposition.None);
            candidates.Add(candidate);
            return true;
        }

        private bool AddSelection(MetTerm met, List<MetTerm> line)
        {
            if (terms.IsProse || met.Token.Kind == TokenKind.Comment)
                return false;
            var isQuery = terms.Passage.Kind == PassageKind.Sql
                || met.Token.Text.Span.Contains("where ", StringComparison.OrdinalIgnoreCase);
            if (!isQuery || !line.Exists(other => IsName(other.Term.Sense) && other.Term.Owner == met.Term.Owner)
                || !KindChooser.LineOf(terms, met.Token.Line).Any(IsCondition))
                return false;
            var candidate = Start(Shape.Selection, met, met.Term.Owner, FindingKind.Watchlist, met.Spelling);
            candidate.Add("selects-by-group", met.Spelling);
            AddSurroundings(candidate, met, met.Row, met.Row, Opposition.None);
            candidates.Add(candidate);
            return true;
        }

        private bool AddPrompt(MetTerm met)
        {
            if (met.Token.Kind is not (TokenKind.Literal or TokenKind.Value or TokenKind.Run) || terms.IsProse)
                return false;
            var person = terms.InToken("person", met);
            var face = terms.InToken("person-vision", met);
            var prompt = terms.InToken("prompt", met);
            if (met.Token.Text.Length > PromptCharactersMax || person.Count + face.Count == 0 || prompt.Count == 0
                || (met.Term.Sense == Sense.GroupAmbiguous && !IsFollowedByPerson(met)))
                return false;
            var candidate = Start(Shape.Prompt, met, met.Term.Owner, FindingKind.LabelMap, met.Token.Text.ToString());
            candidate.Add("group-prompt", met.Token.Text.ToString());
            AddSurroundings(candidate, met, met.Row, met.Row, Opposition.None);
            candidates.Add(candidate);
            return true;
        }

        // `muslim_score`, `asian_prob`: one group, and a model that says how much somebody belongs to it.
        private bool AddGroupScore(MetTerm met)
        {
            if (met.Term.Sense != Sense.GroupExact || terms.IsProse || IsSentence(met.Token)
                || met.Token.Kind is TokenKind.Comment or TokenKind.Run)
                return false;
            if (terms.InToken("prediction", met).Count == 0)
                return false;
            var candidate = Start(Shape.Name, met, met.Term.Owner, FindingKind.ModelOutput, met.Token.Text.ToString());
            candidate.Add("group-inference", Shorten(met.Token.Text.ToString()));
            candidate.TellsOfInference = candidate.Class != FindingClass.FairnessUse;
            AddAttributesNear(candidate, met.Row, met.Row, met.Token.Group);
            AddSurroundings(candidate, met, met.Row, met.Row, Opposition.Groups);
            candidates.Add(candidate);
            return true;
        }

        private Candidate Start(
            Shape shape, MetTerm met, string trait, FindingKind kind, string match, bool tellsOfProduct = false,
            bool isRemark = false, FindingClass? @class = null) => new()
            {
                Shape = shape,
                Trait = trait,
                Kind = kind,
                Class = @class ?? ClassOf(met, kind),
                Path = path,
                Line = met.Token.Line,
                Column = met.Token.Column + (met.Token.Line > 0 ? met.Hit.Start : 0),
                Inner = terms.Passage.Inner,
                Match = Shorten(match),
                Surroundings = Normalise(met.Token),
                TellsOfProduct = tellsOfProduct,
                IsRemark = isRemark || (met.Token.Kind == TokenKind.Comment && shape == Shape.Name)
                    || (shape == Shape.Identifier && kind == FindingKind.Dataset),
            };

        private FindingClass ClassOf(MetTerm met, FindingKind kind)
        {
            var first = met.Row - NearLines;
            var last = met.Row + NearLines;
            if (facts.Count("fairness") >= FairnessWordsMin)
                return FindingClass.FairnessUse;
            if (VendorFolders.Contain(path))
                return FindingClass.VendorCapability;
            if (terms.Near("document", met.Row - 4 * NearLines, met.Row + 4 * NearLines).Count >= 2)
                return FindingClass.DocumentStated;
            if (kind == FindingKind.Docs)
                return FindingClass.Documentation;
            if (facts.Count("person-vision") < 2 && terms.Near("personal-name", first, last).Count > 0
                && terms.Near("inference", first, last).Count > 0)
                return FindingClass.NonBiometric;
            return FindingClass.ProductTag;
        }

        private void AddAttributesNear(Candidate candidate, int first, int last, int group)
        {
            var near = terms.Near("face-attribute", first - NearLines, last + NearLines);
            var together = terms.InGroup("face-attribute", group);
            var words = together.Count > near.Count ? together : near;
            if (words.Count >= 2)
                candidate.Add("face-attributes-near", words);
            else if (words.Count == 1)
                candidate.Add("face-attribute-near", words);
        }

        private bool AddSetNear(Candidate candidate, MetTerm met)
        {
            GroupSet? inFile = null;
            foreach (var set in sets)
            {
                if (set.Trait != met.Term.Owner || set.DistinctExact == 0 || (set.Distinct < 3 && set.Coverage < 0.6))
                    continue;
                if (met.Row >= set.FirstRow - 2 * NearLines && met.Row <= set.LastRow + 2 * NearLines)
                {
                    candidate.Add("group-set-near", set.Shown);
                    return true;
                }

                inFile = set;
            }

            if (inFile is not null)
                candidate.Add("group-set-in-file", inFile.Shown);
            return false;
        }

        // {"name": "race", "value": "asian"}: the trait on one line, the group on the same or the next.
        private MetTerm? GroupBeside(MetTerm name)
        {
            foreach (var met in terms.Tags)
            {
                if (met.Term.Sense == Sense.GroupExact && met.Term.Owner == name.Term.Owner
                    && met.Row >= name.Row - 1 && met.Row <= name.Row + 1 && !IsSentence(met.Token))
                    return met;
            }

            return null;
        }

        private void AddSurroundings(Candidate candidate, MetTerm met, int first, int last, Opposition meaning)
        {
            if (facts.Count("person-vision") >= 2)
                candidate.Add("file-person-vision", facts.Words("person-vision"));
            foreach (var vendor in terms.Tags)
            {
                if (vendor.Term.Sense == Sense.Vendor && finder.policy.Vendors[vendor.Term.Owner].Trait == candidate.Trait)
                {
                    candidate.Add("vendor-in-file", finder.policy.Vendors[vendor.Term.Owner].Name);
                    break;
                }
            }

            var opposed = Opposing(first, last, meaning);
            foreach (var context in opposed)
                candidate.Add("other-meaning-near", $"{context.Says}");
            AddOtherMeaningOfFile(candidate, meaning);
            if (met.Token.Kind == TokenKind.Comment && candidate.Shape != Shape.Set)
                candidate.Add("comment", "");
            else if (met.Token.Kind == TokenKind.Prose || IsSentence(met.Token))
                candidate.Add("sentence", "");
            if ((met.Token.Kind is TokenKind.Prose or TokenKind.Comment || IsSentence(met.Token))
                && terms.Near("caveat", met.Row, met.Row, met) is { Count: > 0 } caveat)
                candidate.Add("caveat", caveat);
            if (facts.Count("conduct") >= 4)
                candidate.Add("code-of-conduct", "");
        }

        private void AddOtherMeaningOfFile(Candidate candidate, Opposition meaning)
        {
            foreach (var context in finder.opposing)
            {
                if ((context.Opposes & meaning) == 0)
                    continue;
                var count = facts.Count(context.Id);
                var persons = facts.Count("person-vision") + facts.Count("face-attribute");
                if (count < 5 || count <= persons)
                    continue;
                candidate.Add(
                    count >= 10 && count > 2 * persons ? "other-meaning-of-file" : "other-meaning-in-file", context.Says);
                return;
            }
        }

        private List<Context> Opposing(int first, int last, Opposition meaning)
        {
            var found = new List<Context>();
            foreach (var context in finder.opposing)
            {
                if ((context.Opposes & meaning) != 0 && terms.Near(context.Id, first, last).Count > 0)
                    found.Add(context);
            }

            return found;
        }

        private MetTerm? NameNear(GroupSet set)
        {
            foreach (var met in terms.Tags)
            {
                if (IsName(met.Term.Sense) && met.Term.Owner == set.Trait
                    && met.Row >= set.FirstRow - NearLines && met.Row <= set.LastRow + NearLines)
                    return met;
            }

            return null;
        }

        private bool NamesPeople(MetTerm met) =>
            met.Term.Sense == Sense.GroupExact || terms.InToken("person", met).Count > 0;

        // "a white woman" names a group; "a man in a white coat" does not.
        private bool IsFollowedByPerson(MetTerm met) => terms.NextInToken("person", met) - met.Hit.End is >= 0 and <= 2;

        private string Normalise(Token met)
        {
            if (met.Line == 0)
                return met.Text.ToString();
            var text = new StringBuilder();
            foreach (var token in KindChooser.LineOf(terms, met.Line))
            {
                text.Append(token.Text.Span.Trim()).Append(' ');
                if (text.Length > 400)
                    break;
            }

            return text.ToString().ToLowerInvariant();
        }
    }

    private static bool IsName(Sense sense) => sense is Sense.NameExact or Sense.NameAmbiguous or Sense.NameSoftened;

    private static bool IsCondition(Token token) =>
        token.Kind == TokenKind.Identifier
            ? token.Text.Span.Equals("where", StringComparison.OrdinalIgnoreCase)
                || token.Text.Span.Equals("and", StringComparison.OrdinalIgnoreCase)
            : token.Text.Span.Contains("where ", StringComparison.OrdinalIgnoreCase);

    private static int Rank(TokenKind kind) => kind is TokenKind.Comment or TokenKind.Prose ? 0 : 1;

    // A label or a key has a few words; a message has more.
    private static bool IsSentence(Token token)
    {
        if (token.Kind is not (TokenKind.Literal or TokenKind.Value))
            return false;
        var blanks = 0;
        var commas = 0;
        foreach (var c in token.Text.Span)
        {
            blanks += c == ' ' ? 1 : 0;
            commas += c == ',' ? 1 : 0;
        }

        return blanks - commas >= SentenceWords;
    }

    private static string Shorten(string match) => match.Length <= 80 ? match : match[..79] + "…";
}
