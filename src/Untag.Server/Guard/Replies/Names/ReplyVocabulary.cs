using Untag.Policy;

namespace Untag.Server.Guard.Replies.Names;

/// <summary>The part of a policy that replies are judged by: the names, groups and known identifiers of the forbidden
/// traits, and the words that fields are called by.</summary>
internal sealed class ReplyVocabulary
{
    /// <summary>The context whose words name what is eaten.</summary>
    public const string Food = "food";

    /// <summary>The context whose words name animals and plants.</summary>
    public const string Animal = "animal";

    /// <summary>The context whose words name what a model computes.</summary>
    public const string Prediction = "prediction";

    /// <summary>Letters of a name that counts inside of a word as well: <c>faceethnicityscore</c>.</summary>
    private const int LongNameLetters = 8;

    /// <summary>The words that leave a label the group that it names.</summary>
    public const string Beside = "beside";

    /// <summary>The words that say after a group that a thing is meant.</summary>
    public const string Sight = "sight";

    private const string Rest = "rest"; // the words for all other groups

    // Names of fields, squashed: the grammar of JSON APIs. Each follows from how they are written, and not from what a word says in a language, so
    // they are no part of a policy (docs/decisions, 75).
    private static readonly string[] Keys =
    [
        "name", "type", "label", "key", "attribute", "attributename", "attributetype", "attr", "class", "classname", "category",
        "vocabid", "field", "fieldname", "feature", "property", "param", "parameter", "trait", "kind", "head", "task", "id", "code",
        "group", "dimension", "metric", "title", "concept", "model", "modelname", "tagname", "labelname", "displayname", "item",
        "variable", "characteristic", "criterion", "facet", "topic", "namespace", "tag", "prop", "column", "dim", "measure", "aspect",
        "semantic", "layer", "question", "about", "what", "output", "outputname",
    ];

    private static readonly string[] Labels =
    [
        "label", "labelname", "name", "class", "classname", "category", "categoryname", "description", "tag", "tagname", "title",
        "text", "type", "id", "displayname", "concept", "key", "term", "token", "answer",
    ];

    private static readonly string[] Talks =
        ["choices", "candidates", "generations", "output", "outputs", "message", "delta", "messages", "content",
         "caption", "captions", "captionresult", "densecaptions", "densecaptionsresult"];

    private static readonly string[] Spoken =
        ["content", "text", "arguments", "reasoning", "reasoningcontent", "refusal", "outputtext", "generatedtext", "transcript",
         "delta", "partialjson", "thinking", "response", "completion", "generation"];

    private static readonly string[] Captions =
        ["caption", "captiontext", "generatedtext", "outputtext", "response", "completion", "generation", "answer", "summary"];

    public ReplyVocabulary(TagPolicy policy)
    {
        Policy = policy;
        var forbidden = policy.Traits.Where(trait => trait.Status == TraitStatus.Forbidden).Select(trait => trait.Id).ToHashSet();
        // A people that is told apart from all others alone is meant whenever it is named.
        var alone = policy.Traits.SelectMany(trait => trait.ValueSets).Where(set => set.Members.Count == 1).Select(set => set.Members[0]).ToHashSet();
        Terms = [.. policy.Terms.Where(term => IsOfReplies(term, forbidden) && (term.Sense == Sense.Innocent || HasLetters(term)))
            .Select(term => term.Group is not null && alone.Contains(term.Group) ? term with { Sense = Sense.GroupExact } : term)];
        TraitNames = Spellings(Terms.Where(IsName));
        SureGroups = Terms.Where(term => term.Sense == Sense.GroupExact).GroupBy(term => SquashedStem(term))
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        BeforePersons = AmbiguousOf(policy);
        Persons = PersonsOf(policy);
        Words = [.. ContextWords(policy)];
        LongNames = [.. Terms.Where(term => IsName(term) && term.Sense != Sense.NameAmbiguous).Select(SquashedStem)
            .Where(spelling => spelling.Length >= LongNameLetters && CleanSearch.IsSought(spelling)).Distinct()];
        Search = new CleanSearch(TraitNames.Keys.Concat(SureGroups.Keys), LongNames, BeforePersons.Select(SquashedStem), Persons.Select(Squashed.Of));
        Company = new CleanSearch(
            [.. Terms.Where(term => term.Group is not null).Concat(Words.Where(word => word.Owner == Food)).Select(SquashedStem), .. WordsOf(policy, Rest).Select(Squashed.Of)],
            [], [], []);
        Roles = RolesOfFields(policy);
        Senses = new FieldSenses(policy);
        Colours = policy.Contexts.Where(context => context.Id == "colour-name").SelectMany(context => context.Words).Select(word => word.Text)
            .ToHashSet(StringComparer.Ordinal);
        NameRule = RuleOf("name");
        SetRule = RuleOf("set");
    }

    public TagPolicy Policy { get; }

    /// <summary>The terms that can be tags, with the collocations in which they are none.</summary>
    public IReadOnlyList<Term> Terms { get; }

    /// <summary>Words that may stand beside a group in a label without making it another thing, and words of food.</summary>
    public IReadOnlyList<Term> Words { get; }

    /// <summary>The names of traits, squashed, each with its term.</summary>
    public IReadOnlyDictionary<string, Term> TraitNames { get; }

    /// <summary>The groups whose words mean hardly anything else, squashed.</summary>
    public IReadOnlyDictionary<string, Term> SureGroups { get; }

    /// <summary>Groups whose words can mean a colour or a language, and mean the group before a person: <c>black male</c>.</summary>
    public IReadOnlySet<Term> BeforePersons { get; }

