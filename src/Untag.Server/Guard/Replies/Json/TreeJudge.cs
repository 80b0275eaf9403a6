using System.Text.Json;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>Decides which values of a complete value must go.</summary>
/// <remarks>
/// The shapes that it knows, in the order in which it looks:
/// <list type="number">
/// <item>a field whose name says the trait goes, whatever it holds;</item>
/// <item>fields named after groups go, when one of the names means hardly anything else;</item>
/// <item>an object that says that it is about the trait, <c>{"name": "race", …}</c>, goes as a whole, and so does a list
/// that begins so within a list;</item>
/// <item>of a list of labels those that are groups go, under the same condition, and the numbers beside them; <c>["asian", 0.9]</c> in a
/// list is a label with its number;</item>
/// <item>texts that hold JSON are judged like the reply; the answers of language models are read
/// (<see cref="TextJudge"/>).</item>
/// </list>
/// </remarks>
internal sealed class TreeJudge
{
    /// <summary>Bytes of a label with its quotation marks: it can be long only by what nobody sees.</summary>
    public const int LabelBytesMax = 2048;

    /// <summary>Elements of a list such as <c>["asian", 0.9]</c>, at most.</summary>
    public const int PairLengthMax = 4;

    private readonly ReplyPass pass;
    private readonly Tape tape;
    private readonly HeldBytes held;
    private readonly PathOfNames path;
    private readonly TextJudge texts;
    private readonly OtherMeanings others;
    private readonly BesideLost lost;
    private readonly IReadOnlySet<string>? tensors;
    private readonly string setRule;
    private byte[] buffer = [];

    public TreeJudge(JsonSettings settings, Tape tape, HeldBytes held, PathOfNames path)
    {
        pass = settings.Pass;
        tensors = settings.Tensors;
        this.tape = tape;
        this.held = held;
        this.path = path;
        texts = new TextJudge(settings);
        others = new OtherMeanings(tape, path, WordOf);
        lost = new BesideLost(tape, WordOf, RemoveGroup);
        setRule = pass.Rules.Vocabulary.SetRule;
    }

    /// <summary>Judges a whole reply.</summary>
    public void Root(int at)
    {
        CheckRoot(tape[at].Type);
        var meaning = Value(at);
        ref var root = ref tape[at];
        var rule = meaning.Trait ?? (IsTag(meaning.Label) ? setRule : null);
        if (rule is null)
            return;
        if (root.Type == JsonTokenType.StartObject)
        {
            for (var i = at + 1; i < root.Next; i = tape[i].Next)
                Remove(i, rule, path.To(tape[i].Name));
            root.IsChanged |= tape.HasChanged(at);
        }
        else if (root.Type == JsonTokenType.String && pass.Strikes(rule, path.To(null)))
        {
            (root.IsChanged, root.Replacement) = (true, "null"u8.ToArray());
        }
    }

    /// <summary>Refuses a reply that is another thing than its contract says.</summary>
    public void CheckRoot(JsonTokenType type)
    {
        if (path.Schema?.Allows(type) == false && pass.Strikes(ReplyPass.Undeclared, path.To(null)))
        {
            throw new ReplyRefusedException(new Refusal(
                RefusalReason.Malformed, "the reply is not what the contract declares", [ReplyPass.Undeclared]));
        }
    }

    /// <summary>Judges a field of an object of which the rest is not known.</summary>
    public Meaning Member(int at)
    {
        var around = Surroundings.Unknown;
        return Member(at, ref around);
    }

    // What is around tells whether a race is a contest: of an object that is not complete, nothing does.
    private Meaning Member(int at, ref Surroundings around)
    {
        ref var node = ref tape[at];
        var name = node.Name!;
        if (name.Is(WordRoles.TraitField) && !others.AreMeantByField(ref around, at))
        {
            Remove(at, name.Rule, path.To(name));
            return default;
        }

        if (path.IsUndeclared(name, node.Type))
        {
            Remove(at, ReplyPass.Undeclared, path.To(name));
            return default;
        }

        if (node.Type == JsonTokenType.String)
            return Text(at, name);
        if (!node.IsContainer)
            return default;
        path.Push(name);
        var inner = Value(at);
        var rule = inner.Trait ?? (IsTag(inner.Label) ? setRule : null);
        path.Pop();
        if (node.Type == JsonTokenType.StartObject && rule is not null)
            Remove(at, rule, path.To(name));
        return default;
    }

