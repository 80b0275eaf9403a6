using System.Text.Json;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>Tells where the ambiguous name of a trait means another thing: a race that is run, the breed of an animal, a word that was read.
/// </summary>
/// <remarks>Only what stands beside it in the same object or list tells, and nothing of a person may stand there, nor on the way to it. It is
/// asked once a name was met; a reply without one never comes here.</remarks>
internal sealed class OtherMeanings(Tape tape, PathOfNames path, Func<int, ReplyWord?> wordOf)
{
    private const WordRoles Group = WordRoles.Group | WordRoles.SureGroup;

    /// <summary>True for a field whose object is about a contest or an animal, and whose value names no group.</summary>
    public bool AreMeantByField(ref Surroundings around, int field) =>
        around.AreKnown && tape[field].Name!.Is(WordRoles.AmbiguousName) && tape[field].Type is not (JsonTokenType.True or JsonTokenType.False)
        && !NamesGroup(field) && SaysOther(ref around, field, isInside: tape[field].IsContainer);

    /// <summary>True when an object names a trait as what it is about, <c>{"type": "race"}</c>, and is about a contest all the same; or by a
    /// letter that stands for a word that was read.</summary>
    public bool AreMeantByLabel(int at)
    {
        var label = 0;
        var isLetter = false;
        for (var i = at + 1; i < tape[at].Next; i = tape[i].Next)
        {
            if (tape[i].Type != JsonTokenType.String || wordOf(i) is not { } word || !word.Is(WordRoles.TraitLabel))
                continue;
            if (!word.Is(WordRoles.AmbiguousName) || word.Is(WordRoles.Telling | WordRoles.SureTraitLabel) || label > 0)
                return false;
            (label, isLetter) = (i, tape[i].Name!.Text.Length == 1);
        }

        var around = new Surroundings(at);
        return label > 0 && (SaysOther(ref around, label, isInside: false) || path.Passes(WordRoles.Thing) || (isLetter && IsWritten(at, label)));
    }

    /// <summary>True for a tag among the tags of a picture that shows a contest: it has no value, and others speak of a contest.</summary>
    public bool AreMeantByTag(ref Surroundings list, int element)
    {
        if (!list.AreKnown || tape[element].Type != JsonTokenType.StartObject || !HasNoValue(element))
            return false;
        var said = (list.Said ??= SaidByElements(list.At)).ButFor(SaidByElement(element));
        return (said & WordRoles.Contest) != 0 && (said & (WordRoles.FaceAttribute | Group)) == 0;
    }

    private SaidTogether SaidByElements(int list)
    {
        var said = default(SaidTogether);
        for (var i = list + 1; i < tape[list].Next; i = tape[i].Next)
            said.Add(SaidByElement(i));
        return said;
    }

    // The texts of an object.
    private WordRoles SaidByElement(int element)
    {
        var said = WordRoles.None;
        if (tape[element].Type != JsonTokenType.StartObject)
            return said;
        for (var field = element + 1; field < tape[element].Next; field = tape[field].Next)
        {
            if (tape[field].Type == JsonTokenType.String && wordOf(field) is { } word)
                said |= word.Roles;
        }

        return said;
    }

    // A number beside the label says how sure it is, and nothing else stands there.
    private bool HasNoValue(int element)
    {
        var labels = 0;
        for (var i = element + 1; i < tape[element].Next; i = tape[i].Next)
        {
            if (tape[i].Type == JsonTokenType.String && (++labels > 1 || wordOf(i)?.Is(WordRoles.SureTraitLabel | WordRoles.Telling) == true))
                return false;
            if (tape[i].Type is JsonTokenType.True or JsonTokenType.False
                || (tape[i].Type == JsonTokenType.Number && !tape[i].Name!.Is(WordRoles.Found) && !tape[i].Name!.Spells("confidence"u8) && !tape[i].Name!.Spells("Confidence"u8)))
                return false;
        }

        return labels == 1;
    }

    // Names and short texts of the object, and the names inside of the field.
    private bool SaysOther(ref Surroundings around, int field, bool isInside)
    {
        if (path.Passes(WordRoles.Person))
            return false;
        var said = (around.Said ??= SaidByFields(around.At)).ButFor(SaidByField(field));
        if (isInside)
        {
            for (var i = field + 1; i < tape[field].Next; i++)
                said |= tape[i].Name is { } name && !name.Is(WordRoles.TraitField) ? name.Roles : WordRoles.None;
        }

        if ((said & (WordRoles.Person | Group)) != 0)
            return false;
        return (said & WordRoles.Breed) != 0 || path.Passes(WordRoles.Breed)
            || (((said & WordRoles.Contest) != 0 || path.Passes(WordRoles.Contest)) && (said & WordRoles.FaceAttribute) == 0);
    }

    private SaidTogether SaidByFields(int around)
    {
        var said = default(SaidTogether);
        for (var i = around + 1; i < tape[around].Next; i = tape[i].Next)
            said.Add(SaidByField(i));
        return said;
    }

    private WordRoles SaidByField(int field)
    {
        var name = tape[field].Name!;
        var said = name.Is(WordRoles.TraitField) ? WordRoles.None : name.Roles;
        if (tape[field].Type == JsonTokenType.String && wordOf(field) is { } word && !word.Is(WordRoles.TraitField))
            said |= word.Roles & ~WordRoles.Contest; // who is seen running or in sports clothes is a person
        return said;
    }

    private bool IsWritten(int at, int label)
    {
        var isWritten = false;
        for (var i = at + 1; i < tape[at].Next; i = tape[i].Next)
        {
            if (i == label)
                continue;
            if (tape[i].Name!.Text.Length <= 1)
                return false;
            isWritten |= tape[i].Name!.Is(WordRoles.Written);
        }

        return isWritten;
    }

    // What is in it is asked for itself later, and known then.
    private bool NamesGroup(int field)
    {
        if (tape[field].NamesNoGroup)
            return false;
        for (var i = field; i < tape[field].Next; i++)
        {
            if ((i > field && tape[i].Name?.Is(Group) == true) || (tape[i].Type == JsonTokenType.String && wordOf(i)?.Is(Group) == true))
                return true;
        }

        for (var i = field; i < tape[field].Next; i++)
            tape[i].NamesNoGroup = true;
        return false;
    }
}
