using System.Text;
using Untag.Policy;
using Untag.Scan.Reading;

namespace Untag.Scan.Judging;

/// <summary>What stands around the places of one passage: starts a candidate, and gives the reasons that its
/// neighbourhood and its file hold.</summary>
internal sealed class Surroundings
{
    /// <summary>Rows that count as near.</summary>
    public const int NearRows = 4;

    private const int FarRows = 2 * NearRows;
    private const int CharactersNearMax = 200;
    private const int DocumentRows = 4 * NearRows;
    private const int ConductWordsMin = 4;
    private const int OtherWordsMin = 5;
    private const int OtherWordsMany = 10;
    private const int NormalCharactersMax = 400;
    private const int TokenCharactersMax = 4096;

    private readonly Dictionary<string, List<MetTerm>> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<MetTerm>> exactGroups = new(StringComparer.Ordinal);
    private readonly HashSet<MetTerm> inSets;
    private readonly Dictionary<string, string> vendors = new(StringComparer.Ordinal);

    public Surroundings(Vocabulary vocabulary, string path, PassageTerms terms, FileFacts facts)
    {
        Vocabulary = vocabulary;
        Path = path;
        Terms = terms;
        Facts = facts;
        Sets = [.. GroupSet.FindAll(terms).Where(set => vocabulary.Traits.ContainsKey(set.Trait)).OrderBy(set => set.FirstRow)];
        inSets = [.. Sets.SelectMany(set => set.Members)];
        foreach (var met in terms.Tags)
            Index(met);
    }

    public Vocabulary Vocabulary { get; }

    public string Path { get; }

    public PassageTerms Terms { get; }

    public FileFacts Facts { get; }

    /// <summary>Words for groups that stand together, in the order of the passage.</summary>
    public IReadOnlyList<GroupSet> Sets { get; }

    /// <summary>True when other groups stand with it: together they are judged as a set.</summary>
    public bool IsInSet(MetTerm met) => inSets.Contains(met);

    /// <summary>A candidate for what was met, without any reason yet.</summary>
    public Candidate Start(Shape shape, MetTerm met, string trait, FindingKind kind, string match)
    {
        var part = shape == Shape.Name ? ModelPart.Of(Terms.Passage, met) : null;
        var inner = Terms.Passage.InnerOf(met.Token);
        return new Candidate
        {
            Shape = shape,
            Trait = trait,
            Kind = kind,
            Class = ClassOf(met, kind),
            Path = Path,
            Line = Terms.Passage.LinesAreEntries ? 0 : met.Token.Line,
            Column = Terms.Passage.LinesAreEntries ? 0 : met.Token.Column + (met.Token.Line > 0 ? met.Hit.Start : 0),
            Inner = part?.PlaceIn(inner) ?? inner,
            Part = part,
            Match = MetTerm.Shorten(match),
            Surroundings = NormalLine(met.Token),
            IsNearNames = Facts.Count("personal-name") > 0,
            IsRemark = (met.Token.Kind == TokenKind.Comment && shape == Shape.Name)
                || (shape == Shape.Identifier && kind == FindingKind.Dataset),
        };
    }

    /// <summary>Adds what the file is about, and what speaks against the candidate in its rows.</summary>
    public void AddReasons(Candidate candidate, MetTerm met, int first, int last, Opposition meaning)
    {
        if (Facts.Count("person-vision") >= 2)
            candidate.Add("file-person-vision", Facts.Words("person-vision"));
        if (vendors.TryGetValue(candidate.Trait, out var vendor))
            candidate.Add("vendor-in-file", vendor);
        foreach (var context in OtherMeanings(candidate.Trait, first, last, meaning))
            candidate.Add("other-meaning-near", context.Says);
        AddOtherMeaningOfFile(candidate, meaning);
        if (met.Token.Kind == TokenKind.Comment && candidate.Shape != Shape.Set)
            candidate.Add("comment", "");
        else if (met.Token.Kind == TokenKind.Prose || met.IsInSentence)
            candidate.Add("sentence", "");
        if (met.IsRemark && Terms.Near("caveat", met.Row, met.Row, met) is { Count: > 0 } caveat)
            candidate.Add("caveat", caveat);
        if (Facts.Count("conduct") >= ConductWordsMin)
            candidate.Add("code-of-conduct", "");
    }

    /// <summary>Adds the other attributes of a face that stand in the same brackets or near the rows.</summary>
    public void AddFaceAttributes(Candidate candidate, int first, int last, int group)
    {
        var near = Terms.Near("face-attribute", first - NearRows, last + NearRows);
        var together = Terms.InGroup("face-attribute", group);
        var words = together.Count > near.Count ? together : near;
        if (words.Count >= 2)
            candidate.Add("face-attributes-near", words);
        else if (words.Count == 1)
            candidate.Add("face-attribute-near", words);
    }