    /// <summary>Judges an element of a list of which the rest is not known. The path has gone into the list.</summary>
    public Meaning Element(int at)
    {
        var list = Surroundings.Unknown;
        return Element(at, ref list);
    }

    private Meaning Element(int at, ref Surroundings list)
    {
        if (path.IsUndeclaredElement(tape[at].Type))
        {
            Remove(at, ReplyPass.Undeclared, path.To(null));
            return default;
        }

        var meaning = Value(at);
        if (meaning.Trait is { } rule && !others.AreMeantByTag(ref list, at))
            Remove(at, rule, path.To(null));
        return meaning;
    }

    /// <summary>What the complete fields say of an object of which the rest is not known.</summary>
    public Meaning Opening(int at)
    {
        var meaning = default(Meaning);
        for (var i = at + 1; i < EndOf(at) && tape[i].Next > 0; i = tape[i].Next)
        {
            if (tape[i].Type == JsonTokenType.String && tape[i].Name is { } name && WordOf(i) is { } word)
                meaning = meaning.And(MeaningOf(name, word));
        }

        return meaning;
    }

    /// <summary>The same of a list within a list, which may be a pair such as <c>["race", 3]</c> or <c>["asian", 0.9]</c>.</summary>
    public Meaning OpeningOfPair(int at)
    {
        if (tape[at].Count is 0 or > PairLengthMax)
            return default;
        var (label, texts) = (default(ReplyWord), 0);
        for (var i = at + 1; i < tape.Count && tape[i].Next > 0; i = tape[i].Next)
        {
            if (tape[i].Type == JsonTokenType.String && texts++ == 0)
                label = WordOf(i);
        }

        var trait = tape[at + 1].Type == JsonTokenType.String && label?.Is(WordRoles.TraitLabel) == true ? label.Rule : null;
        return new Meaning(trait, texts == 1 && MayLabelPair(label) ? label : null);
    }

    /// <summary>True for a group that may be the label of a pair of which not all is known. A word for food would be believed to excuse
    /// others.</summary>
    public static bool MayLabelPair(ReplyWord? word) => word?.Is(WordRoles.Group) == true && !word.Is(WordRoles.Food);

    /// <summary>Answers of a language model that were emptied.</summary>
    public int Said => texts.Said;

    /// <summary>Notes under which names an element lost a group.</summary>
    /// <param name="at">The element, which was judged.</param>
    /// <param name="answers">Those of its list.</param>
    /// <returns>False when under such a name a word was released already.</returns>
    public bool LosesAnswers(int at, OpenedAnswers answers)
    {
        var isInTime = true;
        foreach (var field in lost.TextsIn(at))
            isInTime &= LosesAnswer(field, answers);
        return isInTime;
    }

    /// <summary>The same of one field of an element.</summary>
    public bool LosesAnswer(int field, OpenedAnswers answers) =>
        !tape[field].IsMet || tape[field].Type != JsonTokenType.String || WordOf(field)?.Is(WordRoles.SureGroup) != true || answers.Lose(tape[field].Name!);

    /// <summary>Removes the words of an element that go with those that others lost.</summary>
    public void ReleaseAnswers(int at, OpenedAnswers answers)
    {
        foreach (var field in lost.TextsIn(at))
            ReleaseAnswer(field, answers);
        tape[at].IsChanged |= tape[at].Type == JsonTokenType.StartObject && tape.HasChanged(at);
    }

    /// <summary>The same of one field of an element.</summary>
    public void ReleaseAnswer(int field, OpenedAnswers answers)
    {
        if (tape[field].IsMet || tape[field].Type != JsonTokenType.String || IsWithoutCompany(tape[field]) || WordOf(field)?.Is(WordRoles.Group) != true)
            return;
        if (!answers.Release(tape[field].Name!))
            RemoveGroup(field);
    }

    /// <summary>Removes a field or an element that names a group.</summary>
    public void RemoveGroup(int at) => Remove(at, setRule, path.To(tape[at].Name));

