using Untag.Policy;
using Untag.Scan.Reading;

namespace Untag.Scan.Judging;

/// <summary>Finds where one group is singled out: a list or alert named after it, a query for it, a prompt that
/// describes it, a score of belonging to it.</summary>
internal static class TargetCandidates
{
    private const int PromptCharactersMax = 200;

    /// <summary>Appends the first such candidate of a row.</summary>
    public static void Find(Surroundings around, List<MetTerm> row, List<Candidate> candidates)
    {
        foreach (var met in row)
        {
            if (met.Term.Group is null || met.Token.Kind == TokenKind.Comment
                || !around.Vocabulary.Traits.ContainsKey(met.Term.Owner))
                continue;
            var candidate = around.Terms.IsProse ? ScoreInDocument(around, met)
                : Watchlist(around, met) ?? Selection(around, met, row) ?? Prompt(around, met) ?? Score(around, met)
                    ?? AndTheRest(around, met) ?? AmongAttributes(around, met, row);
            if (candidate is null)
                continue;
            candidates.Add(candidate);
            return;
        }
    }

    private static Candidate? Watchlist(Surroundings around, MetTerm met)
    {
        if (met.Token.Kind == TokenKind.Run || met.IsInSentence || !NamesPeople(around, met))
            return null;
        var words = WatchlistWords(around, met);
        if (words.Count == 0)
            return null;
        var candidate = around.Start(Shape.Watchlist, met, met.Term.Owner, FindingKind.Watchlist, met.Whole);
        candidate.Add("group-in-watchlist", $"`{met.Spelling}` with {string.Join(", ", words.Take(4))}");
        around.AddReasons(candidate, met, met.Row, met.Row, Opposition.None);
        return candidate;
    }

    // In the same word, on the same row; in configuration also a few rows around.
    private static IReadOnlyList<string> WatchlistWords(Surroundings around, MetTerm met)
    {
        const string Context = "watchlist";
        const int ConfigurationRows = 2 * Surroundings.NearRows;
        var words = around.Terms.InToken(Context, met);
        if (words.Count == 0)
            words = around.Terms.Near(Context, met.Row, met.Row, met);
        if (words.Count == 0 && around.Terms.Passage.Kind == PassageKind.Structure)
            words = around.Terms.InStructureNear(Context, met, ConfigurationRows);
        return words;
    }

    private static Candidate? Selection(Surroundings around, MetTerm met, List<MetTerm> row)
    {
        var isQuery = around.Terms.Passage.Kind == PassageKind.Sql || HoldsWhere(met.Token);
        if (!isQuery || !row.Exists(other => other.Term.Sense.IsName() && other.Term.Owner == met.Term.Owner)
            || !KindChooser.LineOf(around.Terms, met.Token.Line).Any(IsCondition))
            return null;
        var candidate = around.Start(Shape.Selection, met, met.Term.Owner, FindingKind.Watchlist, met.Spelling);
        candidate.Add("selects-by-group", met.Spelling);
        around.AddReasons(candidate, met, met.Row, met.Row, Opposition.None);
        return candidate;
    }

    private static Candidate? Prompt(Surroundings around, MetTerm met)
    {
        if (met.Token.Kind is not (TokenKind.Literal or TokenKind.Value or TokenKind.Run)
            || met.Token.Text.Length > PromptCharactersMax
            || around.Terms.InToken("prompt", met).Count == 0
            || (around.Terms.InToken("person", met).Count == 0 && around.Terms.InToken("person-vision", met).Count == 0)
            || (met.Term.Sense == Sense.GroupAmbiguous && !IsFollowedByPerson(around, met)))
            return null;
        var candidate = around.Start(Shape.Prompt, met, met.Term.Owner, FindingKind.LabelMap, met.Whole);
        candidate.Add("group-prompt", met.Whole);
        around.AddReasons(candidate, met, met.Row, met.Row, Opposition.None);
        return candidate;
    }

    // `muslim_score`, `asian_prob`: one group, and a model that says how much somebody belongs to it. A word that can
    // mean something else counts when a face stands beside it.
    private static Candidate? Score(Surroundings around, MetTerm met)
    {
        if (met.IsInSentence || met.Token.Kind == TokenKind.Run
            || around.Terms.InToken("prediction", met).Count == 0
            || (met.Term.Sense != Sense.GroupExact && around.Terms.Near("person-vision", met.Row, met.Row, met).Count == 0))
            return null;
        var candidate = around.Start(Shape.Name, met, met.Term.Owner, FindingKind.ModelOutput, met.Whole);
        candidate.Add("group-inference", met.Whole);
        candidate.TellsOfInference = candidate.Class != FindingClass.FairnessUse || around.Terms.IsOneNameWith("prediction", met);
        around.AddFaceAttributes(candidate, met.Row, met.Row, met.Token.Group);
        around.AddReasons(candidate, met, met.Row, met.Row, Opposition.Groups);
        return candidate;
    }