    /// <summary>Adds the labels of groups that stand near a name, or else in its file, or else the one group beside it.</summary>
    public void AddGroups(Candidate candidate, MetTerm name)
    {
        GroupSet? inFile = null;
        foreach (var set in Sets)
        {
            if (set.Trait != name.Term.Owner || !set.CountsForNames)
                continue;
            if (name.Row >= set.FirstRow - FarRows && name.Row <= set.LastRow + FarRows)
            {
                candidate.Add("group-set-near", set.Shown);
                return;
            }

            inFile = set;
            if (set.FirstRow > name.Row + FarRows)
                break;
        }

        if (inFile is not null)
            candidate.Add("group-set-in-file", inFile.Shown);
        // {"name": "race", "value": "asian"}: the trait on one line, the group on the same or the next.
        if (exactGroups.TryGetValue(name.Term.Owner, out var groups)
            && Rows.FirstBetween(groups, name.Row - 1, name.Row + 1) is { IsInSentence: false } group
            && !IsFarOnLine(name.Token, group.Token))
            candidate.Add("group-near", group.Spelling);
    }

    // A whole vocabulary can stand on one line.
    private static bool IsFarOnLine(Token a, Token b) =>
        a.Line == b.Line && Math.Abs(a.Column - b.Column) > CharactersNearMax;

    /// <summary>The name of the trait that stands near a set of its groups; null when none does.</summary>
    public MetTerm? NameNear(GroupSet set) =>
        names.TryGetValue(set.Trait, out var all)
            ? Rows.FirstBetween(all, set.FirstRow - NearRows, set.LastRow + NearRows)
            : null;

    /// <summary>The contexts on these rows in which the words of a trait mean something else.</summary>
    public IReadOnlyList<Context> OtherMeanings(string trait, int first, int last, Opposition meaning)
    {
        var found = new List<Context>();
        foreach (var context in Vocabulary.Opposing)
        {
            if (context.Speaks(trait, meaning) && Terms.Near(context.Id, first, last).Count > 0)
                found.Add(context);
        }

        return found;
    }

    private void Index(MetTerm met)
    {
        if (met.Term.Sense.IsName())
            Add(names, met);
        else if (met.Term.Sense == Sense.GroupExact)
            Add(exactGroups, met);
        else if (met.Term.Sense == Sense.Vendor && Vocabulary.Policy.Vendors[met.Term.Owner] is { Trait: { } trait } vendor)
            vendors.TryAdd(trait, vendor.Name);
    }

    private static void Add(Dictionary<string, List<MetTerm>> index, MetTerm met)
    {
        if (!index.TryGetValue(met.Term.Owner, out var list))
            index[met.Term.Owner] = list = [];
        list.Add(met);
    }

    private FindingClass ClassOf(MetTerm met, FindingKind kind)
    {
        if (Measurement.IsIn(Facts))
            return FindingClass.FairnessUse;
        if (VendorFolders.Contain(Path))
            return FindingClass.VendorCapability;
        if (Terms.Near("document", met.Row - DocumentRows, met.Row + DocumentRows).Count >= 2)
            return FindingClass.DocumentStated;
        if (kind == FindingKind.Docs)
            return FindingClass.Documentation;
        return IsFromName(met) ? FindingClass.NonBiometric : FindingClass.ProductTag;
    }

    private bool IsFromName(MetTerm met) =>
        Facts.Count("person-vision") < 2
        && Terms.Near("personal-name", met.Row - NearRows, met.Row + NearRows).Count > 0
        && Terms.Near("inference", met.Row - NearRows, met.Row + NearRows).Count > 0;

    private void AddOtherMeaningOfFile(Candidate candidate, Opposition meaning)
    {
        var persons = Facts.Count("person-vision") + Facts.Count("face-attribute");
        foreach (var context in Vocabulary.Opposing)
        {
            var count = Facts.Count(context.Id);
            if (!context.Speaks(candidate.Trait, meaning) || count < OtherWordsMin || count <= persons)
                continue;
            var isWhole = count >= OtherWordsMany && count > 2 * persons;
            candidate.Add(isWhole ? "other-meaning-of-file" : "other-meaning-in-file", context.Says);
            return;
        }
    }

    private string NormalLine(Token met)
    {
        if (met.Line == 0)
            return met.Text.ToString();
        var text = new StringBuilder();
        foreach (var token in KindChooser.LineOf(Terms, met.Line))
        {
            text.Append(token.Text.Span[..Math.Min(token.Text.Length, TokenCharactersMax)].Trim()).Append(' ');
            if (text.Length > NormalCharactersMax)
                break;
        }

        return text.ToString().ToLowerInvariant();
    }
}
