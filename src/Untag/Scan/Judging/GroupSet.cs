using Untag.Policy;
using Untag.Scan.Reading;

namespace Untag.Scan.Judging;

/// <summary>Words for groups of people that stand together: a list, an enum, an object, a chain of branches.</summary>
/// <param name="Trait">Id of the trait.</param>
/// <param name="Members">The words, in the order of the passage.</param>
internal sealed record GroupSet(string Trait, IReadOnlyList<MetTerm> Members)
{
    private const int LinesApartMax = 2;
    private const int LinesInListMax = 12;
    private const int CharactersInListMax = 400;
    private const int LabelCharactersMax = 10_000; // a longer text is no label, and not counted

    public MetTerm First => Members[0];

    public int FirstRow => Members[0].Row;

    public int LastRow => Members[^1].Row;

    /// <summary>Number of different groups.</summary>
    public int Distinct { get; } = Members.Select(met => met.Term.Group).Distinct().Count();

    /// <summary>Number of different groups whose word means hardly anything else.</summary>
    public int DistinctExact { get; } = Members.Where(met => met.Term.Sense == Sense.GroupExact)
        .Select(met => met.Term.Group).Distinct().Count();

    /// <summary>Share of the letters of the tokens that the words make up: 1 for labels that are nothing else.</summary>
    public double Coverage { get; } = CoverageOf(Members);

    /// <summary>True for three groups or more, one of which means hardly anything else.</summary>
    public bool IsClear => DistinctExact > 0 && Distinct >= 3;

    /// <summary>True when it says that a name near it means the trait.</summary>
    public bool CountsForNames => DistinctExact > 0 && (Distinct >= 3 || Coverage >= 0.6);

    /// <summary>True for three sure groups and no other words: the labels are groups and nothing else.</summary>
    public bool IsNothingElse => DistinctExact >= 3 && Coverage >= 0.9;

    /// <summary>True when the words are only a small part of the labels.</summary>
    public bool IsPartOfLabels => Coverage < 0.5;

    /// <summary>The words as they stand in the file, at most six.</summary>
    public string Shown => string.Join(", ", Members.Select(met => met.Spelling).Distinct().Take(6))
        + (Distinct > 6 ? ", …" : "");

    /// <summary>All sets of at least two different groups of one trait.</summary>
    public static List<GroupSet> FindAll(PassageTerms terms)
    {
        var sets = new List<GroupSet>();
        var open = new Dictionary<string, List<MetTerm>>(StringComparer.Ordinal);
        foreach (var met in terms.Tags)
        {
            if (met.Term.Group is null)
                continue;
            if (!open.TryGetValue(met.Term.Owner, out var cluster))
                open[met.Term.Owner] = cluster = [];
            if (cluster.Count > 0 && !StandTogether(cluster[^1].Token, met.Token, terms.Passage.Kind))
            {
                Close(met.Term.Owner, cluster, sets);
                open[met.Term.Owner] = cluster = [];
            }

            cluster.Add(met);
        }

        foreach (var (trait, cluster) in open)
            Close(trait, cluster, sets);
        return sets;
    }

    /// <summary>True for a large part of a list that a state keeps, such as the peoples on an identity card.</summary>
    public bool IsOfficialList(Trait trait)
    {
        const int MembersMin = 10;
        foreach (var set in trait.ValueSets)
        {
            if (set.IsOfficial && Members.Select(met => met.Term.Group!).Distinct().Count(set.Members.Contains) >= MembersMin)
                return true;
        }

        return false;
    }

    /// <summary>The known value set that the members are taken from, if any.</summary>
    public ValueSet? Known(Trait trait)
    {
        var groups = Members.Select(met => met.Term.Group!).ToHashSet(StringComparer.Ordinal);
        ValueSet? best = null;
        foreach (var set in trait.ValueSets)
        {
            if (set.Members.Count > 1 && groups.SetEquals(set.Members))
                return set;
            if (set.Members.Count > 2 && groups.IsSupersetOf(set.Members)
                && (best is null || set.Members.Count > best.Members.Count))
                best = set;
        }

        return best;
    }

    private static bool StandTogether(Token before, Token after, PassageKind kind)
    {
        if (kind == PassageKind.Binary)
            return after.Column - before.Column < 64; // bytes: the labels of one list
        // In one list they may have comments between them; in a vocabulary of all words they lie far apart.
        return before.Group == after.Group && before.Group != 0
            ? after.Line == before.Line
                ? after.Column - before.Column <= CharactersInListMax
                : after.Line - before.Line <= LinesInListMax
            : after.Line - before.Line <= LinesApartMax;
    }

    private static void Close(string trait, List<MetTerm> cluster, List<GroupSet> sets)
    {
        if (cluster.Count < 2)
            return;
        var set = new GroupSet(trait, cluster);
        if (set.Distinct >= 2)
            sets.Add(set);
    }

    private static double CoverageOf(IReadOnlyList<MetTerm> members)
    {
        double words = 0, letters = 0;
        foreach (var group in members.GroupBy(met => met.Token))
        {
            foreach (var met in group)
                words += met.Hit.Length;
            if (group.Key.Text.Length > LabelCharactersMax)
                return 0;
            foreach (var c in group.Key.Text.Span)
                letters += char.IsLetter(c) ? 1 : 0;
        }

        return letters == 0 ? 0 : Math.Min(1, words / letters);
    }
}