    // A document that shows how to call `predict_muslim` offers it.
    private static Candidate? ScoreInDocument(Surroundings around, MetTerm met)
    {
        if (met.Term.Sense != Sense.GroupExact || !around.Terms.IsOneNameWith("prediction", met))
            return null;
        var candidate = around.Start(Shape.Name, met, met.Term.Owner, FindingKind.Docs, met.Spelling);
        candidate.Add("group-inference", met.Spelling);
        around.AddReasons(candidate, met, met.Row, met.Row, Opposition.None); // one name of code has one meaning
        return candidate;
    }

    // `enum { UYGUR, OTHER }`, 非维族, is_uyghur: one group is told from everybody else.
    private static Candidate? AndTheRest(Surroundings around, MetTerm met)
    {
        const string Context = "rest";
        if (!(IsLabel(met) || (IsFlag(met) && IsFieldOfPeople(around, met))) || around.IsInSet(met)
            || !(IsFlag(met) || around.Terms.InToken(Context, met).Count > 0 || around.Terms.HasLabelNear(Context, met)))
            return null;
        var candidate = around.Start(
            Shape.Set, met, met.Term.Owner, KindChooser.OfSet(around.Terms, met, around.Path), met.Whole);
        candidate.Add("group-and-rest", met.Whole);
        around.AddFaceAttributes(candidate, met.Row, met.Row, met.Token.Group);
        around.AddReasons(candidate, met, met.Row, met.Row, Opposition.Groups);
        return candidate;
    }

    // {"age": 31, "gender": "f", "uyghur": 0.2}: a group is an attribute of a face like the others. Beside the trait's name
    // it is its value, and the name says so already.
    private static Candidate? AmongAttributes(Surroundings around, MetTerm met, List<MetTerm> row)
    {
        if (!IsLabel(met) && !IsFieldOfPeople(around, met))
            return null;
        if (around.IsInSet(met) || around.Terms.InGroup("face-attribute", met.Token.Group).Count < 2
            || row.Exists(other => other.Term.Sense.IsName() && other.Term.Owner == met.Term.Owner))
            return null;
        var candidate = around.Start(
            Shape.Name, met, met.Term.Owner, KindChooser.OfName(around.Terms, met, around.Path), met.Whole);
        candidate.Add("group-alone", met.Spelling);
        around.AddFaceAttributes(candidate, met.Row, met.Row, met.Token.Group);
        around.AddReasons(candidate, met, met.Row, met.Row, Opposition.Groups);
        return candidate;
    }

    // The token says the group and hardly anything else; a word that means other things is no label by itself.
    private static bool IsLabel(MetTerm met)
    {
        const int OtherLettersMax = 8;
        return met.Term.Sense == Sense.GroupExact
            && met.Token.Kind is TokenKind.Identifier or TokenKind.Literal or TokenKind.Key or TokenKind.Value or TokenKind.Column
            && met.Token.Text.Length - met.Hit.Length <= OtherLettersMax;
    }

    // `uyghur`, a language too, is a people where a field has this name; `black` stays a colour.
    private static bool IsFieldOfPeople(Surroundings around, MetTerm met) =>
        met.Token.Kind is TokenKind.Identifier or TokenKind.Key or TokenKind.Column
        && met.Token.Text.Length - met.Hit.Length <= "has_".Length
        && !around.Terms.IsWordOf("colour-name", met);

    private static bool IsFlag(MetTerm met)
    {
        var before = met.Token.Text.Span[..met.Hit.Start].TrimEnd('_').TrimEnd('-');
        return before.Equals("is", StringComparison.OrdinalIgnoreCase) || before.Equals("has", StringComparison.OrdinalIgnoreCase);
    }

    private static bool NamesPeople(Surroundings around, MetTerm met) =>
        met.Term.Sense == Sense.GroupExact || around.Terms.InToken("person", met).Count > 0;

    // "a white woman" names a group; "a man in a white coat" does not.
    private static bool IsFollowedByPerson(Surroundings around, MetTerm met) =>
        around.Terms.NextInToken("person", met) - met.Hit.End is >= 0 and <= 2;

    private static bool IsCondition(Token token) =>
        token.Kind == TokenKind.Identifier
            ? token.Text.Span.Equals("where", StringComparison.OrdinalIgnoreCase)
                || token.Text.Span.Equals("and", StringComparison.OrdinalIgnoreCase)
            : HoldsWhere(token);

    private static bool HoldsWhere(Token token) => token.Text.Span.Contains("where ", StringComparison.OrdinalIgnoreCase);
}