    /// <summary>Removes an element whose tensor is not listed.</summary>
    public void RemoveUnlisted(int at)
    {
        if (IsListed(at) != true)
            Remove(at, ReplyPass.UnlistedTensor, path.To(null));
    }

    /// <summary>True for a label that is a tag by itself.</summary>
    public bool IsTag(ReplyWord? label) => label?.Is(WordRoles.SureGroup) == true && !path.Passes(WordRoles.Food | WordRoles.Thing);

    /// <summary>True for the list of tensors of a reply whose tensors are listed.</summary>
    /// <param name="depth">Steps to the list.</param>
    /// <param name="name">Its name.</param>
    public bool ListsTensors(int depth, ReplyWord? name) => tensors is not null && depth == 1 && name?.Spells("outputs"u8) == true;

    private Meaning Value(int at) => tape[at].Type switch
    {
        JsonTokenType.StartObject => Object(at),
        JsonTokenType.StartArray => Array(at),
        JsonTokenType.String => Text(at, name: null),
        _ => default,
    };

    private Meaning Object(int at)
    {
        var meaning = default(Meaning);
        var names = default(ListLabels);
        var end = tape[at].Next;
        var said = texts.Said;
        var lostLabels = false;
        var around = new Surroundings(at);
        for (var i = at + 1; i < end; i = tape[i].Next)
        {
            meaning = meaning.And(Member(i, ref around));
            names.Add(tape[i].Name);
            lostLabels |= tape[i].LostLabels;
            tape[at].LostText |= tape[i].IsMet && tape[i].Type == JsonTokenType.String;
        }

        var isTag = names.AreTag(path);
        if (isTag || lostLabels || texts.Said > said)
            RemoveFields(at, names, isTag, isSaid: texts.Said > said);
        tape[at].IsChanged = tape.HasChanged(at);
        return meaning.Trait is not null && others.AreMeantByLabel(at) ? meaning with { Trait = null } : meaning;
    }

    private void RemoveFields(int at, in ListLabels names, bool isTag, bool isSaid)
    {
        for (var i = at + 1; i < tape[at].Next; i = tape[i].Next)
        {
            var name = tape[i].Name!;
            if ((isTag && names.Takes(name)) || (isSaid && name.Is(WordRoles.Logprobs)))
                Remove(i, setRule, path.To(name));
        }

        lost.RemoveNumbers(at);
    }

    private Meaning Array(int at)
    {
        var end = tape[at].Next;
        var labels = default(ListLabels);
        var listsTensors = ListsTensors(path.Depth, path.Last);
        var labelled = path.Depth > 0 && path.Last is null ? LabelledIn(at) : 0;
        var (lostLabels, lostText) = (false, false);
        var list = new Surroundings(at);
        path.Push(null);
        for (var i = at + 1; i < end; i = tape[i].Next)
        {
            var meaning = Element(i, ref list);
            labels.Add(meaning.Label);
            lostLabels |= tape[i].LostLabels;
            lostText |= tape[i].LostText;
            if (listsTensors)
                RemoveUnlisted(i);
        }

        if (labelled == 0 && labels.AreTag(path))
            RemoveLabels(at, labels);
        if (lostLabels)
        {
            lost.RemoveNumbers(at);
            tape[at].LostLabels = true;
        }

        if (lostText)
            lost.RemoveAnswers(at);
        path.Pop();
        tape[at].IsChanged = tape.HasChanged(at);
        return new Meaning(PairOf(at), labelled > 0 ? WordOf(labelled) : null);
    }

    private void RemoveLabels(int at, in ListLabels labels)
    {
        for (var i = at + 1; i < tape[at].Next; i = tape[i].Next)
        {
            if (!labels.Takes(LabelOf(i)))
                continue;
            tape[at].LostLabels |= tape[i].Type == JsonTokenType.String;
            Remove(i, setRule, path.To(null));
        }
    }

    // The rule of a pair such as ["race", 3]; null for every other list.
    private string? PairOf(int at)
    {
        ref var list = ref tape[at];
        return list.Count is > 1 and <= PairLengthMax && tape[at + 1].Type == JsonTokenType.String
            && WordOf(at + 1) is { } word && word.Is(WordRoles.TraitLabel)
            && path.Depth > 0 && path.Last is null
            ? word.Rule
            : null;
    }