    /// <summary>Words for a person.</summary>
    public IReadOnlySet<string> Persons { get; }

    /// <summary>Names that count inside of a word as well.</summary>
    public IReadOnlyList<string> LongNames { get; }

    /// <summary>Tells that bytes hold neither a name nor a sure group.</summary>
    public CleanSearch Search { get; }

    /// <summary>Tells that a name or label is not <see cref="WordRoles.Company"/>.</summary>
    public CleanSearch Company { get; }

    /// <summary>What fields of these squashed names hold.</summary>
    public IReadOnlyDictionary<string, WordRoles> Roles { get; }

    /// <summary>What words say beside traits and groups.</summary>
    public FieldSenses Senses { get; }

    /// <summary>Words of colours.</summary>
    public IReadOnlySet<string> Colours { get; }

    /// <summary>Code of the rule that a field named after a trait breaks.</summary>
    public string NameRule { get; }

    /// <summary>Code of the rule that labels which are groups break.</summary>
    public string SetRule { get; }

    /// <summary>True for a term that names a trait, or a field that is known to carry one.</summary>
    public static bool IsName(Term term) => term.Sense.IsName() || term.Sense == Sense.Identifier;

    /// <summary>The words of a vocabulary of the policy, with those of the contexts that it takes in.</summary>
    public static IEnumerable<string> WordsOf(TagPolicy policy, string id)
    {
        var vocabulary = policy.Replies.FirstOrDefault(vocabulary => vocabulary.Id == id);
        return vocabulary is null ? [] : vocabulary.Words
            .Concat(policy.Contexts.Where(context => vocabulary.Contexts.Contains(context.Id)).SelectMany(context => context.Words))
            .Select(word => word.Text);
    }

    /// <summary>Code of the rule that a field breaks which a term names.</summary>
    public string RuleOf(Term term) => term.Sense == Sense.Identifier ? RuleOf("identifier") : NameRule;

    private string RuleOf(string shape) => Policy.Rules
        .FirstOrDefault(rule => rule.Shapes.Contains(shape) && rule.Kinds.Contains("api-response"))?.Code ?? shape;

    private bool IsOfReplies(Term term, HashSet<string> forbidden) => term.Sense switch
    {
        Sense.Identifier => Policy.Identifiers[term.Owner] is var known && forbidden.Contains(known.Trait)
            && known.Kind is "api-response" or "api-request" or "model-output",
        Sense.Vendor or Sense.Context => false,
        _ => forbidden.Contains(term.Owner),
    };

    // Two letters mean anything.
    private static bool HasLetters(Term term) => SquashedStem(term) is var letters
        && (letters.Length >= 3 || (letters.Length > 0 && letters[0] > 0x2FF));

    private static string SquashedStem(Term term) => Squashed.Of(term.Text.TrimEnd('*'));

    private static Dictionary<string, Term> Spellings(IEnumerable<Term> terms)
    {
        var spellings = new Dictionary<string, Term>(StringComparer.Ordinal);
        foreach (var term in terms)
            spellings.TryAdd(SquashedStem(term), term);
        return spellings;
    }

    // Those that classifiers are known to tell apart.
    private HashSet<Term> AmbiguousOf(TagPolicy policy)
    {
        var told = policy.Traits.SelectMany(trait => trait.ValueSets).SelectMany(set => set.Members).ToHashSet(StringComparer.Ordinal);
        return [.. Terms.Where(term => term.Sense == Sense.GroupAmbiguous && told.Contains(term.Group!) && IsPlain(term.Text))];
    }

    private static HashSet<string> PersonsOf(TagPolicy policy) =>
    [
        "person", "persons", "people",
        .. policy.Terms.Where(term => term.Owner == "gender" && term.Group is not null && term.Text.Length >= 3 && IsPlain(term.Text)).Select(term => term.Text),
    ];

    private static bool IsPlain(string text) => text.All(c => char.IsAsciiLetterLower(c) || c == ' ');

    // Labels say `Asian male` and `p_asian`; genders are no forbidden trait, and neither is a score.
    private static IEnumerable<Term> ContextWords(TagPolicy policy)
    {
        foreach (var context in policy.Contexts.Where(context => context.Id is "person" or Prediction or "face" or Rest or Food or Animal))
        {
            foreach (var word in context.Words)
                yield return new Term(word.Text, Sense.Context, context.Id);
        }

        foreach (var vocabulary in policy.Replies.Where(vocabulary => vocabulary.Id is Beside or Sight))
        {
            foreach (var word in vocabulary.Words)
                yield return new Term(word.Text, Sense.Context, vocabulary.Id);
        }

        foreach (var term in policy.Terms.Where(term => term.Owner == "gender" && term.Group is not null))
            yield return new Term(term.Text, Sense.Context, "person");
    }

    private static Dictionary<string, WordRoles> RolesOfFields(TagPolicy policy)
    {
        var roles = new Dictionary<string, WordRoles>(StringComparer.Ordinal);
        foreach (var (words, role) in new[]
        {
            (Keys, WordRoles.Key), (Labels, WordRoles.Label),
            (Talks, WordRoles.Talk), (Spoken, WordRoles.Spoken), (Captions, WordRoles.Caption), (["logprobs"], WordRoles.Logprobs),
            (WordsOf(policy, Rest).Select(Squashed.Of).ToArray(), WordRoles.Rest),
        })
        {
            foreach (var word in words)
                roles[word] = roles.GetValueOrDefault(word) | role;
        }

        return roles;
    }
}