    // The text of a list such as ["asian", 0.9]; 0 for every other list.
    private int LabelledIn(int at)
    {
        if (tape[at].Count is <= 1 or > PairLengthMax)
            return 0;
        var label = 0;
        for (var i = at + 1; i < tape[at].Next; i = tape[i].Next)
        {
            if (tape[i].IsContainer || (label > 0 && tape[i].Type == JsonTokenType.String))
                return 0;
            label = tape[i].Type == JsonTokenType.String ? i : label;
        }

        return label;
    }

    /// <summary>The label of an element.</summary>
    public ReplyWord? LabelOf(int at)
    {
        if (tape[at].Type == JsonTokenType.String)
            return WordOf(at);
        if (tape[at].Type == JsonTokenType.StartArray)
            return LabelledIn(at) is var label and > 0 ? WordOf(label) : null;
        if (tape[at].Type != JsonTokenType.StartObject)
            return null;
        return Opening(at).Label;
    }

    private Meaning Text(int at, ReplyWord? name)
    {
        ref var node = ref tape[at];
        texts.Judge(ref node, held[node.Start..node.End], path, name);
        if (texts.IsPieceOfAnswer(name))
            return default;
        if ((name?.Is(WordRoles.Key | WordRoles.Label) == false && IsClean(node)) || WordOf(at) is not { } word)
            return default;
        // Under a name of any kind it is what a model found, unless it is one of several labels.
        if (name?.Is(WordRoles.Label | WordRoles.Food | WordRoles.Thing) == false && IsTag(word))
            Remove(at, setRule, path.To(name));
        if (name?.Is(WordRoles.Label) == false && word.Is(WordRoles.Telling))
            Remove(at, word.Rule, path.To(name));
        return MeaningOf(name, word);
    }

    // The elements of a list have no name, and are labels.
    private static Meaning MeaningOf(ReplyWord? name, ReplyWord word) => new(
        NamesTrait(name, word) ? word.Rule : null,
        name?.Is(WordRoles.Label) != false ? word : null);

    private static bool NamesTrait(ReplyWord? name, ReplyWord word) => name is null
        ? word.Is(WordRoles.Telling)
        : word.Is(WordRoles.SureTraitLabel) || (name.Is(WordRoles.Key) && word.Is(WordRoles.TraitLabel)) || (name.Is(WordRoles.Label) && word.Is(WordRoles.Telling));

    // Of what is not complete, all that has come.
    private int EndOf(int at) => tape[at].Next > 0 ? tape[at].Next : tape.Count;

    private bool IsClean(in Node node) => pass.Rules.Search.IsClean(held[(node.Start + 1)..(node.End - 1)]);

    private bool IsWithoutCompany(in Node node) => pass.Rules.Vocabulary.Company.IsClean(held[(node.Start + 1)..(node.End - 1)]);

    private ReplyWord? WordOf(int at)
    {
        ref var node = ref tape[at];
        var quoted = held[node.Start..node.End];
        if (quoted.Length is <= 2 or > LabelBytesMax)
            return null;
        var text = JsonTexts.Of(quoted, node.IsEscaped, ref buffer);
        return TextJudge.IsJson(text) ? null : pass.Rules.Words.Of(text);
    }

    /// <summary>True when the tensor of an element is listed; null when its name is not known yet.</summary>
    public bool? IsListed(int at)
    {
        for (var i = at + 1; i < EndOf(at) && tape[i].Next > 0; i = tape[i].Next)
        {
            if (tape[i].Type == JsonTokenType.String && tape[i].Name?.Spells("name"u8) == true)
            {
                var quoted = held[tape[i].Start..tape[i].End];
                return tensors!.Contains(System.Text.Encoding.UTF8.GetString(JsonTexts.Of(quoted, tape[i].IsEscaped, ref buffer)));
            }
        }

        return null;
    }

    private void Remove(int at, string rule, string where)
    {
        if (tape[at].IsMet)
            return;
        tape[at].IsMet = true;
        tape[at].IsRemoved = pass.Strikes(rule, where);
    }
}
